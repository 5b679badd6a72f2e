import type * as en from "../files";
import type { Translated } from "../said";

export const files: Translated<typeof en.files> = {
    heading: "Dateien",
    attach: "Dateien anhängen",
    remove: (name: string) => `${name} entfernen`,
    open: (name: string, size: string) => `${name} öffnen, ${size}`,
    uploading: (name: string) => `${name} wird hochgeladen`,
    percent: (n: number) => `${n} %`,
    waits: "Wartet auf die Verbindung",
    leaving: "Geht hinaus, sobald die Dateien hier sind. Wenn Sie weiterschreiben, wartet es auf " +
        "Sie.",
    tooMany: (n: number) => (n === 1 ? "In eine Nachricht passt höchstens eine Datei."
        : `In eine Nachricht passen höchstens ${n} Dateien.`),
    refused: "Die markierte Datei lässt sich nicht senden. Entfernen Sie sie, dann kann das " +
        "Übrige hinaus.",
    troubles: {
        too_large: "Zu groß",
        bad_type: "Dateien dieser Art werden hier nicht angenommen",
        empty: "Diese Datei ist leer",
        full: "Dafür ist kein Platz",
        failed: "Das lässt sich nicht senden",
    },

    settings: "Dateien",
    intro: "Was Personen und Team senden dürfen. Dateien liegen auf diesem Server, in seinem " +
        "Datenordner.",
    maxMib: "Größte Datei, in MB",
    count: "Dateien in einer Nachricht (0: keine werden angenommen)",
    conversationMib: "Alle Dateien einer Unterhaltung, in MB",
    diskMib: "Alle Dateien zusammen, in MB",
    types: "Was angenommen wird",
    kinds: [
        ["image", "Bilder"],
        ["pdf", "PDF"],
        ["text", "Texte, Tabellen und Logs"],
        ["office", "Office-Dokumente"],
        ["archive", "Archive, etwa ZIP"],
        ["media", "Ton und Film"],
        ["other", "Alles andere"],
        ["program", "Programme und Skripte (gefährlich)"],
    ],
    isPublic: "Der PSA wird jede Datei unter einer Adresse angeboten, die eine Stunde gilt.",
    isNotPublic: "Die PSA bekommt keine Dateien: In ihren Tickets steht, dass in Parley eine " +
        "Datei wartet. Mit files_public in den Einstellungen von Parley holt sie die Dateien von " +
        "hier.",
    save: "Speichern",
    saved: "Gespeichert.",
};

import type { english as en } from "../../strings";
import type { Translated } from "../said";
import { plural } from "./plural";

export const title: Translated<typeof en.title> = "Parley";

export const titleOf: Translated<typeof en.titleOf> = (page: string, waiting: number) =>
    `${waiting > 0 ? `(${waiting}) ` : ""}${page === "" ? "" : `${page} – `}Parley`;

export const titles: Translated<typeof en.titles> = {
    door: "Anmelden",
    inbox: "",
    setup: "Einrichtung",
    connectors: "Anbindungen",
    add: "PSA hinzufügen",
    connector: "Anbindung",
    key: "Schlüssel ersetzen",
    search: "Suche",
    people: "Personen",
    person: "Person",
    attention: "Zu klären",
    staff: "Mitarbeiter",
    audit: "Protokoll",
    settings: "Einstellungen",
    routing: "Verteilung und Zeiten",
    team: "Team",
    canned: "Textbausteine",
    reports: "Berichte",
    me: "Mein Konto",
};

export const line: Translated<typeof en.line> = {
    label: "Verbindung",
    connecting: "Verbindung wird aufgebaut…",
    lost: "Keine Verbindung. Was Sie schreiben, bleibt erhalten und wird später gesendet.",
    next: (seconds: number) => `Nächster Versuch in ${plural(seconds, "Sekunde", "Sekunden")}.`,
    now: "Jetzt versuchen",
    back: "Wieder verbunden.",
    gone: "Die Verbindung ist verloren.",
        undone: "Nicht getan",
};

export const inbox: Translated<typeof en.inbox> = {
    heading: "Eingang",
    label: "Unterhaltungen",
    waiting: (n: number) => (n > 0 ? plural(n, "wartet", "warten") : "Niemand wartet"),
    emptyMore: "Neue Unterhaltungen erscheinen hier von selbst.",
    loading: "Die Unterhaltungen werden geladen…",
    waits: (time: string) => (time === "jetzt" ? "wartet seit eben" : `wartet ${time}`),
    closed: "geschlossen",
    noTicket: "Noch kein Ticket",
    ticket: (number: string) => `#${number}`,
    you: "Team: ",
    note: "Notiz: ",
    someone: "Unbekannte Person",
    noSubject: "Kein Betreff",
    newWaiting: (name: string) => `${name} wartet.`,
};

export const thread: Translated<typeof en.thread> = {
    none: "Wählen Sie eine Unterhaltung",
    noneMore: "Mit j und k bewegen, mit Enter öffnen, mit ? alle Tasten.",
    loading: "Die Nachrichten werden geladen…",
    empty: "Noch wurde nichts gesagt.",
    log: "Nachrichten",
    staff: "Team",
    note: "Interne Notiz",
    noteMore: "die Person sieht sie nicht",
    edited: "bearbeitet",
    removed: "in der PSA entfernt",
    person: "Person",
    event: "Ereignis",
    today: "Heute",
    yesterday: "Gestern",
    sending: "Wird gesendet…",
    queued: "Wartet auf die Verbindung",
    sent: "Gesendet",
    failed: "Nicht gesendet.",
        unsent: (n: number) => `${n} nicht gesendet`,
    retry: "Noch einmal senden",
    edit: "Bearbeiten",
    typing: (name: string) => `${name} schreibt…`,
    newer: "Neue Nachrichten",
    back: "Zurück zum Eingang",
    ticket: "Ticket",
    said: (name: string, body: string) => `${name}: ${body}`,
    noAnswer: "Der Server hat nicht geantwortet.",
    closed: "Diese Unterhaltung ist geschlossen. Eine Nachricht der Person öffnet sie wieder.",
};

export const box: Translated<typeof en.box> = {
    tabs: "Was Sie schreiben",
    reply: "Antwort",
    note: "Notiz",
    replyLabel: (name: string) => `Antwort an ${name}`,
    noteLabel: "Interne Notiz, nur für das Team",
    replyHint: "Strg+Enter sendet",
    noteHint: "Nur das Team sieht dies. Gespeichert wird nur mit der Schaltfläche.",
    replySend: "Antwort senden",
    noteSend: "Notiz speichern",
    left: (bytes: number) => (bytes >= 0
        ? `Noch ${plural(bytes, "Byte", "Bytes")} frei`
        : `${plural(-bytes, "Byte", "Bytes")} zu lang`),
};

export const ticket: Translated<typeof en.ticket> = {
    heading: "Ticket",
    back: "Zurück zu den Nachrichten",
    none: "Noch nicht abgelegt",
    open: (number: string) => `Ticket ${number} in der PSA öffnen`,
    about: "Person",
    company: "Firma",
    email: "E-Mail",
    verified: "bestätigt",
    unverified: "nicht bestätigt: Eine Adresse kann jeder tippen",
    reference: "Referenz",
    retry: "Erneut versuchen",
    retrying: "Ein neuer Versuch ist angefordert.",
};

export const filing: Translated<typeof en.filing> = {
    waiting: "Wartet",
    sending: "Wird gesendet",
    in_doubt: "Ungeklärt",
    filed: "Abgelegt",
    parked: "Angehalten",
    given_up: "Aufgegeben",
};

export const filingMore: Translated<typeof en.filingMore> = {
    waiting: "Wird an die PSA gesendet.",
    sending: "Wird gerade an die PSA gesendet.",
    in_doubt: "Die PSA hat nicht geantwortet; wir sehen dort nach, bevor etwas noch einmal " +
        "gesendet wird.",
    filed: "Alles Gesagte steht im Ticket.",
    parked: "Angehalten, bis jemand es erneut versucht.",
    given_up: "Ein Administrator hat es aufgegeben; es steht nicht im Ticket.",
};

export const kinds: Translated<typeof en.kinds> = new Map([
    ["create_ticket", "Ticket anlegen"],
    ["add_comment", "Kommentar hinzufügen"],
    ["update_ticket", "Ticket ändern"],
    ["attach_files", "Dateien anhängen"],
]);

export const time: Translated<typeof en.time> = {
    now: "jetzt",
    minutes: (n: number) => `${n} min`,
    hours: (h: number, m: number) => (m > 0 ? `${h} h ${m} min` : `${h} h`),
    days: (n: number) => plural(n, "Tag", "Tage"),
};

export const help: Translated<typeof en.help> = {
    open: "Tasten",
    heading: "Tasten",
    close: "Schließen",
    letters: "Einzelne Buchstaben gelten als Tasten",
};

export const signedIn: Translated<typeof en.signedIn> = (name: string) => `Angemeldet als ${name}`;

import type * as en from "../canned";
import type { Translated } from "../said";
import { plural } from "./plural";

export const canned: Translated<typeof en.canned> = {
    intro: "Was Sie oft sagen, unter einem kurzen Namen. Tippen Sie im Feld einer Unterhaltung / " +
        "und den Namen.",
    search: "Suche",
    searchHint: "Nach Kürzel, Name oder Wörtern.",
    own: "Meine",
    shared: "Für alle",
    sharedMore: "Alle können diese benutzen; Administratoren ändern sie.",
    noOwn: "Sie haben noch keinen eigenen.",
    noShared: "Es gibt noch keinen für alle.",
    noMatch: "Nichts passt.",
    count: (n: number) => plural(n, "Textbaustein", "Textbausteine"),
    none: "Noch kein Textbaustein",
    noneMore: "Hier ist einer für den Anfang.",
    takeExample: "Mit diesem anfangen",
    exampleWord: "hallo",
    exampleName: "Begrüßung",
    exampleText: "Guten Tag {person},\n\ndanke für Ihre Nachricht. Ich sehe es mir gerade an.\n\n" +
        "{me}",
    add: "Textbaustein anlegen",
    edit: "Bearbeiten",
    editOf: (name: string) => `${name} bearbeiten`,
    editHeading: "Textbaustein bearbeiten",
    remove: "Löschen",
    removeOf: (name: string) => `${name} löschen`,
    removeHeading: (name: string) => `${name} löschen?`,
    removeOwn: "Er ist dann für immer weg.",
    removeShared: "Er ist dann für alle und für immer weg.",
    saved: "Gespeichert.",
    removed: "Gelöscht.",
    save: "Speichern",
    who: "Wer ihn benutzen kann",
    mine: "Nur ich",
    all: "Alle",
    shortcut: "Kürzel",
    shortcutHint: "Was Sie nach / tippen: a-z, 0-9 und -.",
    badShortcut: "Nehmen Sie 1 bis 32 Zeichen von a-z, 0-9 und -.",
    name: "Name",
    needName: "Geben Sie ihm einen Namen.",
    longName: "Der Name ist zu lang: Höchstens 80 Bytes sind möglich.",
    text: "Text",
    textHint: "Das wird für Sie ausgefüllt:",
    needText: "Schreiben Sie, was er sagt.",
    longText: (over: number) => `Der Text ist ${plural(over, "Byte", "Bytes")} zu lang.`,
    meaning: {
        person: "Name der Person",
        first_name: "ihr Vorname",
        company: "ihre Firma",
        ticket: "Nummer des Tickets",
        me: "Ihr Name",
    },
    preview: "So würde er lauten",
    previewMore: "Mit einer erfundenen Person.",
    samplePerson: "Ines Moreau",
    sampleCompany: "Bäckerei Nordwind",
    sampleTicket: "1042",
    noVariable: (what: string) =>
        `${what} ist keine Variable und wird so gesendet, wie es da steht.`,

    open: "Textbausteine",
    list: "Textbausteine",
    loading: "Die Textbausteine werden geladen…",
    nothing: "Kein Textbaustein heißt so. Legen Sie einen unter Textbausteine im Menü an.",
    found: (n: number) => `${plural(n, "Textbaustein", "Textbausteine")}. Wählen Sie mit den ` +
        "Pfeiltasten, fügen Sie mit der Eingabetaste ein.",
    held: "Wird zurückgehalten:",
    missing: {
        person: "{person} ist leer, der Name der Person ist nicht bekannt. Schreiben Sie ihn, " +
            "oder nehmen Sie es heraus.",
        first_name: "{first_name} ist leer, der Name der Person ist nicht bekannt. Schreiben Sie " +
            "ihn, oder nehmen Sie es heraus.",
        company: "{company} ist leer, die Firma der Person ist nicht bekannt. Schreiben Sie sie, " +
            "oder nehmen Sie es heraus.",
        ticket: "{ticket} ist leer, es gibt noch kein Ticket. Schreiben Sie die Nummer, warten " +
            "Sie darauf, oder nehmen Sie es heraus.",
        me: "{me} ist leer. Schreiben Sie Ihren Namen, oder nehmen Sie es heraus.",
    },
    canFill: (what: string) => `${what} ist nicht ausgefüllt.`,
    fillIn: "Ausfüllen",
};

import type * as en from "../setup";
import type { Translated } from "../said";

export const setup: Translated<typeof en.setup> = {
    steps: "Schritte der Einrichtung",
    stepOf: (n: number, all: number) => `Schritt ${n} von ${all}`,
    names: {
        brand: "Ihr Name",
        psa: "PSA",
        connect: "Verbinden",
        defaults: "Tickets",
        widget: "Widget",
        test: "Erster Test",
        done: "Fertig",
    },
    headings: {
        brand: "Ihr Name und Ihre Farbe",
        psa: "Wählen Sie Ihre PSA",
        connect: "Verbinden Sie Ihre PSA",
        defaults: "Wie Tickets beginnen",
        widget: "Setzen Sie den Chat auf eine Seite",
        test: "Eine erste Unterhaltung zum Test",
        done: "Parley ist bereit",
    },
    intros: {
        brand: "Wen Ihre Kunden und Ihr Team sehen. Beides können Sie später unter Einstellungen " +
            "ändern.",
        psa: "Wo aus dem, was im Chat gesagt wird, Tickets werden.",
        connect: "Legen Sie nach der Anleitung ein Token an, fügen Sie es hier ein, testen und " +
            "speichern Sie es. Das dauert fünf Minuten.",
        defaults: "Wohin die Tickets unbekannter Personen gehen, und womit jedes neue Ticket " +
            "beginnt.",
        widget: "Eine Zeile HTML zeigt den Chat auf den Seiten Ihrer Kunden.",
        test: "Schreiben Sie, wie ein Kunde es täte, und sehen Sie, wie das Ticket kommt.",
        done: "Unterhaltungen kommen in den Eingang, und ihre Tickets in Ihre PSA.",
    },
    back: "Zurück",
    next: "Weiter",
    skip: "Vorerst überspringen",
    skipConnect: "Vorerst überspringen, später verbinden",
    goOn: "Mit dem Gespeicherten weiter",
    saveNext: "Speichern und weiter",
    psaHint: (title: string) => `Tickets, Kommentare und Kunden in ${title}, durch ein eigenes ` +
        "Token mit sieben Rechten.",
    notConnected: "Noch ist keine PSA verbunden. Gehen Sie zurück zu Verbinden, oder tun Sie es " +
        "später unter Anbindungen: Chatten kann man inzwischen, und die Tickets entstehen, " +
        "sobald sie verbunden ist.",
    nexts: {
        inbox: { title: "Eingang öffnen",
            text: "Wer geschrieben hat; wer am längsten wartet, steht zuerst." },
        staff: { title: "Kollegen hinzufügen",
            text: "Alle bekommen einen Link, um ein Passwort zu wählen." },
        me: { title: "Zweiten Schritt einschalten",
            text: "Ein Code aus einer App neben Ihrem Passwort." },
        connectors: { title: "Anbindung ansehen",
            text: "Ihr Zustand, was wartet, und was angehalten hat." },
    },
};

export const widget: Translated<typeof en.widget> = {
    snippet: "Fügen Sie dies in die Seite ein",
    snippetMore: "Irgendwo in das HTML jeder Seite, die den Chat zeigen soll; vor </body> ist " +
        "eine gute Stelle.",
    copy: "Zeile kopieren",
    origins: "Die Seite zulassen",
    originsMore: "Seiten unter einer anderen Adresse als der von Parley dürfen nur chatten, wenn " +
        "ihre Adresse in den Einstellungen von Parley steht. Tragen Sie sie dort ein, mehrere " +
        "mit Kommas getrennt, und starten Sie neu:",
    originsExample: "origins = https://www.customer.example",
    csp: (origin: string) => "Wenn die Seite eine Content Security Policy hat, braucht sie " +
        `${origin} in script-src und connect-src, dort auch mit wss: statt https:.`,
    preview: "Vorschau",
    previewPage: "Die Seite Ihres Kunden",
    previewMore: "Der echte Chat: Drücken Sie den runden Knopf. Was Sie hier schreiben, kommt in " +
        "Ihren Eingang.",
};

export const firstTest: Translated<typeof en.firstTest> = {
    what: "Was zu tun ist",
    todo: [
        "Drücken Sie den runden Knopf der Vorschau.",
        "Geben Sie einen Namen und eine E-Mail-Adresse an, wie ein Kunde es täte.",
        "Schreiben Sie, was nicht geht, und beginnen Sie den Chat.",
    ],
    waiting: "Es wird auf Ihre Nachricht gewartet…",
    came: (reference: string) => "Ihre Nachricht ist angekommen. Es ist die Unterhaltung " +
        `${reference}.`,
    filing: "Ihr Ticket wird angelegt…",
    stuck: (reason: string) => `Ihr Ticket ist noch nicht angelegt: ${reason}`,
    filed: (number: string) => `Es geht: Das Ticket ist #${number}.`,
    open: "In der PSA öffnen",
    look: (title: string) => `Ansehen, was ${title} braucht`,
};

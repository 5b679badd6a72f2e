// The bundle widget-de.js: what the widget says in German. Laid over the English words.

import { hearing } from "../../console/words/hearing";
import { told } from "../../console/words/de/told";
import type { Translated } from "../../console/words/said";
import type { english } from "../strings";

export const strings: Translated<typeof english> = {
    title: "Chatten Sie mit uns",
    open: "Chat öffnen",
    close: "Chat schließen",
    unread: (n: number) => (n === 1 ? "1 ungelesene Nachricht" : `${n} ungelesene Nachrichten`),
    here: "Wir sind da",
    away: "Wir antworten, sobald wir können",

    backAt: (when: string) => `Wir sind wieder da: ${when}`,
    usually: (minutes: number) => {
        const hours = Math.round(minutes / 60);
        const time = minutes < 2 ? "eine Minute" : minutes < 90 ? `${minutes} Minuten`
            : hours < 48 ? `${hours} Stunden` : "einige Tage";
        return `Eine Antwort dauert meist etwa ${time}`;
    },

    formIntro: "Schreiben Sie uns, was nicht geht. Wir machen ein Ticket daraus, und Sie können " +
        "hier weiterschreiben.",
    name: "Ihr Name",
    email: "Ihre E-Mail-Adresse",
    problem: "Womit können wir helfen?",
    start: "Chat beginnen",
    needName: "Bitte nennen Sie Ihren Namen.",
    needEmail: "Bitte geben Sie Ihre E-Mail-Adresse an, damit wir Sie erreichen.",
    badEmail: "Das sieht nicht wie eine E-Mail-Adresse aus. Bitte prüfen Sie sie.",
    needBody: "Bitte schreiben Sie, womit wir helfen können.",
    tooLongField: "Das ist zu lang. Bitte kürzen Sie es.",

    signIn: "Anmelden",
    signInWith: (provider: string) => `Mit ${provider} anmelden`,
    proveIntro: "Melden Sie sich an, um Ihre Tickets zu sehen, auch solche, die per Telefon oder " +
        "E-Mail begonnen haben.",
    proveEmail: "E-Mail-Adresse",
    proveEmailHint: "An diese Adresse senden wir einen Code.",
    sendCode: "Code senden",
    code: "Sechsstelliger Code",
    codeSent: (email: string) => `Wenn ${email} erreichbar ist, ist ein Code unterwegs. Er gilt ` +
        "zehn Minuten.",
    codeShown: "Im geöffneten Fenster erscheint ein Code, sobald Sie sich dort angemeldet haben.",
    openWindow: "Fenster öffnen",
    codeAgain: "Neuen Code senden",
    otherAddress: "Anderer Weg",
    notNow: "Jetzt nicht",
    badCode: "Dieser Code ist falsch oder zu alt. Prüfen Sie ihn, oder fordern Sie einen neuen an.",
    proveLater: (minutes: number) => "Das war zu oft. Versuchen Sie es in " +
        `${minutes <= 1 ? "einer Minute" : `${minutes} Minuten`} noch einmal.`,
    proveTrouble: "Das hat gerade nicht geklappt. Bitte versuchen Sie es gleich noch einmal.",

    conversation: "Unterhaltung",
    message: "Ihre Nachricht",
    messageHint: "Nachricht schreiben",
    send: "Senden",
    left: (n: number) => (n === 1 ? "Platz für 1 weiteres Zeichen"
        : `Platz für ${n} weitere Zeichen`),
    over: (n: number) => `${n} Zeichen zu lang. Bitte kürzen Sie den Text, oder senden Sie ihn ` +
        "in zwei Teilen.",
    toNewest: "Zur neuesten Nachricht",

    attach: "Dateien anhängen",
    files: "Dateien",
    uploading: (name: string) => `${name} wird hochgeladen`,
    percent: (n: number) => `${n} %`,
    removeFile: (name: string) => `${name} entfernen`,
    saveFile: (name: string, size: string) => `${name} speichern, ${size}`,
    fileGone: "Das lässt sich gerade nicht laden.",
    fileWaits: "Wartet auf die Verbindung",
    tooManyFiles: (n: number) => (n === 1 ? "In eine Nachricht passt höchstens eine Datei."
        : `In eine Nachricht passen höchstens ${n} Dateien.`),
    tooLarge: (name: string, max: string) => `${name} ist zu groß. Eine Datei darf bis zu ${max} ` +
        "haben.",
    chooseAgain: (name: string) => `Die Seite wurde neu geladen, bevor ${name} gesendet war. ` +
        "Bitte entfernen Sie die Datei, und wählen Sie sie neu aus.",
    fileTroubles: {
        too_large: "Zu groß",
        bad_type: "Dateien dieser Art werden hier nicht angenommen",
        empty: "Diese Datei ist leer",
        full: "Dafür ist gerade kein Platz",
        failed: "Das lässt sich nicht senden",
    },

    you: "Sie",
    staff: "Support",
    sending: "Wird gesendet…",
    waiting: "Wartet auf die Verbindung",
    held: "Geht gleich hinaus…",
    sent: "Gesendet",
    notSent: "Nicht gesendet.",
    retry: "Noch einmal senden",
    remove: "Entfernen",
    typing: (who: string) => `${who} schreibt…`,
    announce: (n: number, who: string, body: string) => (n === 1
        ? `Neue Nachricht von ${who}: ${body}`
        : `${n} ungelesene Nachrichten. Die neueste ist von ${who}: ${body}`),

    words: {
        new: "Wir haben es erhalten",
        working: "Wir arbeiten daran",
        waiting_you: "Wir brauchen etwas von Ihnen",
        waiting_us: "Ihre Antwort liegt bei uns",
        scheduled: "Es hat einen Termin",
        solved: "Gelöst",
    },
    myTickets: "Meine Tickets",
    openOnes: "Offen",
    closedOnes: "Geschlossen",
    search: "Nach Nummer oder Wörtern suchen",
    newTicket: "Neues Ticket",
    back: "Zurück zu meinen Tickets",
    signOut: "Abmelden",
    signedInAs: (email: string) => `Angemeldet als ${email}`,
    none: { open: "Sie haben keine offenen Tickets.",
        closed: "Sie haben keine geschlossenen Tickets." },
    noneFound: "Nichts gefunden. Versuchen Sie andere Wörter oder die Nummer.",
    noneFoundMore: { open: "Sehen Sie auch bei den geschlossenen nach.",
        closed: "Sehen Sie bei den offenen nach." },
    loadMore: "Mehr anzeigen",
    loadingList: "Ihre Tickets werden geladen…",
    olderComing: "Ältere Tickets werden geholt…",
    olderUnknown: "Ältere Tickets lassen sich gerade nicht holen. Sie sehen, was wir wissen.",
    listWaits: "Die Liste kommt, sobald die Verbindung steht.",
    found: (n: number, more: boolean) => (more ? `${n} oder mehr Tickets`
        : n === 1 ? "1 Ticket" : `${n} Tickets`),
    rowUnread: (n: number) => `${n} ungelesen`,
    ofColleague: "aus Ihrer Firma",
    notFiled: "noch ohne Nummer",
    newIntro: "Was geht nicht? Wir machen ein Ticket daraus.",
    subject: "Betreff (darf leer bleiben)",
    urgency: "Wie dringend ist es?",
    urgencyNone: "Das kann ich nicht sagen",
    urgencies: { urgent: "Sehr dringend", high: "Hoch", normal: "Normal", low: "Niedrig" },
    sendTicket: "Senden",
    urgencyIs: (text: string) => `Dringlichkeit: ${text}`,
    solved: "Das ist gelöst",
    help: "Ich brauche noch Hilfe",
    closedNow: "Dieses Ticket ist geschlossen. Wenn es nicht gelöst ist, sagen Sie es, oder " +
        "schreiben Sie unten weiter.",
    closedNoHelp: "Dieses Ticket ist geschlossen. Wenn es nicht gelöst ist, schreiben Sie unten " +
        "weiter.",
    readOnly: "Ein Ticket Ihrer Firma. Sie können es lesen; schreiben kann nur, wem es gehört.",
    readingNow: "Das bisher Gesagte wird geholt…",
    readingFailed: "Das Gesagte lässt sich gerade nicht holen. Sie sehen, was wir wissen.",
    actLater: "Das ist nicht durchgegangen. Bitte versuchen Sie es noch einmal, sobald Sie " +
        "verbunden sind.",
    actNotSet: "Das lässt sich hier nicht setzen. Bitte schreiben Sie es als Nachricht.",
    notThere: "Dieses Ticket ist nicht mehr hier.",
    signedOut: "Sie sind abgemeldet. Melden Sie sich wieder an, um Ihre Tickets zu sehen.",
    tell: "Hier Bescheid geben, wenn eine Antwort kommt",
    answered: (subject: string) => `Es gibt eine Antwort: ${subject}`,
    answeredTitle: "Es gibt eine Antwort",

    rateAsk: "Wie war unsere Hilfe?",
    rateScore: (n: number) => `${n} von 5: ` +
        (["sehr schlecht", "schlecht", "mäßig", "gut", "sehr gut"][n - 1] ?? ""),
    rateComment: "Noch etwas dazu? (darf leer bleiben)",
    rateSend: "Bewerten",
    rated: (n: number, comment: string) =>
        `Danke. Sie haben ${n} von 5 gegeben${comment === "" ? "." : `: „${comment}“`}`,
    rateChange: "Ändern",
    transcript: "Das Gesagte als E-Mail bekommen",
    transcriptSent: (email: string) => `Es ist unterwegs an ${email}.`,
    afterTroubles: {
        not_closed: "Das ist wieder offen. Bewerten können Sie es, sobald es geschlossen ist.",
        too_late: "Das ist über einen Tag her und bleibt, wie es ist.",
        under_way: "Eine E-Mail damit ist schon unterwegs.",
        not_proved: "Melden Sie sich erst an: Es geht nur an eine Adresse, die nachweislich " +
            "Ihre ist.",
        no_mail: "Von hier gehen keine E-Mails hinaus. Bitten Sie in einer Nachricht darum.",
    },

    ticketFiled: (number: string) => `Ihr Ticket ist #${number}`,
    ticketWaiting: (reference: string) => `Ihr Ticket wird angelegt. Referenz: ${reference}`,
    ticketDelayed: (reference: string) => "Ihr Ticket braucht länger als sonst. Wir haben Ihre " +
        `Nachrichten. Referenz: ${reference}`,

    offline: "Sie sind offline. Schreiben Sie weiter: Wir bewahren Ihre Nachrichten auf und " +
        "senden sie, sobald Sie wieder online sind.",
    connecting: "Verbindung wird aufgebaut…",
    unreachable: "Der Chat ist gerade nicht erreichbar; wir versuchen es weiter. Was Sie " +
        "schreiben, bleibt erhalten.",
    shut: "Dieser Chat ist für Sie geschlossen. Bitte erreichen Sie Ihren Service-Desk auf einem " +
        "anderen Weg.",
    tryNow: "Jetzt versuchen",
    ended: "Diese Unterhaltung gibt es hier nicht mehr. Bitte beginnen Sie eine neue; was Sie " +
        "geschrieben haben, steht unten.",
    loading: "Die Unterhaltung wird geladen…",

    heard: hearing(told),
    refusals: {
        too_long: "Das ist zu lang. Entfernen Sie es, und senden Sie es in kürzeren Teilen.",
        empty: "Das ist leer. Entfernen Sie es, und schreiben Sie es noch einmal.",
        bad_email: "Das sieht nicht wie eine E-Mail-Adresse aus. Bitte prüfen Sie sie.",
        bad_file: "Eine Datei ist nicht angekommen. Entfernen Sie dies, und senden Sie es neu.",
        not_allowed: "Der Chat lässt das nicht zu. Entfernen Sie es, und schreiben Sie uns eine " +
            "E-Mail.",
        bad_frame: "Der Chat hat das nicht verstanden. Bitte laden Sie diese Seite neu, und " +
            "versuchen Sie es noch einmal.",
    },
};

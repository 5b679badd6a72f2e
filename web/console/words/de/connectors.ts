import type * as en from "../connectors";
import type { Turn } from "../../rest/connectors";
import type { Translated } from "../said";
import { dative, plural } from "./plural";

export const connectors: Translated<typeof en.connectors> = {
    intro: "Womit Parley verbunden ist, und wie es damit steht.",
    psas: "PSAs",
    add: "PSA hinzufügen",
    addHeading: "PSA hinzufügen",
    connect: (title: string) => `${title} verbinden`,
    back: "Alle Anbindungen",
    none: "Keine PSA ist verbunden",
    noneMore: "Chatten kann man schon. Die Tickets dazu entstehen, sobald Sie mit der " +
        "Schaltfläche rechts oben eine PSA hinzufügen.",
    gone: "Diese Anbindung gibt es nicht mehr.",
    states: {
        ok: "Läuft",
        held: "Gestört",
        paused: "Pausiert",
        new: "Noch nicht benutzt",
    },
    short: (waiting: number, parked: number) => `${waiting} warten, ${parked} angehalten`,
    lastCall: (time: string) => `letzter Aufruf ${time === "jetzt" ? "gerade eben" : `vor ` +
        `${dative(time)}`}`,
    account: "Konto",
    address: "Adresse",
    key: "API-Schlüssel",
    noKey: "keiner",
    keyEnds: "endet mit",
    replace: "Schlüssel ersetzen",
    held: "Im Moment wird nichts gesendet.",
    heldMore: "Die Chats gehen weiter, und das Gesagte wartet der Reihe nach. Es wird gesendet, " +
        "sobald dies behoben ist.",
    pausedMore: "Pausiert: Es wird nichts gesendet. Die Chats gehen weiter, und das Gesagte " +
        "wartet der Reihe nach.",
};

export const connect: Translated<typeof en.connect> = {
    guide: (title: string) => `In ${title}`,
    rights: (n: number) => `Die ${n} Rechte, die anzukreuzen sind`,
    right: "Recht",
    why: "Wozu Parley es braucht",
    copyRights: "Liste der Rechte kopieren",
    understood: (account: string) => `Konto ${account} bei`,
    needAccount: "Füllen Sie dies aus: bei https://ihrefirma.syncromsp.com nur ihrefirma.",
    needToken: "Fügen Sie das Token ein, das beim Anlegen angezeigt wurde.",
    keyKept: (end: string) => "Lassen Sie das Feld leer, um den Schlüssel zu behalten, der mit " +
        `${end} endet. Ein Schlüssel wird nie wieder angezeigt.`,
    otherAccount: (account: string) => `Das ist ein anderes Konto als ${account} und braucht ` +
        "einen eigenen Schlüssel. Was dort abgelegt ist, bleibt dort; beide bleiben getrennt.",
    already: (account: string, end: string) => `Mit ${account} verbunden, mit dem Schlüssel, der ` +
        `mit ${end} endet. Sie können weitergehen oder hier einen anderen speichern.`,
    test: "Zugangsdaten testen",
    testing: "Wird getestet…",
    save: "Speichern",
    insist: "Ohne guten Test speichern?",
    insistUntested: "Diese Werte sind nicht getestet. Zugangsdaten testen zeigt in wenigen " +
        "Sekunden, ob sie gehen.",
    insistFailed: "Der Test dieser Werte ist nicht gut ausgegangen.",
    insistMore: "Wenn sie falsch sind, gehen die Chats weiter, aber es entsteht kein Ticket, bis " +
        "sie berichtigt sind.",
    insistSave: "Trotzdem speichern",
    replace: "Schlüssel ersetzen",
    replaceIntro: "Was wartet und was abgelegt ist, bleibt erhalten. Was wartet, wird mit dem " +
        "neuen Schlüssel gesendet.",
};

export const trial: Translated<typeof en.trial> = {
    heading: "Test",
    states: {
        waiting: "noch nicht",
        running: "wird geprüft…",
        ok: "gut",
        failed: "fehlgeschlagen",
        unproved: "ließ sich nicht prüfen",
        skipped: "nicht geprüft",
    },
    begun: "Der Test hat begonnen.",
    progress: (n: number, all: number, label: string, state: string) =>
        `${n} von ${all}. ${label}: ${state}.`,
    good: "Alles ist in Ordnung. Drücken Sie Speichern, um es zu behalten.",
    mostly: (n: number) => `Nichts ist falsch, aber ${plural(n, "Zeile ließ", "Zeilen ließen")} ` +
        "sich nicht prüfen: Lesen Sie, warum, und drücken Sie dann Speichern.",
    bad: (n: number) => (n === 0
        ? "Der Test ist nicht gut ausgegangen. Beheben Sie es, und testen Sie noch einmal."
        : `${plural(n, "Zeile ist", "Zeilen sind")} fehlgeschlagen. Beheben Sie, was dort steht, ` +
            "und testen Sie noch einmal."),
    cut: "Der Test ist abgebrochen. Drücken Sie noch einmal Zugangsdaten testen.",
    stale: "Die Felder haben sich seit diesem Test geändert. Testen Sie noch einmal, bevor Sie " +
        "speichern.",
};

export const company: Translated<typeof en.company> = {
    placeholder: "Zum Suchen tippen",
    matches: "Treffer",
    none: "Nichts ausgewählt.",
    chosen: (name: string) => `Ausgewählt: ${name}`,
    searching: "Es wird gesucht…",
    empty: "Nichts gefunden. Versuchen Sie es mit dem Anfang des Namens.",
    found: (n: number, more: boolean) => (more
        ? `Die ersten ${n}. Tippen Sie mehr vom Namen, um andere zu sehen.`
        : `${plural(n, "Kunde", "Kunden")} gefunden. Pfeiltasten bewegen, Enter wählt aus.`),
};

export const defaults: Translated<typeof en.defaults> = {
    heading: "Wie Tickets beginnen",
    fallback: "Kunde für Unbekannte",
    fallbackHint: (title: string) => `Die Tickets von Personen, die ${title} nicht kennt, gehen ` +
        "an diesen Kunden. Ohne ihn warten sie, bis Sie eine Firma wählen.",
    legend: "Womit ein neues Ticket beginnt",
    loading: "Die Listen Ihres Kontos werden geladen…",
    status: "Status",
    priority: "Priorität",
    problemType: "Art des Problems",
    leave: (title: string) => `${title} überlassen`,
};

export const hook: Translated<typeof en.hook> = {
    heading: "Webhook",
    intro: (title: string) => `Parley fragt ${title} alle paar Sekunden nach Änderungen, solange ` +
        `jemand hinsieht, und nachts seltener. Mit diesem Webhook meldet ${title} sofort, dass ` +
        "etwas geschehen ist. Behalten Sie die Adresse für sich: Wer sie hat, kann Parley " +
        "nachsehen lassen.",
    copy: "Adresse kopieren",
    renew: "Neue Adresse anlegen",
    renewHeading: "Neue Adresse anlegen?",
    renewText: (title: string) => "Die alte gilt sofort nicht mehr. Tragen Sie die neue in " +
        `${title} ein, sonst zeigen sich Änderungen erst beim nächsten Nachsehen.`,
    heard: (title: string, time: string) => (time === "jetzt"
        ? `${title} hat sich gerade eben gemeldet.`
        : `${title} hat sich vor ${dative(time)} gemeldet.`),
    never: (title: string) => `${title} hat sich seit dem Start des Servers nicht gemeldet.`,
    guide: (title: string) => `So richten Sie es in ${title} ein`,
};

export const health: Translated<typeof en.health> = {
    heading: "Zustand",
    calls: "Aufrufe, letzter Tag",
    errors: "Fehler, letzter Tag",
    budget: "Aufrufe in dieser Minute",
    of: (used: number, limit: number) => (limit > 0 ? `${used} von ${limit}` : String(used)),
    waiting: "Warten",
    oldest: "Das älteste wartet",
    inDoubt: "Ungeklärt",
    parked: "Angehalten",
    lastCall: "Letzter Aufruf",
    none: "–",
    never: "nie",
    ago: (time: string) => (time === "jetzt" ? "gerade eben" : `vor ${dative(time)}`),
    chart: "Aufrufe und Fehler in jeder Stunde des letzten Tages",
    chartLabel: (calls: number, errors: number, most: number) =>
        `${plural(calls, "Aufruf", "Aufrufe")} und ${plural(errors, "Fehler", "Fehler")} am ` +
        `letzten Tag; höchstens ${plural(most, "Aufruf", "Aufrufe")} in einer Stunde. Die ` +
        "Tabelle darunter zeigt jede Stunde.",
    noHours: "Noch ist nichts gezählt.",
    hour: "Stunde ab",
    callsKey: "Aufrufe",
    errorsKey: "Fehler",
    asTable: "Als Tabelle zeigen",
};

export const parked: Translated<typeof en.parked> = {
    heading: "Angehalten",
    intro: (title: string) => `Was ${title} nicht annehmen wollte. Es wartet hier, bis jemand ` +
        "entscheidet; alles andere geht weiter.",
    none: "Nichts ist angehalten.",
    since: (time: string) => (time === "jetzt" ? "seit eben" : `seit ${dative(time)}`),
    otherAccount: "eines anderen Kontos",
    retry: "Erneut versuchen",
    company: "Firma wählen",
    discard: "Verwerfen",
    show: "Unterhaltung zeigen",
    of: (action: string, reference: string) => `${action}: ${reference}`,
    retried: (reference: string) => `${reference} wird erneut versucht.`,
    discarded: (reference: string) => `${reference} ist aufgegeben.`,
    more: "Es gibt mehr. Es erscheint, wenn dies erledigt ist.",
    discardHeading: (reference: string) => `Verwerfen, was von ${reference} wartet?`,
    discardMore: (title: string) => "Was angehalten ist, wird endgültig aufgegeben: Es kommt " +
        `nicht in ${title}. Die Unterhaltung selbst bleibt und sagt, dass es aufgegeben wurde.`,
    discardLater: "Wenn ihr Ticket nie angelegt wurde, wird auch aufgegeben, was danach gesagt " +
        "wurde.",
    companyHeading: (name: string) => `Zu welcher Firma gehört ${name}?`,
    companyMore: "Es wird für diese Person gemerkt, und das Ticket wird sofort erneut versucht.",
    companyLabel: "Firma",
    companyHint: (title: string) => `Wie sie in ${title} heißt.`,
    companyGo: "Wählen und erneut versuchen",
};

const entries = (n: number, one: string, many: string) =>
    plural(n, `Eintrag ${one}`, `Einträge ${many}`);

export const turn: Translated<typeof en.turn> = {
    counting: "Es wird gezählt, was wartet…",
    pause: {
        action: "Pausieren",
        heading: (title: string) => `${title} pausieren?`,
        text: (title: string) => `Bis Sie fortsetzen, wird nichts an ${title} gesendet. Die ` +
            "Chats gehen weiter, und das Gesagte wartet der Reihe nach.",
        done: "Pausiert.",
    },
    resume: {
        action: "Fortsetzen",
        heading: (title: string) => `${title} fortsetzen?`,
        text: () => "Alles, was wartet, wird gesendet, das Älteste zuerst.",
        done: "Fortgesetzt.",
    },
    remove: {
        action: "Entfernen",
        heading: (title: string) => `${title} entfernen?`,
        text: (title: string) => `Der Schlüssel wird hier gelöscht; sperren Sie ihn auch in ` +
            `${title}. Die Chats gehen weiter, aber es entstehen keine Tickets. Tickets, die es ` +
            "gibt, bleiben dort.",
        done: "Entfernt.",
    },
    waiting: (n: number, by: Turn) => (n === 0 ? "Im Moment wartet nichts."
        : by === "resume" ? `${entries(n, "wird", "werden")} gesendet.`
            : by === "pause" ? `${entries(n, "wartet", "warten")}, bis Sie fortsetzen.`
                : `${entries(n, "wartet", "warten")}, bis dasselbe Konto wieder verbunden ist.`),
    inDoubt: (n: number, by: Turn) => (by === "resume"
        ? `${plural(n, "ungeklärter Eintrag wird", "ungeklärte Einträge werden")} nachgesehen, ` +
            "bevor etwas noch einmal gesendet wird."
        : `${entries(n, "ist", "sind")} ungeklärt: Es steht nicht fest, ob die PSA sie hat. Das ` +
            "wird später nachgesehen, bevor etwas noch einmal gesendet wird."),
    parked: (n: number, by: Turn) => (by === "remove"
        ? `${plural(n, "angehaltener Eintrag bleibt", "angehaltene Einträge bleiben")} unverändert.`
        : `${entries(n, "ist", "sind")} angehalten: Daran ändert sich nichts.`),
};

import type * as en from "../door";
import type { Translated } from "../said";
import { plural } from "./plural";

const secondsOf = (n: number) => plural(n, "Sekunde", "Sekunden");

function wait(seconds: number): string {
    if (seconds < 60) return secondsOf(seconds);
    const minutes = plural(Math.floor(seconds / 60), "Minute", "Minuten");
    return `${minutes} ${secondsOf(seconds % 60)}`;
}

export const rest: Translated<typeof en.rest> = {
    unreachable: "Der Server antwortet nicht. Prüfen Sie die Verbindung, und versuchen Sie es " +
        "noch einmal.",
    broken: "Der Server konnte es nicht tun. Versuchen Sie es noch einmal; wenn es so bleibt, " +
        "sehen Sie im Log des Servers nach.",
    refused: "Der Server hat es abgelehnt. Laden Sie die Seite neu, und versuchen Sie es noch " +
        "einmal.",
};

export const form: Translated<typeof en.form> = {
    again: "Noch einmal versuchen",
    cancel: "Abbrechen",
    close: "Schließen",
    save: "Speichern",
    saved: "Gespeichert.",
    loading: "Wird geladen…",
    busy: (label: string) => `${label}…`,
    show: "Zeigen",
    hide: "Verbergen",
    showOf: (label: string) => `Zeigen: ${label}`,
    caps: "Die Feststelltaste ist an.",
    copied: "Kopiert.",
    notCopied: "Der Browser erlaubt es nicht. Markieren Sie den Text, und kopieren Sie ihn selbst.",
    newPassword: "Neues Passwort",
    newPasswordAgain: "Neues Passwort noch einmal",
    passwordRules: "Mindestens 12 Zeichen, und nicht Ihr Name oder Ihre E-Mail-Adresse. Ein Satz " +
        "aus ein paar Wörtern ist gut; mehr wird nicht verlangt.",
    tooShort: "Das ist zu kurz. Nehmen Sie mindestens 12 Zeichen.",
    tooLong: "Das ist zu lang. Nehmen Sie höchstens 256 Bytes.",
    sameAsName: "Das ist Ihr Name oder Ihre E-Mail-Adresse. Wählen Sie ein anderes Passwort.",
    notSame: "Die beiden sind nicht gleich. Tippen Sie das neue Passwort noch einmal.",
};

export const door: Translated<typeof en.door> = {
    opening: "Die Konsole wird geöffnet…",
    unreachable: "Der Server antwortet nicht",
    signIn: "Anmelden",
    email: "E-Mail",
    password: "Passwort",
    wrong: "E-Mail oder Passwort ist falsch. Prüfen Sie beides, und versuchen Sie es noch einmal.",
    again: (seconds: number) => `In ${wait(seconds)} können Sie es noch einmal versuchen.`,
    forgotten: "Passwort vergessen oder ausgesperrt? Ein Administrator kann Ihnen unter " +
        "Mitarbeiter einen Link für ein neues machen.",
    or: "oder",
    oidc: (name: string) => `Mit ${name} anmelden`,
    second: "Zweiter Schritt",
    other: "Zurück zu E-Mail und Passwort",
    code: {
        label: "Code",
        hint: "Die 6 Ziffern, die Ihre Authenticator-App jetzt zeigt.",
        wrong: "Dieser Code ist falsch oder schon benutzt. Warten Sie auf den nächsten der App, " +
            "und tippen Sie den.",
        other: "Wiederherstellungscode benutzen",
    },
    recovery: {
        label: "Wiederherstellungscode",
        hint: "Einer der zehn, die Sie aufbewahrt haben, wie ABCD-EFGH-JKLM. Jeder gilt einmal.",
        wrong: "Dieser Wiederherstellungscode ist falsch oder schon benutzt. Versuchen Sie einen " +
            "anderen.",
        other: "Code der App benutzen",
    },
    notices: {
        expired: "Ihre Sitzung ist abgelaufen. Melden Sie sich an, und es geht dort weiter, wo " +
            "Sie waren.",
        left: "Sie sind abgemeldet.",
        everywhere: "Sie sind überall abgemeldet.",
    },
    setupNeeded: "Parley ist noch nicht eingerichtet",
    setupNeededMore: "Bevor es einen Administrator gibt, kann sich niemand anmelden. Öffnen Sie " +
        "den Einrichtungslink: Der Server gibt ihn beim Start aus, als `event=setup url=…`.",
    setupNeededHint: "Der Link gilt einmal und 24 Stunden lang. Für einen neuen starten Sie " +
        "`parley serve` noch einmal.",
};

export const link: Translated<typeof en.link> = {
    reading: "Der Link wird geöffnet…",
    used: "Dieser Link gilt nicht mehr",
    usedSetup: "Er wurde benutzt, ist älter als 24 Stunden oder wurde beim Neustart des Servers " +
        "ersetzt. Wenn es noch keinen Administrator gibt, nehmen Sie den neuesten Link aus dem " +
        "Log des Servers.",
    usedLink: "Er wurde benutzt oder ist älter als 48 Stunden. Bitten Sie einen Administrator um " +
        "einen neuen.",
    toSignIn: "Zur Anmeldung",
    headings: {
        setup: "Parley einrichten",
        invite: "Willkommen bei Parley",
        reset: "Neues Passwort wählen",
    },
    intros: {
        setup: () => "Zuerst der Administrator: Das sind Sie. Andere können Sie später hinzufügen.",
        invite: (name: string) => `Guten Tag, ${name}. Wählen Sie ein Passwort für die Anmeldung.`,
        reset: (name: string) => `Guten Tag, ${name}. Ihr altes Passwort gilt nicht mehr, und ` +
            "der zweite Schritt der Anmeldung ist aus.",
    },
    actions: {
        setup: "Administrator anlegen",
        invite: "Passwort setzen",
        reset: "Passwort setzen",
    },
    name: "Ihr Name",
    needName: "Geben Sie einen Namen an.",
    badEmail: "Das sieht nicht wie eine E-Mail-Adresse aus. Prüfen Sie sie.",
};

export const roles: Translated<typeof en.roles> = {
    admin: "Administrator",
    technician: "Techniker",
};

export const menu: Translated<typeof en.menu> = {
    label: "Hauptmenü",
    open: "Menü",
    close: "Schließen",
    skip: "Zum Inhalt springen",
    onPage: "Auf dieser Seite",
    setup: "Einrichtung abschließen",
    inbox: "Eingang",
    search: "Suche",
    attention: "Zu klären",
    people: "Personen",
    connectors: "Anbindungen",
    staff: "Mitarbeiter",
    audit: "Protokoll",
    settings: "Einstellungen",
    routing: "Verteilung und Zeiten",
    team: "Team",
    canned: "Textbausteine",
    reports: "Berichte",
    me: "Mein Konto",
    stale: "Diese Seite ließ sich nicht laden. Vielleicht hat der Server eine neuere.",
    load: "Neu laden",
    waiting: "warten",
    signedIn: "Angemeldet als",
    signOut: "Abmelden",
};

import type * as en from "../office";
import type { Translated } from "../said";
import { plural } from "./plural";

export const brand: Translated<typeof en.brand> = {
    heading: "Marke",
    name: "Name Ihrer Firma",
    nameHint: "Wie Ihre Kunden sie kennen. Der Chat trägt ihn als Titel.",
    needName: "Geben Sie einen Namen an.",
    color: "Farbe",
    colorHint: "Wie #1a5ba6.",
    badColor: "Das ist keine Farbe. Nehmen Sie # und sechs Zeichen von 0 bis 9 und a bis f.",
    pick: "Farbe auswählen",
    sample: "Ihre Firma",
    contrast: (white: boolean, ratio: string) =>
        `Darauf steht ${white ? "weiße" : "schwarze"} Schrift, mit einem Kontrast von ` +
        `${ratio} zu 1.`,
    pale: "Auf einer weißen Seite ist sie sehr blass; eine dunklere ist leichter zu sehen.",
};

export const staff: Translated<typeof en.staff> = {
    add: "Mitarbeiter hinzufügen",
    addHeading: "Mitarbeiter hinzufügen",
    addGo: "Hinzufügen und Link anlegen",
    name: "Name",
    role: "Rolle",
    roleHint: "Techniker antworten im Eingang und klären, wer Personen sind. Administratoren " +
        "ändern auch Anbindungen, Mitarbeiter und Einstellungen und löschen Personen.",
    state: "Stand",
    states: { active: "Aktiv", invited: "Eingeladen", disabled: "Gesperrt" },
    totp: "Zweiter Schritt",
    on: "an",
    off: "aus",
    seen: "Zuletzt da",
    never: "nie",
    you: "(Sie)",
    alone: "Sie sind allein. Fügen Sie einen zweiten Administrator hinzu, damit einer bleibt, " +
        "wenn der andere ausgesperrt ist.",
    does: "Aktionen",
    link: "Link",
    linkHeading: (name: string) => `Ein Link für ${name}`,
    linkMore: {
        invite: (name: string) => `Geben Sie diesen Link an ${name} weiter. Er wird nur jetzt ` +
            "gezeigt und gilt einmal und 48 Stunden lang.",
        reset: (name: string) => `${name} ist abgemeldet. Geben Sie diesen Link weiter: Er wird ` +
            "nur jetzt gezeigt und gilt einmal und 48 Stunden lang.",
    },
    copyLink: "Link kopieren",
    acts: {
        promote: {
            action: "Zum Administrator machen",
            of: (name: string) => `Zum Administrator machen: ${name}`,
            heading: (name: string) => `${name} zum Administrator machen?`,
            text: "Administratoren können Anbindungen, Mitarbeiter und Einstellungen ändern und " +
                "sehen das Protokoll.",
            done: (name: string) => `${name} ist jetzt Administrator.`,
        },
        demote: {
            action: "Zum Techniker machen",
            of: (name: string) => `Zum Techniker machen: ${name}`,
            heading: (name: string) => `${name} zum Techniker machen?`,
            text: "Techniker antworten im Eingang, klären, wer Personen sind, und sperren sie; " +
                "sonst ändern sie nur ihr eigenes Konto.",
            done: (name: string) => `${name} ist jetzt Techniker.`,
        },
        disable: {
            action: "Sperren",
            of: (name: string) => `Sperren: ${name}`,
            heading: (name: string) => `${name} sperren?`,
            text: "Die Abmeldung gilt sofort, und eine Anmeldung ist nicht mehr möglich. Was " +
                "gesagt wurde, bleibt. Sie können das Konto wieder freigeben.",
            done: (name: string) => `${name} ist gesperrt.`,
        },
        enable: {
            action: "Freigeben",
            of: (name: string) => `Freigeben: ${name}`,
            heading: (name: string) => `${name} freigeben?`,
            text: "Die Anmeldung geht wieder mit dem bisherigen Passwort. Wer noch keines hatte, " +
                "braucht einen neuen Link: Drücken Sie danach Zurücksetzen.",
            done: (name: string) => `${name} ist freigegeben.`,
        },
        reset: {
            action: "Zurücksetzen",
            of: (name: string) => `Zurücksetzen: ${name}`,
            heading: (name: string) => `Die Anmeldung von ${name} zurücksetzen?`,
            text: "Die Abmeldung gilt sofort, das Passwort gilt nicht mehr, und der zweite " +
                "Schritt wird ausgeschaltet. Sie bekommen einen Link zum Weitergeben, mit dem " +
                "ein neues Passwort gewählt wird.",
            done: (name: string) => `${name} hat einen neuen Link.`,
        },
    },
};

export const audit: Translated<typeof en.audit> = {
    intro: "Wer was wann von wo getan hat. Nichts hier lässt sich ändern oder löschen.",
    filters: "Filter",
    csv: "Als CSV herunterladen",
    all: "Alle Aktionen",
    actions: [
        ["sign_in", "Angemeldet"],
        ["sign_in_failed", "Anmeldung fehlgeschlagen"],
        ["sign_in_locked", "Anmeldung gesperrt"],
        ["sign_out", "Abgemeldet"],
        ["sign_out_all", "Überall abgemeldet"],
        ["password_changed", "Passwort geändert"],
        ["totp_on", "Zweiter Schritt eingeschaltet"],
        ["totp_off", "Zweiter Schritt ausgeschaltet"],
        ["recovery_used", "Wiederherstellungscode benutzt"],
        ["staff_added", "Mitarbeiter hinzugefügt"],
        ["staff_changed", "Mitarbeiter geändert"],
        ["staff_disabled", "Mitarbeiter gesperrt"],
        ["staff_enabled", "Mitarbeiter freigegeben"],
        ["link_made", "Link angelegt"],
        ["link_used", "Link benutzt"],
        ["setup_done", "Einrichtung abgeschlossen"],
        ["brand_changed", "Marke geändert"],
        ["connector_tested", "Anbindung getestet"],
        ["connector_saved", "Anbindung gespeichert"],
        ["connector_paused", "Anbindung pausiert"],
        ["connector_resumed", "Anbindung fortgesetzt"],
        ["connector_removed", "Anbindung entfernt"],
        ["statuses_changed", "Bedeutung der Status geändert"],
        ["hours_changed", "Zeiten geändert"],
        ["routing_changed", "Verteilung geändert"],
        ["targets_changed", "Antwortzeiten geändert"],
        ["views_changed", "Ansichten für alle geändert"],
        ["site_added", "Website hinzugefügt"],
        ["site_secret_added", "Geheimnis oder Schlüssel einer Website hinzugefügt"],
        ["site_secret_removed", "Geheimnis oder Schlüssel einer Website entfernt"],
        ["site_removed", "Website entfernt"],
        ["key_added", "API-Schlüssel angelegt"],
        ["key_revoked", "API-Schlüssel widerrufen"],
        ["webhook_added", "Webhook hinzugefügt"],
        ["webhook_changed", "Webhook geändert"],
        ["webhook_secret", "Geheimnis eines Webhooks erneuert"],
        ["webhook_removed", "Webhook entfernt"],
        ["webhook_tested", "Webhook versucht"],
        ["webhook_retried", "Zustellung eines Webhooks noch einmal gesendet"],
        ["mail_changed", "E-Mail-Einstellung geändert"],
        ["mail_tested", "Test-E-Mail gesendet"],
        ["mail_retried", "Abgelehnte E-Mail erneut versucht"],
        ["mail_discarded", "Abgelehnte E-Mail aufgegeben"],
        ["person_linked", "Person verknüpft"],
        ["person_unlinked", "Verknüpfung einer Person gelöst"],
        ["person_blocked", "Person gesperrt"],
        ["person_unblocked", "Person freigegeben"],
        ["person_manager", "Zum Verantwortlichen der Firma gemacht"],
        ["person_no_manager", "Nicht mehr Verantwortlicher der Firma"],
        ["person_signed_out", "Person abgemeldet"],
        ["person_exported", "Daten einer Person heruntergeladen"],
        ["person_erased", "Person gelöscht"],
        ["domain_mapped", "E-Mail-Domain zugeordnet"],
        ["domain_removed", "E-Mail-Domain entfernt"],
        ["outbox_retried", "Angehaltener Eintrag erneut versucht"],
        ["outbox_company", "Firma gewählt"],
        ["outbox_discarded", "Angehaltener Eintrag verworfen"],
        ["ticket_detached", "Unterhaltung vom Ticket gelöst"],
        ["ticket_attached", "Unterhaltung an ein anderes Ticket gehängt"],
        ["canned_added", "Textbaustein für alle angelegt"],
        ["canned_changed", "Textbaustein für alle geändert"],
        ["canned_removed", "Textbaustein für alle gelöscht"],
        ["audit_exported", "Protokoll ausgegeben"],
    ],
    at: "Wann",
    actor: "Wer",
    who: "Wer",
    action: "Aktion",
    object: "Was",
    address: "Von",
    nobody: "niemand angemeldet",
    none: "Nichts passt. Wählen Sie andere Filter.",
    more: "Ältere zeigen",
    count: (n: number, more: boolean) =>
        `${plural(n, "Zeile", "Zeilen")}${more ? ", und es gibt ältere" : ""}.`,
};

export const me: Translated<typeof en.me> = {
    intro: (name: string, email: string) => `${name}, ${email}`,
    password: "Passwort",
    old: "Jetziges Passwort",
    needOld: "Geben Sie das Passwort an, das Sie jetzt haben.",
    passwordGo: "Passwort ändern",
    passwordDone: "Das Passwort ist geändert.",
};

export const totp: Translated<typeof en.totp> = {
    heading: "Zweiter Schritt der Anmeldung",
    on: "An",
    off: "Aus",
    onMore: "Bei der Anmeldung werden Sie nach einem Code Ihrer Authenticator-App gefragt.",
    offMore: "Mit einem zweiten Schritt öffnet Ihr Passwort allein nichts: Es wird auch nach " +
        "einem Code einer App auf Ihrem Telefon gefragt.",
    turnOn: "Zweiten Schritt einschalten",
    turnOff: "Zweiten Schritt ausschalten",
    beginAsk: "Zuerst Ihr Passwort, damit das niemand an Ihrer Stelle tut.",
    endAsk: "Danach öffnet wieder Ihr Passwort allein dieses Konto. Geben Sie es zur Bestätigung " +
        "ein.",
    next: "Weiter",
    ended: "Der zweite Schritt ist aus.",
    scan: "Scannen Sie dies mit Ihrer Authenticator-App",
    scanMore: "Jede App für zeitbasierte Codes geht.",
    qr: "QR-Code des Geheimnisses. Dasselbe Geheimnis steht darunter als Text.",
    type: "Oder tippen Sie das Geheimnis in die App",
    copySecret: "Geheimnis kopieren",
    code: "Code",
    codeHint: "Die 6 Ziffern, die die App jetzt zeigt.",
    confirm: "Bestätigen",
    recovery: "Ihre Wiederherstellungscodes",
    recoveryMore: "Der zweite Schritt ist an. Wenn Sie die App verlieren, öffnet jeder dieser " +
        "Codes an ihrer Stelle einmal das Konto. Sie werden nur jetzt gezeigt: Bewahren Sie sie " +
        "so auf, dass Sie sie finden.",
    copyCodes: "Codes kopieren",
    saveCodes: "Codes herunterladen",
    kept: "Ich habe sie aufbewahrt",
    file: (email: string, codes: string[]) => "Wiederherstellungscodes von Parley für " +
        `${email}. Jeder gilt einmal.\n\n${codes.join("\n")}\n`,
};

export const sessions: Translated<typeof en.sessions> = {
    heading: "Wo Sie angemeldet sind",
    this: "dieser Browser",
    line: (address: string, created: string, seen: string) =>
        `${address} · seit ${created} · zuletzt benutzt ${seen}`,
    everywhere: "Überall abmelden",
    everywhereMore: "Jeder Browser wird abgemeldet, auch dieser.",
    unknown: "Unbekannter Browser",
};

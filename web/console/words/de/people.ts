import type * as en from "../people";
import type { Translated } from "../said";
import { dative, plural } from "./plural";

export const people: Translated<typeof en.people> = {
    intro: "Alle, die gechattet oder bewiesen haben, wer sie sind.",
    search: "Suche",
    searchHint: "Ein Teil eines Namens, einer E-Mail-Adresse oder einer Firma.",
    none: "Noch hat niemand gechattet",
    noneMore: "Personen erscheinen hier mit ihrer ersten Nachricht.",
    noMatch: "Niemand passt. Versuchen Sie einen anderen Teil des Namens oder der Adresse.",
    more: "Frühere zeigen",
    count: (n: number, more: boolean) =>
        `${plural(n, "Person", "Personen")}${more ? ", und es gibt mehr" : ""}.`,
    name: "Name",
    company: "Firma",
    state: "Stand",
    came: "Zuerst da",
    talks: "Unterhaltungen",
    unnamed: "Ohne Namen",
    noCompany: "nicht bekannt",
    proved: "Bestätigt",
    unproved: "Nicht bestätigt",
    blocked: "Gesperrt",
    manager: "Verantwortlich",
};

export const person: Translated<typeof en.person> = {
    back: "Alle Personen",
    gone: "Diese Person gibt es hier nicht mehr.",
    about: "Was bekannt ist",
    email: "E-Mail",
    provedAt: "Bestätigt am",
    never: "nie: Eine Adresse kann jeder tippen",
    came: "Zuerst da",
    seen: "Zuletzt da",
    mailOff: "E-Mails",
    mailOffSince: (when: string) => `möchte keine, seit ${when}`,
    identities: "Nachweise",
    identity: (kind: string, issuer: string, subject: string) => ({
        email: `die Adresse ${subject}`,
        site: `${subject}, durch ein Token der Website ${issuer}`,
        oidc: `${subject}, durch eine Anmeldung bei ${issuer}`,
    })[kind] ?? `${kind} ${subject}`,

    link: "In der PSA",
    hows: {
        "": "Noch wurde die PSA nicht gefragt. Das geschieht, wenn die Person beweist, wer sie " +
            "ist, oder mit ihrem ersten Ticket.",
        contact: "Ein Kontakt hat genau diese Adresse.",
        company: "Die Firma selbst hat genau diese Adresse, und kein Kontakt.",
        domain: "Die Firma zur Domain der Adresse, wie die Einstellungen sagen. Die Person sieht " +
            "nur, was sie hier gesagt hat.",
        staff: "Das Team hat gewählt.",
        several: "Mehrere können diese Person sein. Wählen Sie, wer es ist: Gefragt wird nur " +
            "einmal.",
        nobody: "Niemand dort hat diese Adresse.",
    },
    nobodyChosen: "Das Team hat gesagt: niemand dort.",
    checked: (when: string) => `Gefragt ${when}.`,
    choose: "Wählen, wer es ist",
    chooseOf: (name: string) => `Wählen, wer ${name} ist`,
    chooseMore: "Die Tickets gehen ab jetzt an diese Firma, und was wartet, wird erneut " +
        "versucht. Mit einem Kontakt sieht die Person auch dessen Tickets, sobald sie bewiesen " +
        "hat, wer sie ist.",
    companyLabel: "Firma",
    companyHint: "Suchen Sie nach dem Namen.",
    contactLabel: "Kontakt",
    contactNone: "Kein Kontakt: nur die Firma",
    contactsMore: "Es gibt mehr Kontakte, als sich zeigen lassen.",
    contact: (name: string, email: string) => (email === "" ? name : `${name}, ${email}`),
    chooseGo: "Das ist die Person",
    chosen: (company: string) => `Mit ${company} verknüpft.`,
    unlink: "Verknüpfung lösen",
    unlinkHeading: (name: string) => `Verknüpfung von ${name} lösen?`,
    unlinkMore: "Die Person sieht die Tickets dieses Kontakts nicht mehr, und neue gehen an den " +
        "Kunden für Unbekannte. Von selbst wird nicht wieder gefragt.",
    unlinked: "Verknüpfung gelöst.",
    again: "Die PSA noch einmal fragen",
    asked: "Die PSA wird noch einmal gefragt.",

    talks: "Unterhaltungen",
    noTalks: "Keine.",
    ticket: (number: string) => `#${number}`,
    noTicket: "kein Ticket",
    closed: "geschlossen",

    sessions: "Browser",
    sessionsMore: "Eine Person kann mehrere benutzen. Wer ein gemeinsames Postfach liest, gilt " +
        "als dieselbe Person.",
    noSessions: "Keine.",
    sessionProved: (via: string) => ({
        token: "durch die Website angemeldet",
        code: "durch einen Code per E-Mail angemeldet",
        oidc: "durch die eigene Firma angemeldet",
    })[via] ?? "angemeldet",
    sessionUnproved: "hat nichts bewiesen; sieht nur die eigene Unterhaltung",
    since: (when: string) => `seit ${when}`,
    until: (when: string) => `bis ${when}`,
    end: "Alle Sitzungen beenden",
    endHeading: (name: string) => `${name} überall abmelden?`,
    endMore: "In jedem Browser ist erneut zu beweisen, wer da ist, bevor die Tickets zu sehen " +
        "sind.",
    ended: "Alle Sitzungen sind beendet.",

    does: "Aktionen",
    block: "Sperren",
    blockHeading: (name: string) => `${name} sperren?`,
    blockMore: "Der Person wird sofort und freundlich gesagt, dass der Chat für sie geschlossen " +
        "ist. Ihre Tickets bleiben. Sie können die Sperre aufheben.",
    blockDone: (name: string) => `${name} ist gesperrt.`,
    unblock: "Sperre aufheben",
    unblockHeading: (name: string) => `Sperre von ${name} aufheben?`,
    unblockMore: "Die Person kann wieder chatten.",
    unblockDone: (name: string) => `${name} kann wieder chatten.`,
    promote: "Verantwortung für die Firma geben",
    promoteHeading: (name: string) => `${name} die Tickets der Firma zeigen?`,
    promoteMore: "Verantwortliche sehen alle Tickets der Firma, mit der sie verknüpft sind, " +
        "wessen sie auch sind. Schreiben können sie nur in den eigenen.",
    promoteDone: (name: string) => `${name} sieht jetzt die Tickets der Firma.`,
    demote: "Verantwortung für die Firma nehmen",
    demoteHeading: (name: string) => `${name} nur die eigenen Tickets zeigen?`,
    demoteMore: "Ab jetzt sind nur die eigenen Tickets zu sehen.",
    demoteDone: (name: string) => `${name} sieht jetzt nur die eigenen Tickets.`,
    file: "Daten herunterladen",
    erase: "Löschen",
    eraseHeading: (name: string) => `${name} löschen?`,
    eraseMore: "Name, E-Mail, Nachweise, Sitzungen und Verknüpfungen gehen für immer, und was " +
        "die Person schrieb, wird zu „(erased)“. Ihre Unterhaltungen bleiben mit Referenz und " +
        "Ticketnummer. Was in der PSA ist, bleibt dort: Löschen Sie es auch dort. Im Protokoll " +
        "bleibt, dass es geschehen ist.",
    eraseLabel: "Tippen Sie zur Bestätigung die E-Mail-Adresse der Person",
    eraseHint: (email: string) => `Sie lautet ${email}.`,
    eraseGo: "Für immer löschen",
    erased: "Die Person ist gelöscht.",
};

export const attention: Translated<typeof en.attention> = {
    intro: "Was nur entscheiden kann, wer Ihre Kunden kennt.",
    none: "Nichts ist zu klären",
    noneMore: "Neues erscheint hier von selbst.",
    more: "Es gibt mehr. Es erscheint, wenn dies erledigt ist.",
    several: "Mehrere können diese Person sein",
    gone: "Wen Sie gewählt haben, gibt es in der PSA nicht mehr",
    nobody: "Niemand in der PSA hat diese Adresse",
    nobodyMore: "Wählen Sie, wer es ist, oder lassen Sie es: Dann gehen neue Tickets an den " +
        "Kunden für Unbekannte, wenn einer eingestellt ist.",
    parked: "Das hat angehalten",
    stopped: (n: number) => `${plural(n, "Ticket wartet", "Tickets warten")} darauf.`,
    since: (time: string) => (time === "jetzt" ? "gerade eben" : `seit ${dative(time)}`),
    this: "Diese hier",
    thisOf: (name: string, company: string) => `Diese hier: ${name}, ${company}`,
    theCompany: "die Firma selbst",
    noneOf: "Keine davon: andere wählen",
    choose: "Wählen, wer es ist",
    leave: "So lassen",
    retry: "Erneut versuchen",
    show: "Unterhaltung zeigen",
    page: "Person zeigen",
    of: (action: string, name: string) => `${action}: ${name}`,
    done: (name: string) => `Erledigt: ${name}.`,
    count: (n: number) => `${plural(n, "Punkt ist", "Punkte sind")} zu klären.`,
};

export const domains: Translated<typeof en.domains> = {
    heading: "E-Mail-Domains",
    intro: "Personen, deren Adresse kein Kontakt hat, gehören zur Firma ihrer Domain. Dorthin " +
        "gehen ihre Tickets; sie sehen nur, was sie hier gesagt haben.",
    none: "Noch ist keine Domain zugeordnet.",
    domain: "Domain",
    domainHint: "Was nach dem @ steht, wie acme.com.",
    needDomain: "Geben Sie eine Domain an.",
    needCompany: "Wählen Sie die Firma.",
    company: "Firma",
    companyHint: "Suchen Sie nach dem Namen.",
    add: "Domain zuordnen",
    added: (domain: string) => `${domain} ist zugeordnet.`,
    remove: "Entfernen",
    removeOf: (domain: string) => `${domain} entfernen`,
    removeHeading: (domain: string) => `${domain} entfernen?`,
    removeMore: "Ihre Personen werden neu zugeordnet, wenn sie das nächste Mal kommen.",
    removed: (domain: string) => `${domain} ist entfernt.`,
};

import type * as en from "../ticket";
import type { Translated } from "../said";
import { dative, plural } from "./plural";

export const panel: Translated<typeof en.panel> = {
    fields: {
        status: "Status",
        priority: "Priorität",
        issueType: "Art des Problems",
        assignee: "Techniker",
        due: "Fällig",
    },
    unset: "Nicht gesetzt",
    clearDue: "Ohne Fälligkeit",
    nobody: "Niemand",
    unknown: (id: number) => `Benutzer ${id}`,
    listsMissing: "Die Listen des Kontos sind noch nicht geladen.",
    seenOnly: "Angeboten werden die, die an Tickets zu sehen waren: Der API-Schlüssel darf " +
        "vielleicht nicht alle auflisten.",
    sending: (value: string) => `Wird gesendet: ${value}`,
    pending: (from: string, to: string) => `${to} – wartet auf die PSA, dort steht noch ${from}`,
    failed: (text: string) => `Nicht geändert: ${text}`,

    conflict: {
        heading: "Inzwischen in der PSA geändert",
        intro: "Diese Änderung wurde nicht gesendet, denn in der PSA hat jemand dasselbe geändert.",
        was: "War",
        now: "Ist jetzt",
        mine: "Gewünscht",
        keep: "Trotzdem senden",
        leave: "So lassen, wie es ist",
        said: "Eine Änderung des Tickets wurde nicht gesendet: In der PSA hat jemand dasselbe " +
            "geändert.",
    },

    told: {
        heading: "Was der PSA gesagt wurde",
        loading: "Wird geladen…",
        empty: "Noch nichts.",
        since: (time: string) => `seit ${dative(time)}`,
        done: (time: string) => time,
        left: (time: string) => `aufgegeben ${time}`,
        attempts: (n: number) => plural(n, "Versuch", "Versuche"),
        range: (from: number, to: number) => (from === to ? `Nachricht ${from}`
            : `Nachrichten ${from}–${to}`),
        change: (field: string, value: string) => `${field}: ${value}`,
        older: (n: number) => `${plural(n, "älteren Eintrag", "ältere Einträge")} zeigen`,
        again: "Jetzt senden",
    },

    acts: {
        heading: "Anderes Ticket",
        attach: "An ein Ticket hängen…",
        detach: "Vom Ticket lösen…",
        make: "Jetzt ein Ticket anlegen",
        making: "Ein Ticket wird angelegt.",
        none: "Diese Unterhaltung hat kein Ticket.",
    },

    detach: {
        heading: (number: string) => `Von Ticket #${number} lösen`,
        intro: "Das Ticket bleibt in der PSA, wie es ist, und erfährt nicht, was ab jetzt gesagt " +
            "wird. Was noch abzulegen ist, kommt in das nächste Ticket. Die Person liest, dass " +
            "die Unterhaltung ohne es weitergeht.",
        label: "Und dann",
        next: "Die nächste Nachricht der Person beginnt ein neues Ticket",
        new: "Jetzt wird ein neues Ticket angelegt, mit dem zuletzt Gesagten der Person",
        none: "Kein Ticket, bis jemand eines verlangt",
        go: "Lösen",
        done: "Gelöst.",
    },

    attach: {
        heading: "An ein Ticket hängen",
        intro: "Was ab jetzt gesagt wird, kommt in jenes Ticket, und was darin schon gesagt " +
            "wurde, wird eingelesen: nur für das Team, außer die PSA sagt, dass es das Ticket " +
            "dieser Person ist.",
        label: "Nummer oder Wörter des Tickets",
        searching: "Es wird gesucht…",
        empty: "Nichts gefunden.",
        found: (n: number, more: boolean) => (more
            ? `${plural(n, "Ticket", "Tickets")}, und es gibt mehr; mehr Wörter finden weniger.`
            : `${plural(n, "Ticket", "Tickets")} gefunden.`),
        results: "Tickets",
        of: (company: string, contact: string) => (contact === "" ? company
            : `${company} · ${contact}`),
        go: "Anhängen",
        confirm: {
            other_person: "Die PSA sagt, dass dies das Ticket von jemand anderem in derselben " +
                "Firma ist.",
            other_company: "Die PSA sagt nicht, dass dieses Ticket zur Firma dieser Person gehört.",
        },
        confirmMore: "Wem das Ticket gehört, kann nach dem Beweis, wer da ist, diese ganze " +
            "Unterhaltung lesen, und diese Person liest, was ab jetzt darin gesagt wird. " +
            "Trotzdem anhängen?",
        confirmGo: "Trotzdem anhängen",
        done: (number: string) => `Die Unterhaltung gehört jetzt zu Ticket #${number}.`,
    },
};

import type * as en from "../notify";
import type { Translated } from "../said";

export const notify: Translated<typeof en.notify> = {
    heading: "Benachrichtigungen",
    intro: "Wovon Sie erfahren möchten und auf welchem Weg. Es gilt in jedem Browser, in dem Sie " +
        "sich anmelden.",

    permission: {
        default: "Dieser Browser kann Ihnen Benachrichtigungen zeigen, auch wenn Sie in einem " +
            "anderen Fenster arbeiten.",
        ask: "Benachrichtigungen erlauben",
        granted: "Dieser Browser zeigt Benachrichtigungen.",
        denied: "Dieser Browser blockiert Benachrichtigungen dieser Seite. Um sie zu erlauben, " +
            "klicken Sie auf das Zeichen neben der Adresse oben im Fenster, stellen " +
            "Benachrichtigungen auf Zulassen, und laden Sie die Seite neu.",
        unsupported: "Dieser Browser kann hier keine Benachrichtigungen zeigen. Ton und Titel " +
            "gehen.",
    },

    event: "Wenn",
    events: {
        assigned: "Mir gegeben",
        unassigned: "Wartet, und niemand hat sie",
        reply: "Antwort in einer von meinen",
        mention: "Ich werde erwähnt",
        escalation: "Niemand hat rechtzeitig geantwortet",
    },
    ways: { browser: "Browser", sound: "Ton", digest: "E-Mail" },
    wayLabel: (event: string, way: string) => `${event}: ${way}`,

    text: "Benachrichtigungen zeigen, was gesagt wurde",
    textHint: "Wer Ihren Bildschirm sieht, kann es mitlesen.",
    volume: "Lautstärke des Tons",
    test: "Ton probieren",

    zone: "Zeitzone",
    quiet: "Ruhezeiten",
    quietHint: "Keine Benachrichtigungen und kein Ton. Der Titel sagt weiterhin, wie viele warten.",
    from: "Ruhe von",
    to: "Ruhe bis",
    quietDays: "Den ganzen Tag Ruhe am",
    digest: "E-Mail mit dem, was wartet",
    digestHint: "Eine E-Mail zu diesen Zeiten, wenn dann etwas wartet, das Sie unter E-Mail " +
        "gewählt haben.",
    times: "Zeiten",
    timesHint: "Bis zu sechs, wie 08:00, 13:00. Leer: keine E-Mail.",
    digestDays: "Am",
    noMail: "Es ist kein Mailserver eingerichtet, deshalb gehen keine E-Mails hinaus. Ein " +
        "Administrator findet unter Einstellungen, E-Mail, wie es geht.",
    badTimes: "Schreiben Sie Zeiten wie 08:00, 13:00.",
    badQuiet: "Füllen Sie beide Zeiten aus, zwei verschiedene; oder keine.",
    days: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    save: "Speichern",
    saved: "Gespeichert.",

    tell: {
        assigned: (name: string) => `Ihnen gegeben: ${name}`,
        unassigned: (name: string) => `${name} wartet, und niemand hat die Unterhaltung`,
        reply: (name: string) => `${name} hat geantwortet`,
        mention: (name: string) => `${name} hat Sie erwähnt`,
        escalation: (name: string) => `Niemand hat ${name} geantwortet`,
    },
};

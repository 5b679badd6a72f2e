import type * as en from "../mail";
import type { Translated } from "../said";
import { dative, plural } from "./plural";

export const mail: Translated<typeof en.mail> = {
    heading: "E-Mail",
    intro: "E-Mails bestätigen, dass eine Adresse jemandem gehört, und sagen Personen Bescheid, " +
        "wenn sie Antworten nicht gelesen haben.",
    off: "Kein Mailserver ist eingestellt: Niemand kann eine Adresse durch einen Code " +
        "bestätigen, und Parley sagt niemandem Bescheid.",
    offMore: "Setzen Sie smtp_url, mail_from und url in den Einstellungen von Parley, und " +
        "starten Sie es neu.",
    ok: (url: string, from: string) => `E-Mails gehen über ${url} hinaus, von ${from}.`,
    never: "Noch wurde keine gesendet. Senden Sie einen Test.",
    sent: (when: string) => `Die letzte wurde ${when} angenommen.`,
    held: "Im Moment lässt sich nichts senden; es wird von selbst weiter versucht.",
    waiting: (n: number) => `${plural(n, "E-Mail wartet", "E-Mails warten")}.`,
    states: { off: "Nicht eingestellt", ok: "Läuft", held: "Gestört" },

    answers: "Wer Personen über Antworten schreibt",
    writers: [
        ["parley", "Parley, über Antworten von hier"],
        ["parley_all", "Parley, auch über Antworten in der PSA"],
        ["psa", "Die PSA"],
    ],
    writerMore: {
        parley: "Wer seine Adresse bestätigt hat, bekommt für mehrere ungelesene Antworten kurz " +
            "nacheinander eine E-Mail und kann diese E-Mails abbestellen. Der PSA wird gesagt, " +
            "nichts von hier Gesagtem zu verschicken. Was in der PSA geschrieben wird, " +
            "verschickt sie selbst, wie es dort jeder beim Schreiben wählt.",
        parley_all: "Wer seine Adresse bestätigt hat, bekommt für mehrere ungelesene Antworten " +
            "kurz nacheinander eine E-Mail, wo immer sie gegeben wurden, und kann diese E-Mails " +
            "abbestellen. Die PSA sagt nicht, ob sie verschickt hat, was dort geschrieben wird: " +
            "Schalten Sie ihre E-Mails über Kommentare aus, sonst kommen beide an.",
        psa: "Die PSA verschickt jede öffentliche Antwort an den Kontakt des Tickets, gelesen " +
            "oder nicht. Parley schreibt keine E-Mails über Antworten.",
    },
    nobody: "Ohne Mailserver schreibt niemand über Antworten von hier: Der PSA wird gesagt, es " +
        "nicht zu tun.",
    changed: "Gespeichert.",

    test: "Test-E-Mail an mich senden",
    testing: (to: string) => `Die Test-E-Mail an ${to} ist unterwegs…`,
    tested: (to: string) => `Der Mailserver hat die Test-E-Mail an ${to} angenommen.`,
    testFailed: (to: string, reason: string) => `Die Test-E-Mail an ${to} ging nicht: ${reason}`,

    parkedHeading: "Abgelehnte E-Mails",
    kinds: {
        code: "ein Code", answer: "Antworten", test: "ein Test",
        unanswered: "dass niemand geantwortet hat", transcript: "was gesagt wurde",
        digest: "was wartet",
    },
    line: (what: string, since: string) => `${what} · seit ${dative(since)}`,
    retry: "Erneut versuchen",
    discard: "Aufgeben",
    of: (action: string, to: string) => `${action}: ${to}`,
    retried: (to: string) => `Die E-Mail an ${to} wird erneut versucht.`,
    discarded: (to: string) => `Die E-Mail an ${to} ist aufgegeben.`,
    more: "Es gibt mehr; dies sind die neuesten.",
};

import type * as en from "../acts";
import type { Translated } from "../said";
import { plural } from "./plural";

export const acts: Translated<typeof en.acts> = {
    label: "Diese Unterhaltung",
    nobody: "Niemand hat sie",
    mine: "Sie haben sie",
    has: (name: string) => `${name} hat sie`,
    take: "Übernehmen",
    takeOver: "Selbst übernehmen",
    give: "Geben…",
    snooze: "Ruhen lassen…",
    wake: "Wecken",
    asleep: (until: string) => `Ruht bis ${until}`,
    close: "Schließen…",
    reopen: "Wieder öffnen",
    tags: "Schlagwörter…",
    tagged: "Schlagwörter",
    merge: "Zusammenlegen…",
    more: "Mehr",
    of: (n: number) => plural(n, "Unterhaltung", "Unterhaltungen"),

    assign: {
        heading: "Wer übernimmt?",
        nobody: "Niemand: zurück zu den offenen",
        me: (name: string) => `${name} (Sie)`,
        away: (name: string) => `${name}, abwesend`,
        gone: (name: string) => `${name}, nicht an der Konsole`,
        note: "Eine Notiz dazu",
        noteHint: "Nur das Team sieht sie. Sie kann leer bleiben.",
        moved: (who: string) =>
            `Inzwischen anders: ${who}. Drücken Sie noch einmal, um sie trotzdem zu geben.`,
        go: "Geben",
    },
    sleep: {
        heading: "Bis wann?",
        intro: "Bis dahin, oder bis die Person schreibt, zeigt nur „Alle offenen“ sie.",
        hour: (at: string) => `Eine Stunde, bis ${at}`,
        later: (at: string) => `Vier Stunden, bis ${at}`,
        tomorrow: (at: string) => `Bis morgen, ${at}`,
        monday: (at: string) => `Bis Montag, ${at}`,
        own: "Bis zu einer anderen Zeit",
        ownLabel: "Tag und Uhrzeit",
        past: "Wählen Sie eine Zeit, die noch kommt.",
        go: "Ruhen lassen",
    },
    end: {
        heading: "Schließen?",
        intro: "Die Person erfährt es. Schreibt sie wieder, ist die Unterhaltung wieder offen.",
        status: "Der Status des Tickets",
        usual: "Wie für gelöste Tickets eingestellt",
        leave: "So lassen, wie er ist",
        written: (name: string) => `${name} hat inzwischen geschrieben. Lesen Sie es erst, oder ` +
            "drücken Sie noch einmal, um trotzdem zu schließen.",
        go: "Schließen",
    },
    labels: {
        heading: "Schlagwörter",
        label: "Schlagwörter, mit Kommas dazwischen",
        hint: "Höchstens 10, jedes bis etwa 40 Zeichen lang. Leer: keine.",
        hintAll: "Jede Unterhaltung bekommt diese zu ihren eigenen dazu. Höchstens 10, jedes bis " +
            "etwa 40 Zeichen lang.",
        used: "Schon benutzt",
        many: "Höchstens 10 Schlagwörter.",
        long: "Ein Schlagwort ist zu lang.",
        go: "Sichern",
    },
};

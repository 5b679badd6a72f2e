import type { Translated } from "../said";
import type * as en from "../talk";
import { plural } from "./plural";

export const talk: Translated<typeof en.talk> = {
    looks: (names: string) => `Auch hier: ${names}`,
    writes: (name: string) => `${name} schreibt eine Antwort …`,
    writesNote: (name: string) => `${name} schreibt eine Notiz …`,
    read: (at: string) => `Gelesen ${at}`,
    newFrom: "Neu",
    unread: "Ungelesen",
    named: (by: string) => `${by} hat Sie in einer Notiz genannt.`,
    namesYou: "Nennt Sie",
    mentions: (n: number) => `In ${plural(n, "Notiz", "Notizen")} genannt`,
    whom: "Aus dem Team",
    notHere: "nicht an der Konsole",
    foundNames: (n: number) =>
        `${plural(n, "Name", "Namen")}: mit Pfeilen wählen, mit Enter nennen.`,
    merged: "Diese Unterhaltung geht in einer anderen weiter.",
    toMerged: "Dorthin",

    others: "Weitere Tickets der Person",
    othersNone: "Es gibt keine weiteren.",
    othersLoading: "Weitere werden gesucht…",
    closed: "geschlossen",

    join: {
        heading: "Mit welcher zusammenlegen?",
        intro: "Diese wird geschlossen und verweist auf die andere. Die Person schreibt dort " +
            "weiter, und was gesagt wurde, bleibt, wo es ist. Im Ticket steht, wo es weitergeht.",
        none: "Diese Person hat keine andere Unterhaltung.",
        go: "Zusammenlegen",
    },
};

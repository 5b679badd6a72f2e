import type * as en from "../statuses";
import type { Translated } from "../said";

export const statuses: Translated<typeof en.statuses> = {
    heading: "Tickets, wie Personen sie sehen",
    intro: "Personen erfahren in einfachen Worten, wie es um ihr Ticket steht, und können sagen, " +
        "dass es gelöst ist oder dass sie noch Hilfe brauchen.",
    none: "Die Status Ihres Kontos sind noch nicht bekannt. Sie kommen, sobald eine PSA " +
        "verbunden ist.",
    acts: {
        solved: "„Das ist gelöst“ setzt den Status",
        help: "„Ich brauche noch Hilfe“ setzt den Status",
    },
    auto: (sets: string | null) => sets === null
        ? "Nach dem Wortlaut: keiner passt, also wird es nicht angeboten"
        : `Nach dem Wortlaut: ${sets}`,
    off: "Keinen: Es wird nicht angeboten",
    wordsHeading: "Was jeder Status bedeutet",
    meanings: {
        new: "Wir haben es erhalten",
        working: "Wir arbeiten daran",
        waiting_you: "Wir brauchen etwas von Ihnen",
        waiting_us: "Ihre Antwort liegt bei uns",
        scheduled: "Es hat einen Termin",
        solved: "Gelöst",
    },
    byWords: (meaning: string) => `Nach dem Wortlaut: ${meaning}`,
    autoLater: "Nach dem Wortlaut",
    changed: "Gespeichert.",
};

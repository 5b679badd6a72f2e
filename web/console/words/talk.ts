// Texts around the words of a conversation: who looks, what was read, who was named, what becomes
// of two conversations.

import { plural } from "./plural";

export const talk = {
    looks: (names: string) => `Also here: ${names}`,
    writes: (name: string) => `${name} is writing a reply…`,
    writesNote: (name: string) => `${name} is writing a note…`,
    read: (at: string) => `Read ${at}`,
    newFrom: "New",
    unread: "Unread",
    named: (by: string) => `${by} named you in a note.`,
    namesYou: "Names you",
    mentions: (n: number) => `Named in ${plural(n, "note", "notes")}`,
    whom: "Colleagues",
    notHere: "not at the console",
    foundNames: (n: number) =>
        `${plural(n, "colleague", "colleagues")}: arrows to choose, Enter to name.`,
    merged: "This conversation goes on in another.",
    toMerged: "Go there",

    others: "Their other tickets",
    othersNone: "There are no others.",
    othersLoading: "Looking for others…",
    closed: "closed",

    join: {
        heading: "Merge into which one?",
        intro: "This one is closed and points to the other. The person goes on there, and what " +
            "was said stays where it is. Its ticket says where it goes on.",
        none: "This person has no other conversation.",
        go: "Merge",
    },
} as const;

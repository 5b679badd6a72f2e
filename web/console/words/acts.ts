// Texts about giving, letting sleep, closing and tagging conversations.

import { plural } from "./plural";

export const acts = {
    label: "This conversation",
    nobody: "Nobody has it",
    mine: "You have it",
    has: (name: string) => `${name} has it`,
    take: "Take it",
    takeOver: "Take it over",
    give: "Give…",
    snooze: "Snooze…",
    wake: "Wake",
    asleep: (until: string) => `Asleep until ${until}`,
    close: "Close…",
    reopen: "Reopen",
    tags: "Tags…",
    tagged: "Tags",
    merge: "Merge…",
    more: "More",
    of: (n: number) => plural(n, "conversation", "conversations"),

    assign: {
        heading: "Who takes it?",
        nobody: "Nobody: back to the unassigned",
        me: (name: string) => `${name} (you)`,
        away: (name: string) => `${name}, away`,
        gone: (name: string) => `${name}, not at the console`,
        note: "A note to them",
        noteHint: "Only staff see it. It may stay empty.",
        moved: (who: string) => `Changed meanwhile: ${who}. Press again to give it all the same.`,
        go: "Give",
    },
    sleep: {
        heading: "Until when?",
        intro: "Only All open shows it until then, or until the person writes.",
        hour: (at: string) => `For an hour, until ${at}`,
        later: (at: string) => `For four hours, until ${at}`,
        tomorrow: (at: string) => `Until tomorrow, ${at}`,
        monday: (at: string) => `Until Monday, ${at}`,
        own: "Until another time",
        ownLabel: "Day and time",
        past: "Choose a time that is still to come.",
        go: "Let it sleep",
    },
    end: {
        heading: "Close it?",
        intro: "The person is told. A message from them opens it again.",
        status: "The ticket's status",
        usual: "As set for solved tickets",
        leave: "Leave it as it is",
        written: (name: string) =>
            `${name} has written meanwhile. Read it first, or press again to close all the same.`,
        go: "Close",
    },
    labels: {
        heading: "Tags",
        label: "Tags, with commas between",
        hint: "At most 10, each up to about 40 letters. Empty: none.",
        hintAll: "Each conversation gets these beside its own. At most 10, each up to about 40 " +
            "letters.",
        used: "In use",
        many: "At most 10 tags.",
        long: "A tag is too long.",
        go: "Save",
    },
} as const;

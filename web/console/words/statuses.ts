// Texts of the card about what statuses mean to people.

export const statuses = {
    heading: "Tickets, as people see them",
    intro: "People are told in plain words how their ticket stands, and can say that it is " +
        "solved or that they still need help.",
    none: "The statuses of your account are not known yet. They come as soon as a PSA is " +
        "connected.",
    acts: {
        solved: "“This is solved” sets the status",
        help: "“I still need help” sets the status",
    },
    auto: (sets: string | null) =>
        sets === null ? "By its words: none fits, so it is not offered" : `By its words: ${sets}`,
    off: "None: it is not offered",
    wordsHeading: "What each status means",
    meanings: {
        new: "We have it",
        working: "We are working on it",
        waiting_you: "We need something from you",
        waiting_us: "Your answer is with us",
        scheduled: "It has its time",
        solved: "Solved",
    },
    byWords: (meaning: string) => `By its words: ${meaning}`,
    autoLater: "By its words",
    changed: "Saved.",
} as const;

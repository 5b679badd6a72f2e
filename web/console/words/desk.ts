// Texts about what staff do with a conversation.

export const desk = {
    told: {
        assign: (name: string, to: string) => (name === to ? `${name} took it`
            : `${name} gave it to ${to}`),
        assignByItself: (to: string) => `Given to ${to}`,
        unassign: (name: string) => `${name} gave it back: nobody has it`,
        unassignByItself: "Given back: nobody has it",
        snooze: (name: string, until: string) => `${name} let it sleep until ${until}`,
        wake: (name: string) => `${name} woke it`,
        wakeByItself: "Awake again",
        tags: (name: string, tags: string) => `${name} tagged it ${tags}`,
        noTags: (name: string) => `${name} removed its tags`,
    },
} as const;

// Texts of keys for programs.

export const apiKeys = {
    heading: "API keys",
    intro: "With a key another program reads conversations and acts in them. What it can ask " +
        "stands in docs/rest-api.md.",
    none: "No key yet.",
    add: "Make a key",
    name: "Name",
    nameHint: "Of the program. People and staff read it where the program says something.",
    needName: "Give the program a name.",
    rights: "What it may do",
    needRights: "Choose at least one.",
    names: [
        ["read", "Read conversations, with internal notes"],
        ["write", "Reply, write notes, assign, tag, close and open again"],
        ["people", "Read who the people are"],
    ] as readonly (readonly [string, string])[],
    ends: (hint: string) => `…${hint}`,
    made: (when: string, who: string) => `made ${when} by ${who}`,
    used: (when: string) => `last used ${when}`,
    never: "never used",
    revoked: (when: string) => `revoked ${when}`,
    revoke: "Revoke",
    revokeOf: (name: string) => `Revoke the key of ${name}`,
    revokeHeading: (name: string) => `Revoke the key of ${name}?`,
    revokeMore: "The program can do nothing with it from now on, and it never comes back.",
    revokedNow: "Revoked.",
    keyHeading: "The key",
    keyMore: "It is shown this once. Put it where the program keeps its secrets: whoever has it " +
        "can do what it may.",
    key: "Key",
    copyKey: "Copy the key",
} as const;

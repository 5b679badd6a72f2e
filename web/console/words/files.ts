// Texts about files.

export const files = {
    heading: "Files",
    attach: "Attach files",
    remove: (name: string) => `Remove ${name}`,
    open: (name: string, size: string) => `Open ${name}, ${size}`,
    uploading: (name: string) => `Uploading ${name}`,
    percent: (n: number) => `${n} %`,
    waits: "Waiting for the connection",
    leaving: "Goes as soon as the files are here. Write on, and it waits for you.",
    tooMany: (n: number) => `At most ${n} files fit in one message.`,
    refused: "The marked file cannot be sent. Remove it, then the rest can go.",
    troubles: {
        too_large: "Too large",
        bad_type: "Files of this kind are not taken here",
        empty: "This file is empty",
        full: "There is no room for it",
        failed: "This cannot be sent",
    },

    settings: "Files",
    intro: "What people and staff may send. Files lie on this server, in its data folder.",
    maxMib: "Largest file, in MB",
    count: "Files in one message (0: none are taken)",
    conversationMib: "All files of one conversation, in MB",
    diskMib: "All files together, in MB",
    types: "What is taken",
    kinds: [
        ["image", "Pictures"],
        ["pdf", "PDF"],
        ["text", "Texts, tables and logs"],
        ["office", "Office documents"],
        ["archive", "Archives, such as ZIP"],
        ["media", "Sound and film"],
        ["other", "Everything else"],
        ["program", "Programs and scripts (dangerous)"],
    ] as const,
    isPublic: "The PSA is offered each file by an address that is good for an hour.",
    isNotPublic: "The PSA gets no files: its tickets say that a file waits in Parley. With " +
        "files_public in Parley's settings it fetches them from here.",
    save: "Save",
    saved: "Saved.",
} as const;

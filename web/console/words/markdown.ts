// Texts about Markdown in the box in which staff write.

export const markdown = {
    help: "Markdown",
    preview: "Preview",
    previewed: "How it will look",
    nothing: "Nothing is written yet.",
    /** What is typed, and what it becomes; pairs. */
    ways: [
        ["**bold**", "bold (Ctrl+B)"],
        ["*italic*", "italic (Ctrl+I)"],
        ["`code`", "code"],
        ["```", "lines of code, until the next such line"],
        ["- one", "a list; 1. one with numbers"],
        ["[text](https://…)", "a link"],
    ],
    more: "The rest is shown as it is typed. In the PSA all of it stays as it is typed.",
} as const;

// Texts about links to a conversation and to a message.

export const links = {
    copy: "Copy link",
    conversation: "Copy link to this conversation",
    message: "Copy link to this message",
    notCopied: "The browser does not allow it.",
} as const;

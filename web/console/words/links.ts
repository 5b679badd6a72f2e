// Texts about links to a conversation and to a message.

export const links = {
    copy: "Copy link",
    conversation: "Copy link to this conversation",
    message: "Copy link to this message",
    messageMore: "Copy link to this message (arrow keys: to the others)",
    notCopied: "The browser does not allow it.",
} as const;

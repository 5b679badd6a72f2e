// Texts about what comes after a conversation.

const names = ["very bad", "bad", "so-so", "good", "very good"];

export const after = {
    heading: "Afterwards",
    rating: "Rating",
    score: (n: number) => `${n} of 5: ${names[n - 1] ?? ""}`,
    none: "Not rated",
    comment: (text: string) => `“${text}”`,
    rated: (name: string, n: number) => `${name} rated this ${n} of 5: ${names[n - 1] ?? ""}`,
    person: "The person",
    send: "Email what was said",
    sendHint: (email: string) => `To ${email}, without notes and without what was hidden.`,
    sent: (name: string) => `${name} had what was said sent to the person by email`,
    sentByPerson: (name: string) => `${name} had what was said sent by email`,
    unproved: "What was said can be emailed once the person has proved their address.",
    noMail: "This server sends no email: an administrator sets that up.",
    going: "It is on its way.",
} as const;

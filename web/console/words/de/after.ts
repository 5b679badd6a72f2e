// Was nach einer Unterhaltung kommt.

import type * as english from "../after";
import type { Translated } from "../said";

const names = ["sehr schlecht", "schlecht", "mäßig", "gut", "sehr gut"];

export const after: Translated<typeof english.after> = {
    heading: "Danach",
    rating: "Bewertung",
    score: (n) => `${n} von 5: ${names[n - 1] ?? ""}`,
    none: "Nicht bewertet",
    comment: (text) => `„${text}“`,
    rated: (name, n) => `${name} hat das mit ${n} von 5 bewertet: ${names[n - 1] ?? ""}`,
    person: "Die Person",
    send: "Das Gesagte mailen",
    sendHint: (email) => `An ${email}, ohne Notizen und ohne Verborgenes.`,
    sent: (name) => `${name} hat der Person das Gesagte als E-Mail schicken lassen`,
    sentByPerson: (name) => `${name} hat sich das Gesagte als E-Mail schicken lassen`,
    unproved: "Das Gesagte lässt sich mailen, sobald die Person ihre Adresse nachgewiesen hat.",
    noMail: "Dieser Server sendet keine E-Mails: Ein Administrator richtet das ein.",
    going: "Es ist unterwegs.",
};

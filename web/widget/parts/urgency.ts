// The account's priorities in the words of people: "1 High" is high. Words that are not known stay
// as the account has them.

import { strings } from "../strings";

export function urgencyText(priority: string): string {
    const plain = priority.replace(/^\s*\d+\s*[-.:]?\s*/, "").trim() || priority;
    return strings.urgencies[plain.toLowerCase()] ?? plain;
}

// What staff do with conversations, beside talking in them: the values that they choose among.

import type { Summary } from "./protocol";

/** A dialog that asks how: for these conversations. */
export interface Ask {
    kind: "assign" | "snooze" | "close" | "tags" | "merge";
    ids: readonly string[];
}

export const TAGS_MAX = 10;
export const TAG_BYTES_MAX = 40;

const HOUR = 3_600_000;
const MORNING = 8;

export type SnoozeName = "hour" | "later" | "tomorrow" | "monday";

/** The usual times to wake, by the local clock. */
export function snoozeTimes(now: number): readonly (readonly [SnoozeName, number])[] {
    const morning = (days: number) => {
        const d = new Date(now);
        d.setDate(d.getDate() + days);
        d.setHours(MORNING, 0, 0, 0);
        return d.getTime();
    };
    const day = new Date(now).getDay();
    const toMonday = (8 - day) % 7 || 7;
    const all: [SnoozeName, number][] = [["hour", now + HOUR], ["later", now + 4 * HOUR],
        ["tomorrow", morning(1)], ["monday", morning(toMonday)]];
    return all.filter(([, at], i) => all.findIndex(([, other]) => other === at) === i);
}

/** The local time that an input of day and time has; null: none. */
export function timeOfInput(text: string): number | null {
    const at = text === "" ? NaN : new Date(text).getTime();
    return Number.isNaN(at) ? null : at;
}

/** The tags in a text with commas between them, each once, whatever its capital letters. */
export function tagsOf(text: string): string[] {
    const seen = new Set<string>();
    return text.split(",").map((one) => one.trim().replace(/\s+/g, " ")).filter((one) => {
        const key = one.toLowerCase();
        if (one === "" || seen.has(key)) return false;
        seen.add(key);
        return true;
    });
}

/** What is wrong with them. */
export function tagsTrouble(tags: readonly string[]): "many" | "long" | null {
    if (tags.length > TAGS_MAX) return "many";
    const encoder = new TextEncoder();
    return tags.some((one) => encoder.encode(one).length > TAG_BYTES_MAX) ? "long" : null;
}

/** The tags that are in use, most used first. */
export function tagsInUse(all: readonly Summary[]): string[] {
    const count = new Map<string, number>();
    for (const one of all) for (const tag of one.tags) count.set(tag, (count.get(tag) ?? 0) + 1);
    return [...count].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([tag]) => tag);
}

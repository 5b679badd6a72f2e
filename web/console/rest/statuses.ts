// What the account's statuses mean to people, and which of them people set.

import { bag, list, text } from "../shape";
import { get, post } from "./call";

export const MEANINGS = [
    "new", "working", "waiting_you", "waiting_us", "scheduled", "solved",
] as const;
export type Meaning = (typeof MEANINGS)[number];

export const meaningOf = (value: unknown): Meaning =>
    MEANINGS.find((one) => one === value) ?? "working";

export interface Status {
    status: string;
    word: Meaning;
    /** What its words say. */
    byWords: Meaning;
    /** An administrator says so. */
    chosen: boolean;
}

/** chosen: a status, "" for not offered, null for nothing chosen. sets: what it sets now. */
export interface ActSetting {
    chosen: string | null;
    sets: string | null;
}

export interface Statuses {
    statuses: Status[];
    solved: ActSetting;
    help: ActSetting;
}

// "" is an answer here.
const orNull = (value: unknown): string | null => typeof value === "string" ? value : null;

function act(value: unknown): ActSetting {
    const b = bag(value);
    return { chosen: orNull(b.chosen), sets: orNull(b.sets) };
}

function statuses(value: unknown): Statuses {
    const b = bag(value);
    return {
        statuses: list(b.statuses).map((one) => {
            const s = bag(one);
            return {
                status: text(s.status), word: meaningOf(s.word),
                byWords: meaningOf(s.default), chosen: s.chosen === true,
            };
        }),
        solved: act(b.solved), help: act(b.help),
    };
}

export const readStatuses = () => get("/v1/statuses", statuses);

export const setStatuses = (now: Statuses) => post("/v1/statuses", {
    solved: now.solved.chosen,
    help: now.help.chosen,
    words: now.statuses.filter((one) => one.chosen)
        .map(({ status, word }) => ({ status, word })),
}, statuses);

// How soon an answer is due, as an administrator said, and how near that is.

import type { Summary } from "./protocol";
import { bag, list, text, whole } from "./shape";

/** Minutes; 0: none. */
export interface Target {
    first: number;
    next: number;
}

export interface Targets extends Target {
    priorities: ReadonlyMap<string, Target>;
}

export type Lateness = "no" | "soon" | "over";

export const NO_TARGETS: Targets = { first: 0, next: 0, priorities: new Map() };
export const TARGET_MAX = 43_200;

const MINUTE = 60_000;
/** So much of the time has gone by when it is soon. */
const SOON = 0.75;

const target = (value: unknown): Target =>
    ({ first: whole(bag(value).first_minutes), next: whole(bag(value).next_minutes) });

export function readTargets(value: unknown): Targets {
    return {
        ...target(value),
        priorities: new Map(list(bag(value).priorities)
            .map((one) => [text(bag(one).priority), target(one)])),
    };
}

function minutesOf(one: Summary, targets: Targets): number {
    const key = one.answeredAt === null ? "first" : "next";
    return targets.priorities.get(one.ticket.priority)?.[key] || targets[key];
}

/** When it has to be answered (ms since 1970); 0: no target, or nobody waits. */
export function dueAt(one: Summary, targets: Targets): number {
    if (one.waitingSince === null || one.snoozedUntil !== null || !one.open) return 0;
    const minutes = minutesOf(one, targets);
    return minutes === 0 ? 0 : one.waitingSince + minutes * MINUTE;
}

export function lateness(one: Summary, targets: Targets, now: number): Lateness {
    const due = dueAt(one, targets);
    if (due === 0 || one.waitingSince === null) return "no";
    if (now >= due) return "over";
    return now >= one.waitingSince + (due - one.waitingSince) * SOON ? "soon" : "no";
}

// When somebody is there, who gets what, and whether one is away.

import { bag, list, text, whole, words } from "../shape";
import { get, nothing, post } from "./call";

export interface Span {
    from: string;
    to: string;
}

export interface Hours {
    /** "": always open. */
    zone: string;
    /** From Monday. */
    days: Span[][];
    holidays: { date: string; name: string }[];
    message: string;
}

export interface Rule {
    staff: string;
    skills: string[];
    /** null: as for all. */
    limit: number | null;
    takes: boolean;
}

export interface Routing {
    mode: string;
    limit: number;
    back_minutes: number;
    unanswered_minutes: number;
    escalate_to: string[];
    promise: boolean;
    members: Rule[];
}

/** What holds now beside the value. */
export interface Held<T> {
    value: T;
    open: boolean;
    /** 0: open, or not known. */
    opensAt: number;
    /** 0: not known. */
    answerMs: number;
}

function held<T>(value: unknown, decode: (value: unknown) => T): Held<T> {
    const b = bag(value);
    return {
        value: decode(b.value), open: b.open === true, opensAt: whole(b.opens_at),
        answerMs: whole(b.answer_ms),
    };
}

function hours(value: unknown): Hours {
    const b = bag(value);
    const days = list(b.days).map((day) => list(day).map((one) => ({
        from: text(bag(one).from), to: text(bag(one).to),
    })));
    return {
        zone: text(b.zone),
        days: Array.from({ length: 7 }, (_, i) => days[i] ?? []),
        holidays: list(b.holidays).map((one) => ({
            date: text(bag(one).date), name: text(bag(one).name),
        })),
        message: text(b.message),
    };
}

function rule(value: unknown): Rule {
    const b = bag(value);
    return {
        staff: text(b.staff), skills: words(b.skills),
        limit: typeof b.limit === "number" ? b.limit : null, takes: b.takes !== false,
    };
}

function routing(value: unknown): Routing {
    const b = bag(value);
    return {
        mode: text(b.mode), limit: whole(b.limit), back_minutes: whole(b.back_minutes),
        unanswered_minutes: whole(b.unanswered_minutes), escalate_to: words(b.escalate_to),
        promise: b.promise !== false, members: list(b.members).map(rule),
    };
}

export const readHours = () => get("/v1/settings/hours", (value) => held(value, hours));
export const readRouting = () => get("/v1/settings/routing", (value) => held(value, routing));

export const setHours = (value: Hours) =>
    post("/v1/settings/hours", { value: value.zone === "" ? {} : value }, nothing);
export const setRouting = (value: Routing) => post("/v1/settings/routing", { value }, nothing);

export const setAway = (away: boolean) =>
    post("/v1/me/settings/routing", { value: { away } }, nothing);

// Times as people read them.

import { locale } from "../widget/language";
import { strings } from "./strings";

const MINUTE = 60_000;

/** How long since `since`: "now", "4 min", "2 h 5 min", "3 days". */
export function duration(since: number, now: number): string {
    const minutes = Math.max(0, Math.floor((now - since) / MINUTE));
    if (minutes < 1) return strings.time.now;
    if (minutes < 60) return strings.time.minutes(minutes);
    if (minutes < 24 * 60) return strings.time.hours(Math.floor(minutes / 60), minutes % 60);
    return strings.time.days(Math.floor(minutes / (24 * 60)));
}

const forms = new Map<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>();
let formsOf = "";

/** In the language that is spoken. `form` is always the same object for the same form. */
export function written(form: Intl.DateTimeFormatOptions, at: number): string {
    if (formsOf !== locale) forms.clear();
    formsOf = locale;
    let made = forms.get(form);
    if (made === undefined) forms.set(form, made = new Intl.DateTimeFormat(locale, form));
    return made.format(at);
}

const CLOCK = { hour: "2-digit", minute: "2-digit" } as const;
const DAY = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
const SHORT = { day: "numeric", month: "short" } as const;
const MOMENT = {
    year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit",
    second: "2-digit",
} as const;

export function clock(at: number): string {
    return written(CLOCK, at);
}

/** A key that is the same for all moments of one local day. */
export function dayKey(at: number): string {
    const d = new Date(at);
    return `${d.getFullYear()}-${d.getMonth()}-${d.getDate()}`;
}

export function dayName(at: number, now: number): string {
    if (dayKey(at) === dayKey(now)) return strings.thread.today;
    const before = new Date(now);
    before.setDate(before.getDate() - 1);
    if (dayKey(at) === dayKey(before.getTime())) return strings.thread.yesterday;
    return written(DAY, at);
}

export function dayShort(at: number): string {
    return written(SHORT, at);
}

export function iso(at: number): string {
    return new Date(at).toISOString();
}

/** The time, and the day where that is another. */
export function timeOf(at: number, now: number): string {
    return dayKey(at) === dayKey(now) ? clock(at) : `${dayShort(at)}, ${clock(at)}`;
}

/** Date and time of day. */
export function moment(at: number): string {
    return written(MOMENT, at);
}

const FULL = { weekday: "short", day: "numeric", month: "short", year: "numeric" } as const;

/** A day, with its year. */
export function dayFull(at: number): string {
    return written(FULL, at);
}

/** The local day as an input of dates has it. */
export function dayInput(at: number): string {
    const d = new Date(at);
    const two = (n: number) => String(n).padStart(2, "0");
    return `${String(d.getFullYear()).padStart(4, "0")}-${two(d.getMonth() + 1)}-${
        two(d.getDate())}`;
}

/** Noon, UTC, of the day that an input of dates has: the same day nearly everywhere. */
export function noonOf(day: string): number | null {
    const at = Date.parse(`${day}T12:00:00Z`);
    return Number.isNaN(at) || at <= 0 ? null : at;
}

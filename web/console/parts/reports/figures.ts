// Figures as people read them.

import { locale } from "../../../widget/language";
import type { Figures, Times } from "../../rest/reports";
import { strings } from "../../strings";
import { duration, written } from "../../time";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = { day: "numeric", month: "short", year: "numeric" } as const;
const SHORT_DAY = { day: "numeric", month: "short" } as const;
const WEEKDAY = { weekday: "long" } as const;
const SHORT_WEEKDAY = { weekday: "short" } as const;

export const number = (n: number): string => new Intl.NumberFormat(locale).format(n);

/** How long something took; a dash where there is nothing. */
export function took(ms: number | null): string {
    if (ms === null) return strings.reports.noFigure;
    if (ms < MINUTE) return strings.reports.seconds(Math.round(ms / SECOND));
    return duration(0, ms);
}

export function both(times: Times): string {
    const words = strings.reports;
    return times.count === 0 ? words.noFigure : words.halfAnd(took(times.median), took(times.p90));
}

export function mean(of: Figures): string {
    if (of.rating === null) return strings.reports.noFigure;
    const form = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
    return new Intl.NumberFormat(locale, form).format(of.rating);
}

export function rating(of: Figures): string {
    return of.rated === 0 ? strings.reports.noFigure
        : strings.reports.ratingOf(mean(of), number(of.rated));
}

/** Noon here of a day like 2026-11-25. */
function noonHere(day: string): number {
    const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
    return new Date(year, month - 1, date, 12).getTime();
}

export const dayText = (day: string): string => written(DAY, noonHere(day));
export const dayShort = (day: string): string => written(SHORT_DAY, noonHere(day));

/** From 0 for Monday. */
const someMonday = (weekday: number): number => new Date(2024, 0, 1 + weekday, 12).getTime();

export const weekdayText = (weekday: number): string => written(WEEKDAY, someMonday(weekday));
export const weekdayShort = (weekday: number): string =>
    written(SHORT_WEEKDAY, someMonday(weekday));
export const hourText = (hour: number): string => `${hour}:00`;

// What was done in a period, as the server counted it.

import { bag, list, text, whole } from "../shape";
import { get, query } from "./call";

/** Times are null where there is none. */
export interface Times {
    count: number;
    median: number | null;
    p90: number | null;
}

export interface Figures {
    conversations: number;
    takenOver: number;
    answer: Times;
    resolution: Times;
    rated: number;
    rating: number | null;
}

export interface Row extends Figures {
    /** "": nobody, or none; null: the others that have no row. */
    name: string | null;
    others: number;
}

export interface Report {
    from: string;
    to: string;
    zone: string;
    all: Figures;
    staff: Row[];
    companies: Row[];
    days: (Figures & { day: string })[];
    /** Of the week, from Monday 0:00: 168. */
    hours: Figures[];
}

/** So many days up to today, or two days like 2026-11-25. */
export type Period = { days: string } | { from: string; to: string };

const orNull = (value: unknown): number | null => (typeof value === "number" ? value : null);

function figures(value: unknown): Figures {
    const b = bag(value);
    return {
        conversations: whole(b.conversations), takenOver: whole(b.taken_over),
        answer: { count: whole(b.answered), median: orNull(b.answer_median_ms),
            p90: orNull(b.answer_p90_ms) },
        resolution: { count: whole(b.closed), median: orNull(b.resolution_median_ms),
            p90: orNull(b.resolution_p90_ms) },
        rated: whole(b.rated), rating: orNull(b.rating),
    };
}

function row(value: unknown): Row {
    const b = bag(value);
    return { ...figures(value), name: b.name === null ? null : text(b.name),
        others: whole(b.others) };
}

/** Where the house has no time zone of its own, days are those of the browser. */
const asked = (period: Period): Record<string, string> =>
    ({ ...period, zone: Intl.DateTimeFormat().resolvedOptions().timeZone });

export const readReport = (period: Period) =>
    get(`/v1/reports${query(asked(period))}`, (value): Report => {
        const b = bag(value);
        return {
            from: text(b.from), to: text(b.to), zone: text(b.zone), all: figures(b.all),
            staff: list(b.staff).map(row), companies: list(b.companies).map(row),
            days: list(b.days).map((one) => ({ ...figures(one), day: text(bag(one).day) })),
            hours: list(b.hours).map(figures),
        };
    });

export type Table = "staff" | "companies" | "days" | "hours";

export const reportCsv = (period: Period, table: Table) =>
    `/v1/reports.csv${query({ table, ...asked(period) })}`;

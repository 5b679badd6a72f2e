// Which conversations the inbox shows: views, filters and the rules on them. Values in, values out.

import type { Summary } from "./protocol";
import { bag, list, text } from "./shape";

export const VIEWS = ["unassigned", "mine", "open", "waiting", "closed"] as const;
export type ViewName = (typeof VIEWS)[number];

/** "": anything will do. */
export interface Filter {
    company: string;
    tag: string;
    priority: string;
    /** An id, or "nobody". */
    staff: string;
}

export interface View extends Filter {
    view: ViewName;
}

/** A view with a name. */
export interface SavedView extends View {
    name: string;
}

/** Bytes of its name; and how many there can be of each kind. */
export const VIEW_NAME_MAX = 60;
export const SAVED_MAX = 20;
export const FILTERS = ["company", "tag", "priority", "staff"] as const;

export const NO_FILTER: Filter = { company: "", tag: "", priority: "", staff: "" };
export const FIRST_VIEW: View = { view: "open", ...NO_FILTER };

/** One that was kept as JSON; what is missing is "". */
export function readView(value: unknown): View {
    const b = bag(value);
    return {
        view: VIEWS.find((name) => name === b.view) ?? FIRST_VIEW.view, company: text(b.company),
        tag: text(b.tag), priority: text(b.priority), staff: text(b.staff),
    };
}

export const readSaved = (value: unknown): SavedView[] => list(value)
    .map((one) => ({ name: text(bag(one).name), ...readView(one) }))
    .filter((one) => one.name !== "").slice(0, SAVED_MAX);

export const filtersOf = (view: View): number =>
    FILTERS.filter((key) => view[key] !== "").length;

export const sameView = (a: View, b: View): boolean =>
    a.view === b.view && FILTERS.every((key) => a[key] === b[key]);

export function passes(one: Summary, filter: Filter): boolean {
    const { company, tag, priority, staff } = filter;
    if (company !== "" && one.company !== company) return false;
    if (priority !== "" && one.ticket.priority !== priority) return false;
    if (staff !== "" && (one.staff?.id ?? "nobody") !== staff) return false;
    return tag === "" || one.tags.some((own) => own.toLowerCase() === tag.toLowerCase());
}

function belongs(one: Summary, view: ViewName, me: string): boolean {
    switch (view) {
        case "unassigned":
            return one.open && one.staff === null && one.snoozedUntil === null;
        case "mine":
            return one.open && one.staff?.id === me && one.snoozedUntil === null;
        case "open":
            return true; // what was closed while it is looked at stays
        case "waiting":
            return one.open && one.waitingSince !== null && one.snoozedUntil === null;
        case "closed":
            return !one.open;
    }
}

/** The rows of a view of what is open, in the order of the inbox. */
export function rowsOf(inbox: readonly Summary[], view: View, me: string): Summary[] {
    return inbox.filter((one) => belongs(one, view.view, me) && passes(one, view));
}

export type Counts = Record<ViewName, number>;

/** How many of the open ones each view has with this filter. */
export function countsOf(inbox: readonly Summary[], filter: Filter, me: string): Counts {
    const counts: Counts = { unassigned: 0, mine: 0, open: 0, waiting: 0, closed: 0 };
    for (const one of inbox) {
        if (!one.open || !passes(one, filter)) continue;
        for (const name of VIEWS) if (belongs(one, name, me)) counts[name]++;
    }
    return counts;
}

export interface Values {
    company: string[];
    tag: string[];
    priority: string[];
}

const sorted = (all: Iterable<string>) =>
    [...new Set(all)].filter((one) => one !== "").sort((a, b) => a.localeCompare(b));

/** What there is to filter by. */
export function valuesOf(all: readonly Summary[], priorities: readonly string[]): Values {
    const others = all.map((one) => one.ticket.priority).filter((one) => !priorities.includes(one));
    return {
        company: sorted(all.map((one) => one.company)),
        tag: sorted(all.flatMap((one) => one.tags)),
        priority: [...priorities, ...sorted(others)],
    };
}

/** Those closed, the last first, with this one in its place or gone from it. */
export function putClosed(rows: readonly Summary[], one: Summary, view: View): Summary[] {
    const others = rows.filter((s) => s.id !== one.id);
    if (one.open || !passes(one, view)) return others;
    return [...others, one].sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0));
}

// What the inbox asks for beside the socket: targets, views, closed conversations, words in all
// messages.

import { summary } from "../decode";
import type { Summary } from "../protocol";
import { bag, list, text, whole } from "../shape";
import { readTargets } from "../targets";
import type { Targets } from "../targets";
import { FIRST_VIEW, readSaved, readView } from "../views";
import type { SavedView, View } from "../views";
import { get, nothing, post, query } from "./call";

const value = (answer: unknown) => bag(answer).value;

export const askTargets = () =>
    get("/v1/settings/targets", (answer) => readTargets(value(answer)));

export const setTargets = (targets: Targets) => post("/v1/settings/targets", { value: {
    first_minutes: targets.first, next_minutes: targets.next,
    priorities: [...targets.priorities].map(([priority, one]) =>
        ({ priority, first_minutes: one.first, next_minutes: one.next })),
} }, nothing);

export const askShared = () =>
    get("/v1/settings/views", (answer) => readSaved(bag(value(answer)).views));

export const setShared = (views: readonly SavedView[]) =>
    post("/v1/settings/views", { value: { views } }, nothing);

/** What one keeps for oneself: views, and the one that was looked at last. */
export interface Own {
    views: SavedView[];
    last: View;
}

export const askOwn = () => get("/v1/me/settings/views", (answer): Own => {
    const own = bag(value(answer));
    return {
        views: readSaved(own.views), last: own.last === undefined ? FIRST_VIEW : readView(own.last),
    };
});

export const setOwn = (own: Own) => post("/v1/me/settings/views", { value: own }, nothing);

export interface ClosedPage {
    rows: Summary[];
    more: boolean;
}

export const askClosed = ({ company, tag, priority, staff }: View, after: string) =>
    get(`/v1/conversations${query({ state: "closed", company, tag, priority, staff, after })}`,
        (answer): ClosedPage => ({
            rows: list(bag(answer).conversations).map(summary), more: bag(answer).more === true,
        }));

/** A message, or with seq 0 the conversation whose number was asked for. */
export interface Found {
    conversation: string;
    reference: string;
    subject: string;
    person: string;
    company: string;
    number: string;
    open: boolean;
    seq: number;
    at: number;
    from: string;
    name: string;
    /** In turn others' words and those asked for. */
    parts: string[];
}

export interface FoundPage {
    found: Found[];
    /** What the next page is asked with; 0: there is none. */
    before: number;
    /** false: the index is far behind. */
    complete: boolean;
}

function found(one: unknown): Found {
    const b = bag(one);
    return {
        conversation: text(b.conversation), reference: text(b.reference), subject: text(b.subject),
        person: text(b.person), company: text(b.company), number: text(b.number),
        open: b.open === true, seq: whole(b.seq), at: whole(b.at), from: text(b.from),
        name: text(b.name), parts: list(b.parts).map(text),
    };
}

export const askFound = (said: string, before: number) =>
    get(`/v1/search${query({ query: said, before: before === 0 ? "" : String(before) })}`,
        (answer): FoundPage => ({
            found: list(bag(answer).found).map(found), before: whole(bag(answer).before),
            complete: bag(answer).complete !== false,
        }));

// Canned replies: one's own, and those of all.

import type { Canned } from "../canned";
import { bag, list, text, whole } from "../shape";
import { get, nothing, post, query } from "./call";
import type { Answer } from "./call";

export interface CannedText {
    shared: boolean;
    shortcut: string;
    name: string;
    text: string;
}

export const CANNED_LIMITS = { shortcut: 32, name: 80, text: 4000 } as const;

const PAGES_MAX = 10;

function page(value: unknown): { list: Canned[]; more: boolean } {
    const b = bag(value);
    return {
        list: list(b.canned).map((row) => {
            const one = bag(row);
            return {
                id: String(whole(one.id)), shared: one.shared === true,
                shortcut: text(one.shortcut), name: text(one.name), text: text(one.text),
            };
        }),
        more: b.more === true,
    };
}

/** All that this member of staff can use. */
export async function listCanned(): Promise<Answer<Canned[]>> {
    const all: Canned[] = [];
    for (let pages = 0; pages < PAGES_MAX; pages++) {
        const answer = await get(`/v1/canned${query({ after: all.at(-1)?.id ?? "" })}`, page);
        if (!answer.ok) return answer;
        all.push(...answer.value.list);
        if (!answer.value.more) break;
    }
    return { ok: true, value: all };
}

/** A new one, or with an id a change. */
export const putCanned = (id: string, one: CannedText) =>
    post(id === "" ? "/v1/canned" : `/v1/canned/${encodeURIComponent(id)}`, one, nothing);

export const removeCanned = (id: string) =>
    post(`/v1/canned/${encodeURIComponent(id)}/remove`, {}, nothing);

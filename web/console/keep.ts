// What must outlive a reload of this tab: drafts, and what was sent but not acknowledged.
// sessionStorage may be full or forbidden; then memory has to do.

import type { Box } from "./protocol";
import type { Outgoing } from "./state";

export type { Box };

const memory = new Map<string, string>();

function get(key: string): string {
    const held = memory.get(key);
    if (held !== undefined) return held;
    try {
        return window.sessionStorage.getItem(key) ?? "";
    } catch {
        return "";
    }
}

function put(key: string, value: string): void {
    memory.set(key, value);
    try {
        if (value === "") window.sessionStorage.removeItem(key);
        else window.sessionStorage.setItem(key, value);
    } catch {
        // Memory has it.
    }
}

const draftKey = (conversation: string, box: Box) => `parley.draft.${box}.${conversation}`;

export function draftOf(conversation: string, box: Box): string {
    return get(draftKey(conversation, box));
}

export function keepDraft(conversation: string, box: Box, body: string): void {
    put(draftKey(conversation, box), body);
}

const WAITING = "parley.draft.waiting";

/** The drafts that the server may not have, each as its box and its conversation. */
export const draftsWaiting = (): string[] => get(WAITING).split("\n").filter(Boolean);
export const keepDraftsWaiting = (keys: string[]): void => put(WAITING, keys.join("\n"));

const UNSENT = "parley.unsent";

function isOutgoing(value: unknown): value is Outgoing {
    if (typeof value !== "object" || value === null) return false;
    const v = value as Record<string, unknown>;
    return typeof v.clientId === "string" && typeof v.conversation === "string" &&
        typeof v.body === "string" && typeof v.at === "number" &&
        (v.kind === "reply" || v.kind === "note");
}

export function unsent(): Outgoing[] {
    try {
        const held: unknown = JSON.parse(get(UNSENT) || "[]");
        return Array.isArray(held) ? held.filter(isOutgoing) : [];
    } catch {
        return [];
    }
}

export function keepUnsent(all: Outgoing[]): void {
    put(UNSENT, all.length === 0 ? "" : JSON.stringify(all));
}

/** The id of one act, so that doing it twice is done once: 22 characters of base64url. */
export function newClientId(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return btoa(String.fromCharCode(...bytes))
        .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** Forget what was written and not sent. */
export function clearKept(): void {
    const kept = [...memory.keys()];
    try {
        kept.push(...Object.keys(window.sessionStorage));
    } catch {
        // Memory had all of it.
    }
    for (const key of kept) if (/^parley\.(draft\.|unsent$)/.test(key)) put(key, "");
}

/** A word kept under a name of one's own until the tab is closed; "" when there is none. */
export const recall = (name: string) => get(`parley.${name}`);
export const remember = (name: string, word: string) => put(`parley.${name}`, word);

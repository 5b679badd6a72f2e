// What is being written: kept in this tab at once, on the server a moment later, and so on all of
// our pages. Until the server says that it has it, what it tells of a draft is older than ours.

import { draftOf, draftsWaiting, keepDraft, keepDraftsWaiting, newClientId } from "./keep";
import { BODY_MAX } from "./protocol";
import type { Box, ClientFrame } from "./protocol";

const AFTER_MS = 700;
const AGAIN_MS = 3_000;

const keyOf = (conversation: string, box: Box) => `${box} ${conversation}`;
const fits = (body: string) => new TextEncoder().encode(body).length <= BODY_MAX;

export class Drafts {
    /** What the server may not have, and the name of the frame that brings it there; "": none. */
    private readonly waiting = new Map(draftsWaiting().map((key) => [key, ""]));
    private timer: number | undefined;
    private readonly listeners = new Set<() => void>();

    constructor(private readonly send: (frame: ClientFrame) => boolean) {}

    subscribe(listener: () => void): () => void {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    }

    /** It was written here. */
    write(conversation: string, box: Box, body: string): void {
        keepDraft(conversation, box, body);
        this.put(keyOf(conversation, box), "");
        this.later(AFTER_MS);
    }

    /** The server has it so; what was written here since is newer. */
    heard(conversation: string, box: Box, body: string): void {
        if (this.waiting.has(keyOf(conversation, box)) || draftOf(conversation, box) === body)
            return;
        keepDraft(conversation, box, body);
        for (const listener of this.listeners) listener();
    }

    /** It was sent: the server forgets it by itself. */
    said(conversation: string, box: Box): void {
        keepDraft(conversation, box, "");
        this.put(keyOf(conversation, box), null);
    }

    /** To the server with what it may not have; `all`: also with what was on its way. */
    flush(all = false): void {
        for (const [key, name] of this.waiting) {
            const [box, conversation = ""] = key.split(" ") as [Box, string];
            const body = draftOf(conversation, box);
            // One that is too long stays here, and says so in its box.
            if ((name !== "" && !all) || !fits(body)) continue;
            const clientId = newClientId();
            if (!this.send({ t: "draft", client_id: clientId, conversation, box, body })) return;
            this.waiting.set(key, clientId);
        }
    }

    /** The server's answer to a frame of this name. code: why it was not kept, or null. False: it
     * was none of these. */
    answered(clientId: string, code: string | null, retryMs = 0): boolean {
        const key = [...this.waiting].find(([, name]) => name === clientId)?.[0];
        if (key === undefined) return false;
        if (code === null || code === "not_found") {
            this.put(key, null);
        } else if (code === "busy" || code === "too_fast") {
            this.put(key, "");
            this.later(retryMs || AGAIN_MS);
        }
        return true;
    }

    /** null: the server has it. */
    private put(key: string, name: string | null): void {
        const had = this.waiting.has(key);
        if (name === null) this.waiting.delete(key);
        else this.waiting.set(key, name);
        if (had !== this.waiting.has(key)) keepDraftsWaiting([...this.waiting.keys()]);
    }

    private later(ms: number): void {
        window.clearTimeout(this.timer);
        this.timer = window.setTimeout(() => this.flush(), ms);
    }
}

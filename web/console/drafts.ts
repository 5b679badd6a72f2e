// What is being written: kept in this tab at once, on the server a moment later, and so on all of
// our pages.

import { draftOf, keepDraft } from "./keep";
import type { Box, ClientFrame } from "./protocol";

const AFTER_MS = 700;

export class Drafts {
    /** Not on the server yet. */
    private readonly waiting = new Map<string, [string, Box]>();
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
        this.waiting.set(`${box} ${conversation}`, [conversation, box]);
        window.clearTimeout(this.timer);
        this.timer = window.setTimeout(() => this.flush(), AFTER_MS);
    }

    /** The server has it so; what was written here since is newer. */
    heard(conversation: string, box: Box, body: string): void {
        if (this.waiting.has(`${box} ${conversation}`) || draftOf(conversation, box) === body)
            return;
        keepDraft(conversation, box, body);
        for (const listener of this.listeners) listener();
    }

    /** It was sent: the server forgets it by itself. */
    said(conversation: string, box: Box): void {
        keepDraft(conversation, box, "");
        this.waiting.delete(`${box} ${conversation}`);
    }

    flush(): void {
        for (const [key, [conversation, box]] of this.waiting) {
            const body = draftOf(conversation, box);
            if (!this.send({ t: "draft", conversation, box, body })) return;
            this.waiting.delete(key);
        }
    }
}

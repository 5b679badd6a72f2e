// What the person said and the server has not acknowledged. One at a time is under way, so that
// the order holds; each goes out with the same client_id until its ack comes, on this page or on
// the next.

import type { Keep, Pending } from "./keep";

export interface OutboxEvents {
    /** Put it on the line; false when it cannot go out now. */
    send(message: Pending): boolean;
    /** No answer came in time. */
    stuck(): void;
    changed(): void;
}

export interface Outgoing {
    message: Pending;
    /** Why the server will not have it; null while it is still to be sent. */
    refused: string | null;
    /** The server asked for a pause. */
    held: boolean;
}

const ACK_WITHIN_MS = 15_000;
const PAUSE_LEAST_MS = 1_000;

export class Outbox {
    private items: Outgoing[] = [];
    private underWay: string | null = null;
    private timer: number | undefined;
    private pause: number | undefined;
    private lastAt = 0;

    constructor(
        private readonly keep: Keep,
        private readonly events: OutboxEvents,
    ) {
        this.load();
    }

    get list(): readonly Outgoing[] {
        return this.items;
    }

    /** Also takes up what another page left behind. */
    load(): void {
        for (const message of this.keep.pending()) {
            if (this.find(message.id) !== undefined) continue;
            this.items.push({ message, refused: null, held: false });
        }
        this.items.sort((a, b) => a.message.at - b.message.at);
    }

    /** The order of two messages of the same millisecond must hold too. */
    now(): number {
        this.lastAt = Math.max(Date.now(), this.lastAt + 1);
        return this.lastAt;
    }

    add(message: Pending): void {
        this.keep.keepPending(message);
        this.items.push({ message, refused: null, held: false });
        this.pump();
        this.events.changed();
    }

    /** The start that these were written after has made this conversation. */
    retarget(start: string, conversation: string): void {
        for (const { message } of this.items) {
            if (message.kind !== "message" || message.to !== start) continue;
            message.to = conversation;
            this.keep.keepPending(message);
        }
    }

    /** Send the next one, if the line is free. */
    pump(): void {
        if (this.underWay !== null || this.pause !== undefined) return;
        // Another tab may have brought some to their ack.
        this.items = this.items.filter((item) => this.keep.isPending(item.message.id));
        const next = this.items.find((item) => item.refused === null);
        if (next === undefined || !this.events.send(next.message)) return;
        next.held = false;
        this.underWay = next.message.id;
        this.timer = window.setTimeout(() => this.events.stuck(), ACK_WITHIN_MS);
    }

    /** The line is gone: whatever was under way goes again on the next one. */
    down(): void {
        this.release();
        window.clearTimeout(this.pause);
        this.pause = undefined;
    }

    /** The server has it. Returns it, or null when it was not waiting here. */
    acked(id: string): Pending | null {
        this.keep.dropPending(id);
        const item = this.find(id);
        this.items = this.items.filter((one) => one !== item);
        if (this.underWay === id) this.release();
        this.pump();
        return item?.message ?? null;
    }

    /** The server cannot take it now. */
    later(id: string, ms: number): void {
        const item = this.find(id);
        if (item === undefined) return;
        item.held = true;
        if (this.underWay === id) this.release();
        window.clearTimeout(this.pause);
        this.pause = window.setTimeout(
            () => {
                this.pause = undefined;
                this.pump();
            },
            Math.max(ms, PAUSE_LEAST_MS),
        );
    }

    /** The server will not have it: it stays until the person decides. */
    refuse(id: string, reason: string): void {
        const item = this.find(id);
        if (item === undefined) return;
        item.refused = reason;
        if (this.underWay === id) this.release();
        this.pump();
    }

    retry(id: string): void {
        const item = this.find(id);
        if (item !== undefined) item.refused = null;
        this.pump();
        this.events.changed();
    }

    remove(id: string): void {
        this.acked(id);
        this.events.changed();
    }

    /** The browser is somebody else's from now on. */
    forget(): void {
        this.items = [];
        this.down();
    }

    find(id: string): Outgoing | undefined {
        return this.items.find((item) => item.message.id === id);
    }

    private release(): void {
        this.underWay = null;
        window.clearTimeout(this.timer);
    }

    /** Everything that was not sent, out of it: for the form to begin with. */
    takeBack(): { name?: string; email?: string; body: string } {
        const bodies: string[] = [];
        let who = {};
        for (const { message } of [...this.list]) {
            bodies.push(message.body);
            if (message.kind === "start") who = { name: message.name, email: message.email };
            this.remove(message.id);
        }
        return { ...who, body: bodies.join("\n\n") };
    }
}

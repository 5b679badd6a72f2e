// The list of the person's tickets as it is asked for, and what is heard of them meanwhile.

import type { ClientFrame, Row, ServerFrame, Ticket, Which } from "./protocol";

type Frame<T> = ServerFrame & { t: T };

const AGAIN_MS = 400;

export class Tickets {
    which: Which = "open";
    query = "";
    rows: Row[] = [];
    /** Where the next page begins; null: there is none. */
    before: string | null = null;
    older: "whole" | "reading" | "unknown" = "whole";
    /** Of all conversations. */
    unread = 0;
    /** An answer is awaited. */
    asking = false;
    /** The rows are those of what is asked for. */
    there = false;
    private again: number | undefined;

    constructor(private readonly send: (frame: ClientFrame) => boolean) {}

    ask(): void {
        window.clearTimeout(this.again);
        const { which, query } = this;
        this.asking = this.send({ t: "tickets", which, query });
    }

    /** Something may be new: ask, once for all that comes within a moment. */
    askSoon(): void {
        window.clearTimeout(this.again);
        this.again = window.setTimeout(() => this.ask(), AGAIN_MS);
    }

    show(which: Which, query: string): void {
        if (which === this.which && query === this.query && this.there) return;
        this.which = which;
        this.query = query;
        this.there = false;
        this.ask();
    }

    more(): void {
        const { which, query, before } = this;
        if (before === null || this.asking) return;
        this.asking = this.send({ t: "tickets", which, query, before });
    }

    take(frame: Frame<"tickets">): void {
        this.unread = frame.unread;
        if (frame.which !== this.which || frame.query !== this.query) return;
        if (frame.after === "") this.rows = frame.rows;
        else if (frame.after === this.before) this.rows = [...this.rows, ...frame.rows];
        else return;
        this.asking = false;
        this.there = true;
        this.before = frame.before;
        this.older = frame.older;
    }

    /** A ticket is different now. */
    touch(conversation: string, now: Ticket): void {
        const row = this.rows.find((one) => one.conversation === conversation);
        if (row === undefined || now.open !== row.open) {
            if (this.there) this.askSoon();
            return;
        }
        row.word = now.word;
        row.number = now.number ?? row.number;
    }

    heard({ conversation, unread, total }: Frame<"unread">): void {
        this.unread = total;
        const row = this.rows.find((one) => one.conversation === conversation);
        if (row?.unread === unread) return;
        if (row !== undefined) row.unread = unread;
        if (unread > 0 && this.there) this.askSoon(); // it moves to the top
    }

    clear(): void {
        window.clearTimeout(this.again);
        this.which = "open";
        this.query = "";
        this.rows = [];
        this.before = null;
        this.unread = 0;
        this.there = this.asking = false;
    }
}

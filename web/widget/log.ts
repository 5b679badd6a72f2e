// The messages of the conversation that the server has committed, in order, each once; and how far
// they are known to be whole, which is where a resume begins.

import type { Message } from "./protocol";

export class Log {
    private bySeq = new Map<number, Message>();
    private sorted: Message[] | null = [];
    /** Everything up to here is held. */
    private cursor = 0;
    /** What the server had when it said welcome; live messages come after it. */
    private promised = 0;
    private paging = true;

    get messages(): readonly Message[] {
        this.sorted ??= [...this.bySeq.values()].sort((a, b) => a.seq - b.seq);
        return this.sorted;
    }

    get newest(): number {
        return this.messages[this.bySeq.size - 1]?.seq ?? 0;
    }

    /** Nothing is on its way that was there before the line was opened. */
    get whole(): boolean {
        return !this.paging;
    }

    get since(): number {
        return this.cursor;
    }

    clear(): void {
        this.bySeq.clear();
        this.sorted = [];
        this.cursor = 0;
        this.promised = 0;
        this.paging = false;
    }

    /** The server holds messages up to lastSeq. True: ask for those after since. */
    expect(lastSeq: number): boolean {
        this.promised = lastSeq;
        this.paging = lastSeq > this.cursor;
        return this.paging;
    }

    /** One that was acknowledged. */
    add(message: Message): void {
        if (this.bySeq.has(message.seq)) return;
        this.bySeq.set(message.seq, message);
        this.sorted = null;
        if (!this.paging && message.seq === this.cursor + 1) this.cursor = message.seq;
    }

    /** A message that is different now, or (null) not for the person any more. */
    change(seq: number, message: Message | null): void {
        const known = this.bySeq.get(seq);
        if (message !== null) {
            const clientId = message.clientId ?? known?.clientId ?? null;
            if (known !== undefined || seq <= this.cursor)
                this.bySeq.set(seq, { ...message, clientId });
        } else {
            this.bySeq.delete(seq);
        }
        this.sorted = null;
    }

    /** A frame of messages. True: ask again for those after since. */
    take(messages: Message[], more: boolean): boolean {
        for (const message of messages) this.add(message);
        const first = messages[0]?.seq ?? 0;
        const last = messages[messages.length - 1]?.seq ?? 0;
        if (more && last > this.cursor) {
            this.paging = true;
            this.cursor = last;
            return true;
        }
        if (this.paging && first > this.promised) {
            // Newer than the promise: it most likely came by itself, before the page asked for.
            this.promised = last;
            return true;
        }
        this.paging = false;
        this.cursor = Math.max(this.cursor, last, this.promised);
        return false;
    }

    /** What staff said after this. */
    after(seq: number): Message[] {
        return this.messages.filter((m) => m.from === "staff" && m.seq > seq);
    }
}

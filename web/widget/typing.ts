// Who is typing, there and here.

import type { ClientFrame } from "./protocol";

const SHOWN_MS = 5_000;
const SENT_EVERY_MS = 2_500;

export class Typing {
    /** Who of the other side is, "" for nobody. */
    who = "";
    private timer: number | undefined;
    private sentAt = 0;

    constructor(
        private readonly send: (frame: ClientFrame) => boolean,
        private readonly changed: () => void,
    ) {}

    heard(who: string): void {
        this.who = who;
        window.clearTimeout(this.timer);
        this.timer = window.setTimeout(() => {
            this.who = "";
            this.changed();
        }, SHOWN_MS);
    }

    /** The person pressed a key. */
    here(conversation: string): void {
        if (Date.now() - this.sentAt < SENT_EVERY_MS) return;
        this.sentAt = Date.now();
        this.send({ t: "typing", conversation });
    }
}

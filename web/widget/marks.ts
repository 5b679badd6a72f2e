// How far the person has read, told to the server: at most once a second, the last one always.

import type { Log } from "./log";
import type { ClientFrame } from "./protocol";

const EVERY_MS = 1_000;

export class Marks {
    private told = 0;
    private timer: number | undefined;

    constructor(
        private readonly send: (frame: ClientFrame) => boolean,
        private readonly again: () => void,
    ) {}

    /** Another conversation is shown. */
    reset(): void {
        this.told = 0;
    }

    tell(conversation: string | null, log: Log): void {
        if (conversation === null || !log.whole || log.newest <= this.told) return;
        if (this.timer !== undefined) return;
        if (this.send({ t: "read", conversation, seq: log.newest })) this.told = log.newest;
        this.timer = window.setTimeout(() => {
            this.timer = undefined;
            this.again();
        }, EVERY_MS);
    }
}

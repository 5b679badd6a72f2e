// "This is solved", "I still need help" and the like: one is awaited at a time.

import type { ClientFrame } from "./protocol";
import { newClientId } from "./keep";
import { strings } from "./strings";
import type { Act } from "./view";

export class Acts {
    /** What is awaited. */
    now: { id: string; act: Act } | null = null;
    trouble = "";
    /** What went through last. */
    done: Act | null = null;

    constructor(private readonly send: (frame: ClientFrame) => boolean) {}

    begin(act: Act, conversation: string, more: { score?: number; comment?: string } = {}): void {
        if (this.now !== null) return;
        const id = newClientId();
        const sent = this.send({ t: act, client_id: id, conversation, ...more });
        this.now = sent ? { id, act } : null;
        this.trouble = sent ? "" : strings.actLater;
        this.done = null;
    }

    /** True when that was what is awaited. */
    acked(id: string): boolean {
        if (this.now?.id !== id) return false;
        this.done = this.now.act;
        this.now = null;
        return true;
    }

    refused(id: string, code: string): boolean {
        if (!this.acked(id)) return false;
        this.done = null;
        this.trouble = code === "not_allowed" ? strings.actNotSet
            : (strings.afterTroubles[code] ?? strings.actLater);
        return true;
    }

    down(): void {
        if (this.now !== null) this.trouble = strings.actLater;
        this.now = null;
    }

    clear(): void {
        this.now = this.done = null;
        this.trouble = "";
    }
}

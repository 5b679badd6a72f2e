// "This is solved" and "I still need help": one is awaited at a time.

import type { ClientFrame } from "./protocol";
import { newClientId } from "./keep";
import { strings } from "./strings";
import type { Act } from "./view";

export class Acts {
    /** What is awaited. */
    now: { id: string; act: Act } | null = null;
    trouble = "";

    constructor(private readonly send: (frame: ClientFrame) => boolean) {}

    begin(act: Act, conversation: string): void {
        if (this.now !== null) return;
        const id = newClientId();
        const sent = this.send({ t: act, client_id: id, conversation });
        this.now = sent ? { id, act } : null;
        this.trouble = sent ? "" : strings.actLater;
    }

    /** True when that was what is awaited. */
    acked(id: string): boolean {
        if (this.now?.id !== id) return false;
        this.now = null;
        return true;
    }

    refused(id: string, code: string): boolean {
        if (!this.acked(id)) return false;
        this.trouble = code === "not_allowed" ? strings.actNotSet : strings.actLater;
        return true;
    }

    down(): void {
        if (this.now !== null) this.trouble = strings.actLater;
        this.now = null;
    }

    clear(): void {
        this.now = null;
        this.trouble = "";
    }
}

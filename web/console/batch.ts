// What was asked for of several conversations at once, and what came of it in one sentence.

import type { Desk } from "./desk";
import type { DeskFrame } from "./protocol";
import { strings } from "./strings";

type Kind = keyof typeof strings.bulk.did;

export type Batched = Exclude<DeskFrame, { t: "transcript" }>;

/** What came of it is told so long. */
const TOLD_MS = 15_000;

function kindOf(act: Batched): Kind {
    if (act.t === "snooze" && act.until === 0) return "wake";
    if (act.t === "assign" && act.staff === null) return "unassign";
    return act.t;
}

export class Batch {
    private readonly left = new Map<string, string>();
    private readonly desk: Desk;
    private kind: Kind = "assign";
    private done = 0;
    private readonly failed: string[] = [];

    constructor(desk: Desk) {
        this.desk = desk;
    }

    add(act: Batched): void {
        this.kind = kindOf(act);
        this.left.set(act.client_id, act.conversation);
    }

    /** `why` it was not done, or null. Those done are no longer selected. */
    answered(clientId: string, why: string | null): void {
        const conversation = this.left.get(clientId);
        this.left.delete(clientId);
        if (why !== null) {
            this.failed.push(why);
        } else {
            this.done++;
            const selected = new Set(this.desk.state.selected);
            if (conversation !== undefined && selected.delete(conversation))
                this.desk.set({ selected });
        }
        if (this.left.size === 0) this.tell();
    }

    private tell(): void {
        const parts = this.done > 0 ? [strings.bulk.did[this.kind](this.done)] : [];
        const [why] = this.failed;
        if (why !== undefined)
            parts.push(this.done > 0 || this.failed.length > 1
                ? strings.bulk.failed(this.failed.length, why) : why);
        const result = parts.join(" ");
        if (why !== undefined) {
            this.desk.refuse(result);
            return;
        }
        this.desk.set({ result });
        this.desk.say(result);
        window.setTimeout(() => {
            if (this.desk.state.result === result) this.desk.set({ result: "" });
        }, TOLD_MS);
    }
}

// The person proves who they are: an address, then the code that came to it; or the company's own
// sign-in, at whose end a code is shown. What is typed and awaited stands here; parts/prove.ts
// draws it.

import { newClientId } from "./keep";
import type { ClientFrame, ServerFrame } from "./protocol";
import { strings } from "./strings";

/** off: not shown. email: the address is asked for. code: the code is. */
export type Step = "off" | "email" | "code";

const ANSWER_WITHIN_MS = 15_000;

export class Prove {
    /** What is possible here: "code", "oidc". */
    ways: string[] = [];
    provider = "";
    verified = false;
    step: Step = "off";
    /** Whom the code went to; "" when the provider's page shows it. */
    email = "";
    trouble = "";
    /** An answer is awaited. */
    busy = false;
    /** Another code may be asked for. */
    mayAskAgain = false;
    /** The provider's window. */
    link = "";
    private id = "";
    private timer: number | undefined;
    private wait: number | undefined;

    constructor(
        private readonly send: (frame: ClientFrame) => boolean,
        private readonly changed: () => void,
    ) {}

    /** There is something to offer. */
    get offered(): boolean {
        return !this.verified && this.ways.length > 0;
    }

    begin(): void {
        this.step = "email";
        this.trouble = "";
        this.changed();
    }

    end(): void {
        this.settle("");
        this.step = "off";
        this.changed();
    }

    ask(email: string): void {
        this.email = email;
        this.go({ t: "prove", email, client_id: this.fresh() });
    }

    byProvider(): void {
        this.go({ t: "sign_in", client_id: this.fresh() });
    }

    try(code: string): void {
        const digits = code.replace(/\D/g, "");
        const { email } = this;
        const whose = email === "" ? {} : { email };
        this.go({ t: "code", code: digits, ...whose, client_id: this.fresh() });
    }

    /** To another address. */
    back(): void {
        this.settle("");
        this.step = "email";
        this.changed();
    }

    /** True: it was about this, and nobody else need look at it. */
    hear(frame: ServerFrame): boolean {
        switch (frame.t) {
            case "welcome":
                this.ways = frame.prove;
                this.provider = frame.provider;
                this.verified = frame.person?.verified === true;
                if (this.verified) this.step = "off";
                this.settle("");
                return false;
            case "proving":
                this.settle("");
                this.step = "code";
                this.later(frame.retryMs);
                return true;
            case "sign_in":
                this.settle("");
                this.email = "";
                this.step = "code";
                this.link = frame.url;
                // Where the browser does not let a window open by itself, there is the link.
                window.open(frame.url, "_blank", "noopener");
                return true;
            case "error":
                if (frame.clientId === null || frame.clientId !== this.id) return false;
                this.settle(this.sentence(frame.code, frame.retryMs));
                return true;
            default:
                return false;
        }
    }

    private sentence(code: string, retryMs: number): string {
        switch (code) {
            case "bad_email":
            case "too_long":
                return strings.badEmail;
            case "bad_code":
                return strings.badCode;
            case "too_fast":
                return strings.proveLater(Math.ceil(retryMs / 60_000));
            default:
                return strings.proveTrouble;
        }
    }

    private fresh(): string {
        this.id = newClientId();
        return this.id;
    }

    private go(frame: ClientFrame): void {
        this.trouble = "";
        this.busy = this.send(frame);
        if (this.busy) {
            window.clearTimeout(this.wait);
            this.wait = window.setTimeout(() => {
                this.settle(strings.proveTrouble);
                this.changed();
            }, ANSWER_WITHIN_MS);
        } else {
            this.trouble = strings.proveTrouble;
        }
        this.changed();
    }

    private settle(trouble: string): void {
        window.clearTimeout(this.wait);
        this.busy = false;
        this.trouble = trouble;
    }

    private later(ms: number): void {
        this.mayAskAgain = false;
        window.clearTimeout(this.timer);
        this.timer = window.setTimeout(() => {
            this.mayAskAgain = true;
            this.changed();
        }, ms);
    }
}

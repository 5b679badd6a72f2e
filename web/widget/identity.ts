// Who the page around the chat says its visitor is: a token that the page's server signed, given
// by the tag, by window.parley, or by Parley.identify(). See docs/identity.md.

/** A token, or what makes one: asked each time the chat connects, for a token lives minutes. */
export type Source = string | (() => string | null | Promise<string | null>);

export interface Known {
    site: string;
    /** "": the session that began by it goes on. */
    identity: string;
}

const WITHIN_MS = 10_000;

/** The name in the token, so that another person's leftovers are not taken for theirs. It proves
 *  nothing here: the server checks the token. */
export function subjectOf(token: string): string {
    try {
        const part = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
        const claims: unknown = JSON.parse(atob(part));
        const sub = (claims as { sub?: unknown } | null)?.sub;
        return typeof sub === "string" ? sub : "";
    } catch {
        return "";
    }
}

export class Identity {
    private source: Source | null;
    private spent = false;

    constructor(
        private readonly site: string,
        source: Source | null,
    ) {
        this.source = source === "" ? null : source;
    }

    /** The page says who its visitor is; else this is anybody's chat. */
    get given(): boolean {
        return this.source !== null;
    }

    give(source: Source | null): void {
        this.spent = false;
        this.source = source === "" ? null : source;
    }

    /** A token that was given as it is has done what it can: it will be too old soon. */
    welcomed(): void {
        this.spent = typeof this.source === "string";
    }

    /** A token to say hello with; null when there is none (any more). */
    async known(): Promise<Known | null> {
        if (this.source === null) return null;
        if (this.spent) return { site: this.site, identity: "" };
        try {
            const identity = await Promise.race([
                typeof this.source === "string" ? this.source : this.source(),
                new Promise<null>((done) => window.setTimeout(() => done(null), WITHIN_MS)),
            ]);
            if (typeof identity === "string" && identity.trim() !== "") {
                return { site: this.site, identity: identity.trim() };
            }
            this.refused("the page gave no token");
        } catch {
            this.refused("the page's function for a token failed");
        }
        return null;
    }

    /** It is not good: the chat goes on as anybody's. */
    refused(why: string): void {
        this.source = null;
        console.warn(`Parley: this visitor is not signed in to the chat: ${why}`);
    }
}

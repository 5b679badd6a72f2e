// Files on their way to the server: in pieces, one file after the other, gone on with where the
// server has it after a break. They live in memory only: a page that is loaded again has lost those
// that were not up yet. No DOM.

export interface FileLimits {
    maxBytes: number;
    count: number;
    chunk: number;
    types: readonly string[];
}

export const FILE_LIMITS: FileLimits = {
    maxBytes: 20 * 1024 * 1024,
    count: 10,
    chunk: 256 * 1024,
    types: [],
};

export type Trouble = "too_large" | "bad_type" | "empty" | "full" | "failed";

export interface Upload {
    /** Names it to the server before that has given it an id. */
    readonly clientId: string;
    readonly name: string;
    readonly size: number;
    readonly type: string;
    readonly file: File;
    /** Bytes that the server has. */
    sent: number;
    /** The server's id, once all of it is there. */
    id: string | null;
    trouble: Trouble | null;
    /** The connection is gone; it is tried again by itself. */
    waits: boolean;
}

export interface Way {
    base: string;
    headers(): Record<string, string>;
    credentials: "omit" | "same-origin";
    newId(): string;
    /** What a new file is for; null: a conversation that is still to be started. */
    conversation(): string | null;
    changed(): void;
}

const PAUSE_FIRST_MS = 1_000;
const PAUSE_MAX_MS = 30_000;
const REFUSALS: Readonly<Record<string, Trouble>> = {
    too_large: "too_large",
    bad_type: "bad_type",
    empty: "empty",
    conversation_full: "full",
    disk_full: "full",
    too_many: "full",
};

class Refused extends Error {
    constructor(readonly trouble: Trouble) {
        super(trouble);
    }
}

/** Try again, after so long at least. */
class Later extends Error {
    constructor(readonly ms: number) {
        super("later");
    }
}

export function isPicture(type: string): boolean {
    return /^image\/(png|jpeg|gif|webp)$/.test(type);
}

export class Uploads {
    limits: FileLimits = FILE_LIMITS;
    private readonly items = new Map<string, Upload>();
    private readonly stops = new Map<string, AbortController>();
    private readonly ids = new Map<string, string>();
    private wake: (() => void) | null = null;
    private running = false;

    constructor(private readonly way: Way) {
        window.addEventListener("online", () => this.wake?.());
    }

    find(clientId: string): Upload | undefined {
        return this.items.get(clientId);
    }

    add(file: File): Upload {
        const upload: Upload = {
            clientId: this.way.newId(),
            name: file.name || "file",
            size: file.size,
            type: file.type,
            file,
            sent: 0,
            id: null,
            trouble: null,
            waits: false,
        };
        if (file.size === 0) upload.trouble = "empty";
        else if (file.size > this.limits.maxBytes) upload.trouble = "too_large";
        this.items.set(upload.clientId, upload);
        this.way.changed();
        void this.run();
        return upload;
    }

    /** The person does not want it. The server forgets what it has of it. */
    remove(clientId: string): void {
        const id = this.ids.get(clientId);
        this.stops.get(clientId)?.abort();
        this.forget(clientId);
        if (id !== undefined) void this.call(`/${id}/remove`, "{}").catch(() => undefined);
        this.wake?.();
        this.way.changed();
    }

    /** It is part of a message now. */
    forget(clientId: string): void {
        this.items.delete(clientId);
        this.ids.delete(clientId);
    }

    /** Somebody asked for it, or the line is back. */
    again(): void {
        this.wake?.();
    }

    private next(): Upload | undefined {
        return [...this.items.values()].find((one) => one.id === null && one.trouble === null);
    }

    private async run(): Promise<void> {
        if (this.running) return;
        this.running = true;
        let pause = PAUSE_FIRST_MS;
        for (let one = this.next(); one !== undefined; one = this.next()) {
            try {
                await this.bring(one);
                pause = PAUSE_FIRST_MS;
            } catch (error) {
                if (error instanceof Refused) one.trouble = error.trouble;
                else if (this.items.has(one.clientId)) {
                    const least = error instanceof Later ? error.ms : 0;
                    one.waits = !(error instanceof Later);
                    this.way.changed();
                    await this.sleep(Math.max(least, pause * (0.5 + Math.random() / 2)));
                    pause = Math.min(pause * 2, PAUSE_MAX_MS);
                }
            }
            one.waits = false;
            this.way.changed();
        }
        this.running = false;
    }

    private sleep(ms: number): Promise<void> {
        return new Promise((done) => {
            const end = (): void => {
                window.clearTimeout(timer);
                this.wake = null;
                done();
            };
            const timer = window.setTimeout(end, ms);
            this.wake = end;
        });
    }

    /** All that the server does not have of it. */
    private async bring(one: Upload): Promise<void> {
        const stop = new AbortController();
        this.stops.set(one.clientId, stop);
        try {
            const begun = await this.call("", JSON.stringify({
                client_id: one.clientId,
                name: one.name,
                type: one.type,
                size: one.size,
                conversation: this.way.conversation(),
            }), stop.signal);
            const file = begun.file as { id: string } | undefined;
            if (file === undefined || typeof file.id !== "string") throw new Refused("failed");
            this.ids.set(one.clientId, file.id);
            one.sent = Number(begun.offset) || 0;
            while (one.sent < one.size) {
                const piece = one.file.slice(one.sent, one.sent + this.limits.chunk);
                const answer = await this.call(`/${file.id}/${one.sent}`, piece, stop.signal);
                one.sent = Number(answer.offset) || 0;
                one.waits = false;
                this.way.changed();
            }
            one.id = file.id;
        } finally {
            this.stops.delete(one.clientId);
        }
    }

    private async call(
        path: string,
        body: string | Blob,
        signal?: AbortSignal,
    ): Promise<Record<string, unknown>> {
        const type = typeof body === "string" ? "application/json" : "application/octet-stream";
        const answer = await fetch(`${this.way.base}/v1/files${path}`, {
            method: "POST",
            headers: { "content-type": type, ...this.way.headers() },
            credentials: this.way.credentials,
            body,
            ...(signal === undefined ? {} : { signal }),
        });
        if (answer.status === 204) return {};
        let read: Record<string, unknown>;
        try {
            read = (await answer.json()) as Record<string, unknown>;
        } catch {
            throw new Later(PAUSE_FIRST_MS); // a proxy's page
        }
        // Another offset is where the server is.
        if (answer.ok || (answer.status === 409 && read.code === "offset")) return read;
        const trouble = REFUSALS[String(read.code)];
        if (trouble !== undefined) throw new Refused(trouble);
        if (answer.status === 429 || answer.status >= 500) {
            throw new Later(Number(read.retry_ms) || PAUSE_FIRST_MS);
        }
        throw new Refused("failed");
    }
}

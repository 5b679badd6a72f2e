// What must outlive the page: the token, what was not acknowledged, how far was read. It lies in
// localStorage under the chat's address; where that is forbidden or full, memory has to do.

/** A file of a message on its way. id: the server's, once all of it is there. */
export interface PendingFile {
    clientId: string;
    name: string;
    size: number;
    type: string;
    id: string | null;
}

export interface PendingStart {
    kind: "start";
    id: string;
    /** Both "" of somebody who has proved who they are. */
    name: string;
    email: string;
    body: string;
    subject?: string;
    urgency?: string;
    at: number;
    files?: PendingFile[];
}

export interface PendingMessage {
    kind: "message";
    id: string;
    body: string;
    at: number;
    files?: PendingFile[];
    /** The conversation, or the id of the start that makes it; "" is this browser's only one. */
    to: string;
}

export type Pending = PendingStart | PendingMessage;

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

function random(bytes: number): string {
    const data = crypto.getRandomValues(new Uint8Array(bytes));
    return btoa(String.fromCharCode(...data))
        .replace(/\+/g, "-")
        .replace(/\//g, "_")
        .replace(/=+$/, "");
}

/** The id of one message, so that sending it twice stores it once. */
export function newClientId(): string {
    return random(16);
}

function isFile(value: unknown): value is PendingFile {
    if (typeof value !== "object" || value === null) return false;
    const v = value as Record<string, unknown>;
    return typeof v.clientId === "string" && typeof v.name === "string" &&
        typeof v.size === "number" && typeof v.type === "string" &&
        (v.id === null || typeof v.id === "string");
}

function isPending(value: unknown): value is Pending {
    if (typeof value !== "object" || value === null) return false;
    const v = value as Record<string, unknown>;
    if (typeof v.id !== "string" || typeof v.body !== "string" || typeof v.at !== "number") {
        return false;
    }
    if (v.files !== undefined && !(Array.isArray(v.files) && v.files.every(isFile))) return false;
    if (v.kind === "message") {
        v.to ??= ""; // an older page of ours knew one conversation only
        return typeof v.to === "string";
    }
    return v.kind === "start" && typeof v.name === "string" && typeof v.email === "string";
}

export class Keep {
    private prefix: string;
    private readonly memory = new Map<string, string>();
    private storage = (): Storage => localStorage;

    constructor(private readonly origin: string) {
        this.prefix = `parley ${origin} `;
    }

    /** The page says who its visitor is: theirs is kept apart from anybody's, and for this tab
     *  only, so that who comes to the computer next finds nothing of it. */
    somebody(): void {
        this.prefix = `parley known ${this.origin} `;
        this.storage = () => sessionStorage;
    }

    /** It is this one. True: it was another before, of whom all is forgotten. */
    isNow(who: string): boolean {
        const before = this.get("who");
        if (before === who) return false;
        this.forget();
        this.put("who", who);
        return before !== null;
    }

    /** It says so no more. */
    anybody(): void {
        this.prefix = `parley ${this.origin} `;
        this.storage = () => localStorage;
    }

    /** Calls fn when another tab changed something. */
    watch(fn: () => void): void {
        window.addEventListener("storage", (event) => {
            if (event.key === null || event.key.startsWith(this.prefix)) fn();
        });
    }

    /** Made on first use; whoever holds it opens this browser's conversations. */
    token(): string {
        const held = this.get("token");
        if (held !== null && TOKEN.test(held)) return held;
        const made = random(32);
        this.put("token", made);
        return made;
    }

    /** The server will not have it. */
    dropToken(): void {
        this.remove("token");
    }

    /** The conversation that this browser last had, or null. */
    conversation(): string | null {
        return this.get("conversation");
    }

    keepConversation(id: string | null): void {
        if (id === null) this.remove("conversation");
        else if (this.conversation() !== id) this.put("conversation", id);
    }

    /** The highest seq that was before the person's eyes. */
    seen(conversation: string): number {
        return Number(this.get(`seen ${conversation}`)) || 0;
    }

    keepSeen(conversation: string, seq: number): void {
        if (seq > this.seen(conversation)) this.put(`seen ${conversation}`, String(seq));
    }

    /** Not acknowledged yet, oldest first: each has a key of its own, so that two tabs never
     *  overwrite one another. */
    pending(): Pending[] {
        const start = `${this.prefix}out `;
        const found: Pending[] = [];
        for (const key of this.keys()) {
            if (!key.startsWith(start)) continue;
            try {
                const value: unknown = JSON.parse(this.get(key.slice(this.prefix.length)) ?? "");
                if (isPending(value)) found.push(value);
            } catch {
                // Not ours.
            }
        }
        return found.sort((a, b) => a.at - b.at);
    }

    keepPending(message: Pending): void {
        this.put(`out ${message.id}`, JSON.stringify(message));
    }

    dropPending(id: string): void {
        this.remove(`out ${id}`);
    }

    isPending(id: string): boolean {
        return this.get(`out ${id}`) !== null;
    }

    /** The unsent text of the message box; of: a conversation, "" for this browser's only one. */
    draft(of: string): string {
        return this.get(`draft ${of}`.trim()) ?? "";
    }

    keepDraft(of: string, body: string): void {
        const name = `draft ${of}`.trim();
        if (body === "") this.remove(name);
        else this.put(name, body);
    }

    /** Small choices that outlive the page: "1" or nothing. */
    is(what: "signed" | "tells"): boolean {
        return this.get(what) !== null;
    }

    set(what: "signed" | "tells", yes: boolean): void {
        if (!yes) this.remove(what);
        else if (!this.is(what)) this.put(what, "1");
    }

    /** The browser becomes nobody's: what was not sent goes with it. */
    forget(): void {
        for (const key of this.keys()) {
            if (key.startsWith(this.prefix)) this.remove(key.slice(this.prefix.length));
        }
    }

    private keys(): Set<string> {
        const all = new Set(this.memory.keys());
        try {
            const storage = this.storage();
            for (let i = 0; i < storage.length; i++) all.add(storage.key(i) ?? "");
        } catch {
            // Memory only.
        }
        return all;
    }

    private get(name: string): string | null {
        const held = this.memory.get(this.prefix + name);
        if (held !== undefined) return held;
        try {
            return this.storage().getItem(this.prefix + name);
        } catch {
            return null;
        }
    }

    private put(name: string, value: string): void {
        try {
            this.storage().setItem(this.prefix + name, value);
            this.memory.delete(this.prefix + name);
        } catch {
            this.memory.set(this.prefix + name, value);
        }
    }

    private remove(name: string): void {
        this.memory.delete(this.prefix + name);
        try {
            this.storage().removeItem(this.prefix + name);
        } catch {
            // It was never there.
        }
    }
}

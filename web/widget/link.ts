// Keeps a line to the server: chooses what carries it, notices when it is dead, comes back with a
// growing pause that differs from browser to browser.

import { decode } from "./decode";
import type { Known } from "./identity";
import { locale } from "./language";
import type { Line, OpenLine } from "./line";
import type { ClientFrame, ServerFrame } from "./protocol";
import { openSocket } from "./socket";
import { openStream } from "./stream";

export interface LinkEvents {
    /** The token to say hello with. */
    token(): string;
    /** Who the page says its visitor is, to be asked before token(); null: it says nothing. */
    known(): Promise<Known | null> | null;
    frame(frame: ServerFrame): void;
    /** An attempt failed, or the line broke. */
    down(): void;
}

const PAUSE_FIRST_MS = 500;
const PAUSE_MAX_MS = 30_000;
const WELCOME_WITHIN_MS = 10_000;
const ANSWER_WITHIN_MS = 10_000;
const HEARTBEAT_MS = 25_000;
/** So many WebSockets in a row may fail to bring a welcome; then the stream is tried. */
const SOCKETS_TRIED = 2;
const REMEMBERED = "parley stream";

function remembersStream(): boolean {
    try {
        return sessionStorage.getItem(REMEMBERED) !== null;
    } catch {
        return false;
    }
}

function rememberStream(yes: boolean): void {
    try {
        if (yes) sessionStorage.setItem(REMEMBERED, "1");
        else sessionStorage.removeItem(REMEMBERED);
    } catch {
        // Then the next page tries WebSocket first again.
    }
}

export class Link {
    private line: Line | null = null;
    private welcomed = false;
    private wanted = false;
    private failedSockets = remembersStream() ? SOCKETS_TRIED : 0;
    private socketWorks = false;
    private attempts = 0;
    private next: number | undefined;
    private watch: number | undefined;
    private beat: number | undefined;
    private asking = 0;

    constructor(
        private readonly base: URL,
        private readonly events: LinkEvents,
    ) {
        window.addEventListener("online", () => this.probe());
        window.addEventListener("offline", () => this.probe());
        document.addEventListener("visibilitychange", () => {
            if (document.visibilityState === "visible") this.probe();
        });
        // A page that the browser puts aside must not hold a line.
        window.addEventListener("pagehide", () => this.hangUp());
        window.addEventListener("pageshow", (event) => {
            if (event.persisted) this.probe();
        });
    }

    /** The server has said welcome on this line. */
    get up(): boolean {
        return this.welcomed;
    }

    /** Connect and stay connected. */
    want(): void {
        this.wanted = true;
        this.connect();
    }

    /** Something happened that may have mended or broken the line: find out now. */
    probe(): void {
        if (!this.wanted) return;
        if (this.line === null) {
            this.attempts = 0;
            this.connect();
        } else if (this.welcomed && this.send({ t: "ping" })) {
            this.expect(ANSWER_WITHIN_MS);
        }
    }

    send(frame: ClientFrame): boolean {
        return this.welcomed && this.line !== null && this.line.send(JSON.stringify(frame));
    }

    /** Give this line up, and open none before it is wanted again. */
    leave(): void {
        this.wanted = false;
        this.hangUp();
    }

    /** Give this line up and open another. */
    again(): void {
        if (this.line !== null) this.lost();
    }

    /** The same, at once: somebody else says hello. */
    anew(): void {
        if (!this.wanted) return;
        this.hangUp();
        this.attempts = 0;
        this.events.down();
        this.connect();
    }

    private connect(): void {
        if (this.line !== null || this.asking !== 0) return;
        window.clearTimeout(this.next);
        const known = this.events.known();
        if (known === null) {
            this.open(null);
            return;
        }
        const asked = window.setTimeout(() => undefined, 0);
        this.asking = asked;
        void known.then((who) => {
            if (this.asking !== asked) return;
            this.asking = 0;
            this.open(who);
        });
    }

    private open(who: Known | null): void {
        const stream = this.failedSockets >= SOCKETS_TRIED;
        const open: OpenLine = stream ? openStream : openSocket;
        const token = this.events.token();
        const hello: ClientFrame = { t: "hello", v: 1, token, language: locale };
        if (who !== null && who.identity !== "") Object.assign(hello, who);
        this.expect(WELCOME_WITHIN_MS);
        const line = open(this.base, JSON.stringify(hello), {
            frame: (text) => {
                if (this.line === line) this.heard(text, stream);
            },
            closed: () => {
                if (this.line === line) this.lost();
            },
        });
        this.line = line;
    }

    private heard(text: string, stream: boolean): void {
        if (this.welcomed) window.clearTimeout(this.watch);
        const frame = decode(text);
        if (frame === null) return;
        if (frame.t === "welcome") {
            window.clearTimeout(this.watch);
            this.welcomed = true;
            this.attempts = 0;
            if (!stream) {
                this.failedSockets = 0;
                this.socketWorks = true;
            }
            rememberStream(stream && !this.socketWorks);
            window.clearInterval(this.beat);
            const ms = frame.heartbeatMs > 0 ? frame.heartbeatMs : HEARTBEAT_MS;
            this.beat = window.setInterval(() => this.probe(), ms * 0.8);
        }
        this.events.frame(frame);
    }

    private expect(ms: number): void {
        window.clearTimeout(this.watch);
        this.watch = window.setTimeout(() => this.lost(), ms);
    }

    private hangUp(): void {
        this.asking = 0;
        window.clearTimeout(this.next);
        window.clearTimeout(this.watch);
        window.clearInterval(this.beat);
        const line = this.line;
        this.line = null;
        this.welcomed = false;
        line?.close();
    }

    private lost(): void {
        const stream = this.failedSockets >= SOCKETS_TRIED;
        if (stream && (!this.welcomed || this.socketWorks)) {
            // The stream failed too, or only stood in while the server was away.
            this.failedSockets = SOCKETS_TRIED - 1;
        } else if (!this.welcomed && navigator.onLine) {
            this.failedSockets++;
        }
        this.hangUp();
        const ceiling = Math.min(PAUSE_FIRST_MS * 2 ** this.attempts, PAUSE_MAX_MS);
        this.attempts++;
        const pause = ceiling * (0.5 + Math.random() / 2);
        this.next = window.setTimeout(() => this.connect(), pause);
        this.events.down();
    }
}

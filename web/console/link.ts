// The WebSocket to the server: connects, notices a dead line, comes back with a growing pause.

import { decode } from "./decode";
import { SUBPROTOCOL } from "./protocol";
import type { ClientFrame, ServerFrame } from "./protocol";

export interface LinkEvents {
    /** The server said welcome or anything else. */
    frame(frame: ServerFrame): void;
    /** No connection; the next attempt is at retryAt (ms since 1970). opened: it had been open. */
    down(retryAt: number, opened: boolean): void;
    /** An attempt has begun. */
    trying(): void;
}

const PAUSE_FIRST_MS = 500;
const PAUSE_MAX_MS = 30_000;
const OPEN_WITHIN_MS = 10_000;
const ANSWER_WITHIN_MS = 8_000;

export class Link {
    private socket: WebSocket | null = null;
    private timer: number | undefined;
    private watch: number | undefined;
    private pauseMs = PAUSE_FIRST_MS;
    private heartbeatMs = 25_000;
    private readonly path: string;
    private readonly events: LinkEvents;

    constructor(path: string, events: LinkEvents) {
        this.path = path;
        this.events = events;
    }

    /** Connect now; an attempt or connection that is under way is left alone. */
    connect(): void {
        if (this.socket !== null) return;
        window.clearTimeout(this.timer);
        this.events.trying();
        const address = new URL(this.path, window.location.href);
        address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
        address.hash = "";
        const socket = new WebSocket(address, SUBPROTOCOL);
        let opened = false;
        this.socket = socket;
        this.expect(OPEN_WITHIN_MS);
        socket.onopen = () => {
            opened = true;
            this.send({ t: "hello", v: 1 });
        };
        socket.onmessage = (event: MessageEvent<unknown>) => {
            if (socket !== this.socket) return;
            this.heard();
            const frame = decode(event.data);
            if (frame === null) return;
            if (frame.t === "welcome") {
                this.pauseMs = PAUSE_FIRST_MS;
                if (frame.heartbeatMs > 0) this.heartbeatMs = frame.heartbeatMs;
            }
            this.events.frame(frame);
        };
        socket.onclose = () => {
            if (socket === this.socket) this.drop(opened);
        };
    }

    /** Close and stay closed. */
    stop(): void {
        window.clearTimeout(this.timer);
        window.clearTimeout(this.watch);
        const socket = this.socket;
        this.socket = null;
        socket?.close();
    }

    /** The line may be dead (the machine slept, the network changed): find out, at once. */
    probe(): void {
        if (this.socket === null) {
            this.connect();
        } else if (this.send({ t: "ping" })) {
            this.expect(ANSWER_WITHIN_MS);
        }
    }

    /** False when there is no open connection. */
    send(frame: ClientFrame): boolean {
        if (this.socket === null || this.socket.readyState !== WebSocket.OPEN) return false;
        this.socket.send(JSON.stringify(frame));
        return true;
    }

    private heard(): void {
        window.clearTimeout(this.watch);
        this.watch = window.setTimeout(() => this.probe(), this.heartbeatMs);
    }

    private expect(ms: number): void {
        window.clearTimeout(this.watch);
        this.watch = window.setTimeout(() => this.drop(true), ms);
    }

    private drop(opened: boolean): void {
        this.stop();
        // Not all consoles at the same moment after the server came back.
        const pause = this.pauseMs * (0.75 + Math.random() / 2);
        this.pauseMs = Math.min(this.pauseMs * 2, PAUSE_MAX_MS);
        this.timer = window.setTimeout(() => this.connect(), pause);
        this.events.down(Date.now() + pause, opened);
    }
}

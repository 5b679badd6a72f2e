// The line for networks that block WebSocket: frames come in as server-sent events over one long
// POST, and go out as one POST each. Bodies are sent as plain text, so that a browser needs no
// permission (CORS preflight) to ask.

import type { Line, LineEvents } from "./line";

const EVENT_MAX = 1 << 20;
const QUEUE_MAX = 100;
const POST_WITHIN_MS = 10_000;

/** Calls each() with the data of every whole event; returns what is left over. */
function takeEvents(buffer: string, each: (data: string) => void): string {
    const events = buffer.split(/\r?\n\r?\n/);
    const rest = events.pop() ?? "";
    for (const event of events) {
        const data = event
            .split(/\r?\n/)
            .filter((row) => row.startsWith("data:"))
            .map((row) => row.slice(5).replace(/^ /, ""));
        if (data.length > 0) each(data.join("\n"));
    }
    return rest;
}

function sessionOf(data: string): string | null {
    try {
        const first = JSON.parse(data) as { t?: unknown; id?: unknown } | null;
        return first?.t === "session" && typeof first.id === "string" ? first.id : null;
    } catch {
        return null;
    }
}

function post(address: URL, body: string, signal: AbortSignal): Promise<Response> {
    return fetch(address, {
        method: "POST",
        body,
        signal,
        cache: "no-store",
        credentials: "omit",
        referrerPolicy: "no-referrer",
    });
}

export function openStream(base: URL, hello: string, events: LineEvents): Line {
    const abort = new AbortController();
    const queue: string[] = [];
    let session: string | null = null;
    let sending = false;
    let over = false;

    const end = (): void => {
        if (over) return;
        over = true;
        abort.abort();
        events.closed();
    };

    const heard = (data: string): void => {
        if (over) return;
        if (session !== null) return events.frame(data);
        session = sessionOf(data);
        if (session === null) end();
    };

    const listen = async (): Promise<void> => {
        const answer = await post(new URL("/v1/stream", base), hello, abort.signal);
        if (!answer.ok || answer.body === null) return;
        const reader = answer.body.getReader();
        const decoder = new TextDecoder();
        let buffer = "";
        for (;;) {
            const { done, value } = await reader.read();
            if (done) return;
            buffer = takeEvents(buffer + decoder.decode(value, { stream: true }), heard);
            if (buffer.length > EVENT_MAX) return;
        }
    };

    // One after the other: frames must arrive in the order they were sent.
    const drain = async (address: URL): Promise<void> => {
        sending = true;
        for (let frame = queue.shift(); frame !== undefined && !over; frame = queue.shift()) {
            const timer = window.setTimeout(end, POST_WITHIN_MS);
            const answer = await post(address, frame, abort.signal).catch(() => null);
            window.clearTimeout(timer);
            if (answer?.ok !== true) return end();
        }
        sending = false;
    };

    listen().then(end, end);
    return {
        send(frame) {
            if (over || session === null || queue.length >= QUEUE_MAX) return false;
            queue.push(frame);
            const address = new URL(`/v1/stream/${encodeURIComponent(session)}`, base);
            if (!sending) void drain(address);
            return true;
        },
        close() {
            over = true;
            abort.abort();
        },
    };
}

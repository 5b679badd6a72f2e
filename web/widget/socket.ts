// The usual line: a WebSocket.

import { SUBPROTOCOL } from "./protocol";
import type { Line, LineEvents } from "./line";

export function openSocket(base: URL, hello: string, events: LineEvents): Line {
    const address = new URL("/v1/chat", base);
    address.protocol = base.protocol === "http:" ? "ws:" : "wss:";
    let over = false;
    const end = (): void => {
        if (over) return;
        over = true;
        events.closed();
    };
    let socket: WebSocket | null = null;
    try {
        socket = new WebSocket(address, SUBPROTOCOL);
    } catch {
        // A policy of the page may forbid it outright.
        window.setTimeout(end);
    }
    if (socket !== null) {
        const open = socket;
        open.onopen = () => open.send(hello);
        open.onmessage = (event: MessageEvent<unknown>) => {
            if (!over && typeof event.data === "string") events.frame(event.data);
        };
        open.onclose = end;
    }
    return {
        send(frame) {
            if (over || socket?.readyState !== WebSocket.OPEN) return false;
            socket.send(frame);
            return true;
        },
        close() {
            over = true;
            socket?.close();
        },
    };
}

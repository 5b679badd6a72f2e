// From a text frame to a typed frame. What is not understood becomes null and is passed over: a
// newer server may say more than this widget knows.

import { LIMITS } from "./protocol";
import type { Conversation, Message, ServerFrame, Ticket } from "./protocol";

type Fields = Record<string, unknown>;

function fields(value: unknown): Fields | null {
    return typeof value === "object" && value !== null ? (value as Fields) : null;
}

function text(value: unknown): string {
    // A ticket's number may be written as a number.
    return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

function count(value: unknown, otherwise = 0): number {
    return typeof value === "number" && value >= 0 ? value : otherwise;
}

function ticket(value: unknown): Ticket | null {
    const f = fields(value);
    if (f === null) return null;
    const state = f.state === "filed" || f.state === "delayed" ? f.state : "waiting";
    return { number: text(f.number) || null, state, status: text(f.status) };
}

function conversation(value: unknown): Conversation | null {
    const f = fields(value);
    if (f === null || typeof f.id !== "string") return null;
    return {
        id: f.id,
        reference: text(f.reference),
        lastSeq: count(f.last_seq),
        ticket: ticket(f.ticket),
    };
}

function message(value: unknown): Message | null {
    const f = fields(value);
    if (f === null || typeof f.seq !== "number") return null;
    if (f.from !== "person" && f.from !== "staff" && f.from !== "event") return null;
    return {
        seq: f.seq,
        from: f.from,
        name: text(f.name),
        body: text(f.body),
        at: count(f.at),
        clientId: text(f.client_id) || null,
    };
}

function welcome(f: Fields): ServerFrame {
    const person = fields(f.person);
    const limits = fields(f.limits) ?? {};
    return {
        t: "welcome",
        person: person && { name: text(person.name), email: text(person.email) },
        conversation: conversation(f.conversation),
        limits: {
            body: count(limits.body, LIMITS.body),
            name: count(limits.name, LIMITS.name),
            email: count(limits.email, LIMITS.email),
        },
        heartbeatMs: count(f.heartbeat_ms),
        staff: f.staff === true,
    };
}

export function decode(frame: string): ServerFrame | null {
    let value: unknown;
    try {
        value = JSON.parse(frame);
    } catch {
        return null;
    }
    const f = fields(value);
    if (f === null) return null;
    const id = text(f.conversation);
    switch (f.t) {
        case "welcome":
            return welcome(f);
        case "ack":
            return {
                t: "ack",
                clientId: text(f.client_id),
                conversation: id,
                reference: text(f.reference),
                seq: count(f.seq),
                at: count(f.at),
            };
        case "messages": {
            const list = Array.isArray(f.messages) ? f.messages.map(message) : [];
            const messages = list.filter((m): m is Message => m !== null);
            return { t: "messages", conversation: id, messages, more: f.more === true };
        }
        case "changed": {
            const now = Array.isArray(f.messages) ? message(f.messages[0]) : null;
            return { t: "changed", conversation: id, seq: count(f.seq), message: now };
        }
        case "ticket": {
            const now = ticket(f);
            return now && { t: "ticket", conversation: id, ticket: now };
        }
        case "typing":
            return { t: "typing", conversation: id, who: text(f.who) };
        case "presence":
            return { t: "presence", staff: f.staff === true };
        case "pong":
            return { t: "pong" };
        case "error":
            return {
                t: "error",
                code: text(f.code),
                text: text(f.text),
                clientId: text(f.client_id) || null,
                retryMs: count(f.retry_ms),
            };
        default:
            return null;
    }
}

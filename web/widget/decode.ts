// From a text frame to a typed frame. What is not understood becomes null and is passed over: a
// newer server may say more than this widget knows.

import { FILE_LIMITS } from "../files/uploads";
import type { FileLimits } from "../files/uploads";
import { LIMITS, WORDS } from "./protocol";
import type {
    Conversation, Message, MessageFile, Opened, Promised, Rating, Row, ServerFrame, Ticket,
} from "./protocol";

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

function word(value: unknown): Ticket["word"] {
    return WORDS.find((one) => one === value) ?? "working";
}

function ticket(value: unknown): Ticket | null {
    const f = fields(value);
    if (f === null) return null;
    const state = f.state === "filed" || f.state === "delayed" || f.state === "none" ? f.state
        : "waiting";
    return {
        number: text(f.number) || null,
        state,
        status: text(f.status),
        word: word(f.word),
        open: f.open !== false,
        priority: text(f.priority),
    };
}

function rating(value: unknown): Rating | null {
    const f = fields(value);
    return f && { score: count(f.score), comment: text(f.comment), until: count(f.until) };
}

function row(value: unknown): Row | null {
    const f = fields(value);
    if (f === null) return null;
    return {
        conversation: text(f.conversation) || null,
        ticket: typeof f.ticket === "number" ? f.ticket : null,
        number: text(f.number),
        subject: text(f.subject),
        word: word(f.word),
        open: f.open === true,
        mine: f.mine !== false,
        updated: count(f.updated),
        unread: count(f.unread),
    };
}

function opened(f: Fields): Opened | null {
    const now = ticket(f.ticket);
    if (now === null || typeof f.id !== "string") return null;
    return {
        id: f.id,
        reference: text(f.reference),
        subject: text(f.subject),
        lastSeq: count(f.last_seq),
        mayWrite: f.may_write === true,
        reading: f.reading === "now" || f.reading === "failed" ? f.reading : "no",
        rating: rating(f.rating),
        ticket: now,
    };
}

function there<T>(value: unknown, one: (value: unknown) => T | null): T[] {
    const list = Array.isArray(value) ? value.map(one) : [];
    return list.filter((each): each is T => each !== null);
}

function conversation(value: unknown): Conversation | null {
    const f = fields(value);
    if (f === null || typeof f.id !== "string") return null;
    return {
        id: f.id,
        reference: text(f.reference),
        lastSeq: count(f.last_seq),
        rating: rating(f.rating),
        ticket: ticket(f.ticket),
    };
}

function file(value: unknown): MessageFile | null {
    const f = fields(value);
    if (f === null || typeof f.id !== "string") return null;
    return {
        id: f.id,
        name: text(f.name),
        type: text(f.type),
        size: count(f.size),
        width: count(f.width),
        height: count(f.height),
    };
}

function fileLimits(value: unknown): FileLimits {
    const f = fields(value) ?? {};
    return {
        maxBytes: count(f.max_bytes, FILE_LIMITS.maxBytes),
        count: count(f.count, FILE_LIMITS.count),
        chunk: count(f.chunk, FILE_LIMITS.chunk) || FILE_LIMITS.chunk,
        types: Array.isArray(f.types) ? f.types.map(text) : [],
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
        files: Array.isArray(f.files) ? f.files.map(file).filter((one) => one !== null) : [],
    };
}

function promised(value: unknown): Promised {
    const f = fields(value) ?? {};
    return { answerMs: count(f.answer_ms), opensAt: count(f.opens_at) };
}

function welcome(f: Fields): ServerFrame {
    const person = fields(f.person);
    const limits = fields(f.limits) ?? {};
    const may = fields(f.may) ?? {};
    return {
        t: "welcome",
        person: person && {
            name: text(person.name),
            email: text(person.email),
            verified: person.verified === true,
        },
        prove: there(f.prove, (one) => text(one) || null),
        provider: text(f.provider),
        conversation: conversation(f.conversation),
        limits: {
            body: count(limits.body, LIMITS.body),
            name: count(limits.name, LIMITS.name),
            email: count(limits.email, LIMITS.email),
            files: fileLimits(limits.files),
        },
        heartbeatMs: count(f.heartbeat_ms),
        staff: f.staff === true,
        promise: promised(f.promise),
        priorities: there(f.priorities, (one) => text(one) || null),
        may: {
            solved: may.solved === true,
            help: may.help === true,
            transcript: may.transcript === true,
        },
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
        case "proving":
            return { t: "proving", email: text(f.email), retryMs: count(f.retry_ms) };
        case "sign_in": {
            const url = text(f.url);
            return /^https?:\/\//.test(url) ? { t: "sign_in", url } : null;
        }
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
            const messages = there(f.messages, message);
            return { t: "messages", conversation: id, messages, more: f.more === true };
        }
        case "tickets":
            return {
                t: "tickets",
                which: text(f.which),
                query: text(f.query),
                after: text(f.after),
                rows: there(f.rows, row),
                before: text(f.before) || null,
                unread: count(f.unread),
                older: f.older === "reading" || f.older === "unknown" ? f.older : "whole",
            };
        case "conversation": {
            const now = opened(f);
            return now && { t: "conversation", opened: now };
        }
        case "history":
            return { t: "history", conversation: id, good: f.state === "done" };
        case "unread": {
            const { unread, total } = f;
            return { t: "unread", conversation: id, unread: count(unread), total: count(total) };
        }
        case "changed": {
            const now = Array.isArray(f.messages) ? message(f.messages[0]) : null;
            return { t: "changed", conversation: id, seq: count(f.seq), message: now };
        }
        case "ticket": {
            const now = ticket(f);
            return now && { t: "ticket", conversation: id, ticket: now };
        }
        case "rating":
            return { t: "rating", conversation: id, rating: rating(f.rating) };
        case "typing":
            return { t: "typing", conversation: id, who: text(f.who) };
        case "presence":
            return { t: "presence", staff: f.staff === true, promise: promised(f.promise) };
        case "pong":
            return { t: "pong" };
        case "error":
            return {
                t: "error",
                code: text(f.code),
                text: text(f.text),
                clientId: text(f.client_id) || null,
                retryMs: count(f.retry_ms),
                conversation: text(f.conversation),
            };
        default:
            return null;
    }
}

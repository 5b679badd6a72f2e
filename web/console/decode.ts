// From the text of a frame to a value of a known shape. What is missing becomes empty, what is
// unknown becomes null: the page never trusts a frame further than its own types.

import { FILE_LIMITS } from "../files/uploads";
import type { FileLimits } from "../files/uploads";
import type {
    Act, Box, Colleague, Conflict, Entry, Filing, From, Mark, Member, Message, MessageFile, Options,
    Seen, ServerFrame, Summary, Technician, Ticket, TicketFacts, TicketField,
} from "./protocol";
import { bag, list, parse, text, textOrNull, whole, words } from "./shape";

const FROM: readonly From[] = ["person", "staff", "note", "event", "act"];
const FILING: readonly Filing[] = ["waiting", "sending", "in_doubt", "filed", "parked",
    "given_up"];

function from(value: unknown): From {
    return FROM.find((known) => known === value) ?? "event";
}

function filing(value: unknown): Filing {
    return FILING.find((known) => known === value) ?? "waiting";
}

const FIELDS: readonly [TicketField, string][] = [["status", "status"], ["priority", "priority"],
    ["issueType", "issue_type"], ["assignee", "assignee"], ["due", "due"]];

function facts(value: unknown): Partial<TicketFacts> {
    const b = bag(value);
    return {
        ...(b.status !== undefined && { status: text(b.status) }),
        ...(b.priority !== undefined && { priority: text(b.priority) }),
        ...(b.issue_type !== undefined && { issueType: text(b.issue_type) }),
        ...(b.assignee !== undefined && { assignee: whole(b.assignee) }),
        ...(b.due !== undefined && { due: whole(b.due) }),
    };
}

function conflicts(value: unknown): Conflict[] {
    const b = bag(value);
    return FIELDS.filter(([, key]) => b[key] !== undefined).map(([field, key]) => {
        const one = bag(b[key]);
        const read = field === "assignee" || field === "due" ? whole : text;
        return { field, was: read(one.was), now: read(one.now), mine: read(one.mine) };
    });
}

function technician(value: unknown): Technician {
    const b = bag(value);
    return { id: whole(b.id), name: text(b.name) };
}

function ticket(value: unknown): Ticket {
    const b = bag(value);
    const url = text(b.url);
    return {
        id: whole(b.id),
        number: textOrNull(b.number),
        url: /^https?:\/\//.test(url) ? url : null,
        state: filing(b.state),
        status: text(b.status),
        priority: text(b.priority),
        issueType: text(b.issue_type),
        assignee: text(b.assignee),
        assigneeId: whole(b.assignee_id),
        due: whole(b.due),
        pending: facts(b.pending),
        conflict: b.conflict === true,
        reason: text(b.reason),
    };
}

function who(value: unknown): Colleague | null {
    const b = bag(value);
    return text(b.id) === "" ? null : { id: text(b.id), name: text(b.name) };
}

function box(value: unknown): Box {
    return value === "note" ? "note" : "reply";
}

function seen(value: unknown): Seen {
    const b = bag(value);
    return { seq: whole(b.seq), at: whole(b.at) };
}

function mark(value: unknown): Mark {
    const b = bag(value);
    return { conversation: text(b.conversation), seq: whole(b.seq), at: whole(b.at) };
}

function member(value: unknown): Member {
    const b = bag(value);
    return {
        id: text(b.id), name: text(b.name), role: text(b.role), present: b.present === true,
        away: b.away === true,
    };
}

function act(value: unknown): Act | undefined {
    const b = bag(value);
    switch (b.act) {
        case "assign":
            return { act: "assign", to: text(b.to) };
        case "unassign":
        case "wake":
            return { act: b.act };
        case "snooze":
            return { act: "snooze", until: whole(b.until) };
        case "unanswered":
            return { act: "unanswered", minutes: whole(b.minutes) };
        case "tags":
            return { act: "tags", tags: words(b.tags) };
        case "rated":
            return { act: "rated", score: whole(b.score) };
        case "transcript":
            return { act: "transcript" };
        default:
            return undefined;
    }
}

function rating(value: unknown): Summary["rating"] {
    const b = bag(value);
    const score = whole(b.score);
    return score === 0 ? null : { score, comment: text(b.comment), at: whole(b.at) };
}

export function summary(value: unknown): Summary {
    const b = bag(value);
    return {
        id: text(b.id),
        reference: text(b.reference),
        name: text(b.name),
        email: text(b.email),
        verified: b.verified === true,
        company: text(b.company),
        subject: text(b.subject),
        lastBody: text(b.last_body),
        lastFrom: from(b.last_from),
        lastAt: whole(b.last_at),
        lastSeq: whole(b.last_seq),
        lastSaid: whole(b.last_said),
        waitingSince: whole(b.waiting_since) || null,
        open: b.state !== "closed",
        staff: who(b.staff),
        merged: textOrNull(b.merged),
        person: text(b.person),
        snoozedUntil: whole(b.snoozed_until) || null,
        tags: words(b.tags),
        created: whole(b.created),
        closedAt: whole(b.closed_at) || null,
        answeredAt: whole(b.answered_at) || null,
        rating: rating(b.rating),
        unanswered: b.unanswered === true,
        ticket: ticket(b.ticket),
    };
}

function file(value: unknown): MessageFile {
    const b = bag(value);
    return {
        id: text(b.id), name: text(b.name), type: text(b.type), size: whole(b.size),
        width: whole(b.width), height: whole(b.height),
    };
}

function fileLimits(value: unknown): FileLimits {
    const b = bag(value);
    return {
        maxBytes: whole(b.max_bytes) || FILE_LIMITS.maxBytes,
        count: whole(b.count),
        chunk: whole(b.chunk) || FILE_LIMITS.chunk,
        types: words(b.types),
    };
}

function message(value: unknown): Message {
    const b = bag(value);
    const did = act(b.act);
    return {
        seq: whole(b.seq),
        id: text(b.id),
        from: from(b.from),
        name: text(b.name),
        body: text(b.body),
        at: whole(b.at),
        clientId: textOrNull(b.client_id),
        ...(did !== undefined && { act: did }),
        ...(whole(b.edited) > 0 && { edited: true }),
        ...(b.removed === true && { removed: true }),
        ...(list(b.files).length > 0 && { files: list(b.files).map(file) }),
    };
}

function entry(value: unknown): Entry {
    const b = bag(value);
    return {
        id: text(b.id),
        kind: text(b.kind),
        state: filing(b.state),
        reason: text(b.reason),
        attempts: whole(b.attempts),
        seqFrom: whole(b.seq_from),
        seqTo: whole(b.seq_to),
        at: whole(b.at),
        sent: whole(b.sent),
        done: whole(b.done),
        change: facts(b.change),
        conflict: conflicts(b.conflict),
    };
}

function options(value: unknown): Options {
    const b = bag(value);
    return {
        statuses: words(b.statuses),
        priorities: words(b.priorities),
        issueTypes: words(b.problem_types),
        technicians: list(b.technicians).map(technician).filter((one) => one.id > 0),
        seenOnly: b.technicians_seen === true,
    };
}

/** The frame, or null when it is none that the console knows. */
export function decode(data: unknown): ServerFrame | null {
    const b = parse(typeof data === "string" ? data : "");
    const conversation = text(b.conversation);
    switch (b.t) {
        case "welcome":
            return {
                t: "welcome",
                id: text(b.id),
                role: text(b.role),
                name: text(b.name),
                heartbeatMs: whole(b.heartbeat_ms),
                options: options(b.options),
                mail: b.mail === true,
                files: fileLimits(b.files),
            };
        case "team":
            return { t: "team", members: list(b.members).map(member) };
        case "inbox":
            return {
                t: "inbox",
                conversations: list(b.conversations).map(summary),
                first: b.first !== false,
                after: typeof b.after === "string" ? b.after : null,
            };
        case "summary":
            return { t: "summary", conversation: summary(b.conversation) };
        case "messages": {
            const messages = list(b.messages).map(message).filter((m) => m.seq > 0);
            return { t: "messages", conversation, messages, more: b.more === true };
        }
        case "changed":
            return { t: "changed", conversation, messages: list(b.messages).map(message) };
        case "outbox":
            return { t: "outbox", conversation, entries: list(b.entries).map(entry) };
        case "ack":
            return {
                t: "ack",
                clientId: text(b.client_id),
                conversation,
                seq: whole(b.seq),
                at: whole(b.at),
            };
        case "options":
            return { t: "options", options: options(b) };
        case "typing":
            return { t: "typing", conversation, who: text(b.who), staff: who(b.staff),
                box: box(b.box) };
        case "looking":
            return { t: "looking", conversation, staff: list(b.staff).map(who)
                .filter((one): one is Colleague => one !== null) };
        case "talk":
            return {
                t: "talk", conversation, reply: text(b.reply), note: text(b.note),
                read: whole(b.read), seen: seen(b.person),
            };
        case "draft":
            return { t: "draft", conversation, box: box(b.box), body: text(b.body) };
        case "read":
            return { t: "read", conversation, seq: whole(b.seq) };
        case "seen":
            return { t: "seen", conversation, seen: seen(b) };
        case "marks":
            return { t: "marks", reads: list(b.reads).map(mark),
                mentions: list(b.mentions).map(mark) };
        case "mention":
            return { t: "mention", conversation, seq: whole(b.seq), at: whole(b.at),
                by: text(b.by) };
        case "settings":
        case "pong":
            return { t: b.t };
        case "error":
            return {
                t: "error",
                code: text(b.code),
                text: text(b.text),
                clientId: textOrNull(b.client_id),
                retryMs: whole(b.retry_ms),
            };
        default:
            return null;
    }
}

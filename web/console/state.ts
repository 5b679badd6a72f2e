// What the console knows, as values that are never changed in place, and the rules on them.

import type { Ask } from "./acts";
import type {
    Box, Colleague, DeskFrame, Entry, Member, Message, MessageFile, Options, Seen, Summary,
    TicketField,
} from "./protocol";
import type { Place } from "./place";
import type { Problem } from "./rest/call";
import { NO_TARGETS } from "./targets";
import type { Targets } from "./targets";
import { FIRST_VIEW } from "./views";
import type { SavedView, View } from "./views";

/** A message on its way to the server; once acknowledged it is a Message. */
export interface Outgoing {
    clientId: string;
    conversation: string;
    kind: "reply" | "note";
    body: string;
    at: number;
    /** Of a reply: the last seq that was there when it was sent. */
    seen?: number;
    failed: boolean;
    reason: string;
    files?: MessageFile[];
}

/** A change of the ticket that the server does not have yet; then the summary tells of it. */
export interface Change {
    clientId: string;
    conversation: string;
    field: TicketField;
    value: string | number;
    state: "sending" | "queued" | "failed";
    reason: string;
}

export interface Thread {
    messages: Message[];
    loading: boolean;
    entries: Entry[] | null;
    /** Who writes: the person, or one of staff in one of the boxes. */
    typing: { who: string; name: string; box: Box } | null;
    /** Who else looks at it. */
    looking: Colleague[];
    /** How far the person has read. */
    seen: Seen;
    /** How far we had, when it was opened; -1: not known yet. */
    readAt: number;
    /** The seq from which a hole was asked for, so that it is asked for once. */
    asked: number;
    /** Retry was asked for and no outbox frame has come since. */
    retrying: boolean;
}

export type Focus = "row" | "filters" | "thread" | "reply" | "note" | "ticket";

/** Conversations that are closed, as far as they were asked for. */
export interface Closed {
    rows: Summary[];
    more: boolean;
    loading: boolean;
    problem: Problem | null;
}

export interface State {
    line: "connecting" | "up" | "down";
    retryAt: number;
    me: string;
    myId: string;
    team: Member[];
    /** What was asked for and is not answered yet. */
    acts: DeskFrame[];
    /** The dialog that is open about what to do with conversations. */
    ask: Ask | null;
    options: Options;
    /** The server sends letters. */
    mail: boolean;
    /** What became of the transcript that was asked for last. */
    transcript: { conversation: string; text: string } | null;
    loaded: boolean;
    inbox: Summary[];
    /** Which of them are shown; `chosen`: here, and not only remembered. */
    view: View;
    chosen: boolean;
    own: SavedView[];
    shared: SavedView[];
    targets: Targets;
    closed: Closed;
    /** The filters can be seen. */
    filters: boolean;
    selected: ReadonlySet<string>;
    /** Where a selection began. */
    anchor: string | null;
    /** What came of the last thing done to several. */
    result: string;
    /** Why something was not done, until it was seen; "": nothing. */
    notice: string;
    cursor: string | null;
    place: Place;
    threads: ReadonlyMap<string, Thread>;
    /** How far we have read the open conversations. */
    reads: ReadonlyMap<string, number>;
    /** Where we were named and have not read it: the seq. */
    mentions: ReadonlyMap<string, number>;
    outgoing: Outgoing[];
    changes: Change[];
    focus: { on: Focus; turn: number };
    announce: { text: string; turn: number };
    help: boolean;
    palette: boolean;
    keys: boolean;
}

export const THREADS_MAX = 30;

export const emptyThread: Thread = {
    messages: [], loading: true, entries: null, typing: null, looking: [],
    seen: { seq: 0, at: 0 }, readAt: -1, asked: -1, retrying: false,
};

export function initial(place: Place, outgoing: Outgoing[], keys: boolean): State {
    return {
        line: "connecting",
        retryAt: 0,
        me: "",
        myId: "",
        team: [],
        acts: [],
        ask: null,
        options: {
            statuses: [], priorities: [], issueTypes: [], technicians: [], seenOnly: false,
        },
        mail: false,
        transcript: null,
        loaded: false,
        inbox: [],
        view: FIRST_VIEW,
        chosen: false,
        own: [],
        shared: [],
        targets: NO_TARGETS,
        closed: { rows: [], more: false, loading: false, problem: null },
        filters: false,
        selected: new Set(),
        anchor: null,
        result: "",
        notice: "",
        cursor: place.open,
        place,
        threads: new Map(),
        reads: new Map(),
        mentions: new Map(),
        outgoing,
        changes: [],
        focus: { on: "row", turn: 0 },
        announce: { text: "", turn: 0 },
        help: false,
        palette: false,
        keys,
    };
}

/** Who waits longest comes first; where nobody waits, what was said last; who sleeps comes last. */
export function sortInbox(all: Summary[]): Summary[] {
    return [...all].sort((a, b) => {
        if ((a.snoozedUntil === null) !== (b.snoozedUntil === null))
            return a.snoozedUntil === null ? -1 : 1;
        if (a.waitingSince !== null && b.waitingSince !== null)
            return a.waitingSince - b.waitingSince || (a.id < b.id ? -1 : 1);
        if (a.waitingSince !== null) return -1;
        if (b.waitingSince !== null) return 1;
        return b.lastAt - a.lastAt || (a.id < b.id ? -1 : 1);
    });
}

/** The inbox with this summary in its place; a closed one stays only while it is `kept` open. */
export function putSummary(all: Summary[], one: Summary, kept: string | null): Summary[] {
    const others = all.filter((s) => s.id !== one.id);
    return one.open || one.id === kept ? sortInbox([...others, one]) : others;
}

export function waitingCount(all: Summary[]): number {
    return all.filter((s) => s.waitingSince !== null).length;
}

/** By seq, each once; a later copy replaces an earlier one but keeps its client id. */
export function mergeMessages(old: Message[], more: Message[]): Message[] {
    const bySeq = new Map(old.map((m) => [m.seq, m]));
    for (const m of more) {
        const clientId = m.clientId ?? bySeq.get(m.seq)?.clientId ?? null;
        bySeq.set(m.seq, { ...m, clientId });
    }
    return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** The last seq before the first hole; 0 when nothing is there. */
export function unbroken(messages: Message[]): number {
    let seq = 0;
    for (const m of messages) {
        if (m.seq !== seq + 1) break;
        seq = m.seq;
    }
    return seq;
}

export function lastSeq(messages: Message[]): number {
    return messages[messages.length - 1]?.seq ?? 0;
}

/** The threads with this one put last; the oldest beyond the limit goes, never `kept`. */
export function putThread(
    all: ReadonlyMap<string, Thread>, id: string, thread: Thread, kept: string | null,
): ReadonlyMap<string, Thread> {
    const next = new Map(all);
    next.set(id, thread);
    for (const key of next.keys()) {
        if (next.size <= THREADS_MAX) break;
        if (key !== kept && key !== id) next.delete(key);
    }
    return next;
}

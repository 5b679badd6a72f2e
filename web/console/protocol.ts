// The frames of parley.v1 that the console reads and writes (docs/protocol.md, "Staff's frames").

import type { FileLimits } from "../files/uploads";

export type From = "person" | "staff" | "note" | "event" | "act";
export type Filing = "waiting" | "sending" | "in_doubt" | "filed" | "parked" | "given_up";

export interface MessageFile {
    id: string;
    name: string;
    type: string;
    size: number;
    /** Of a picture; 0 when not known. */
    width: number;
    height: number;
}

export interface Message {
    seq: number;
    id: string;
    from: From;
    name: string;
    body: string;
    at: number;
    clientId: string | null;
    /** What one of staff did; of a message from "act" only. */
    act?: Act;
    /** It was changed in the PSA since; removed: it is not there any more. */
    edited?: boolean;
    removed?: boolean;
    files?: MessageFile[];
}

export type Act =
    | { act: "assign"; to: string }
    | { act: "unassign" | "wake" }
    | { act: "snooze"; until: number }
    | { act: "unanswered"; minutes: number }
    | { act: "tags"; tags: string[] }
    | { act: "rated"; score: number }
    | { act: "transcript" };

export type Box = "reply" | "note";

export interface Colleague {
    id: string;
    name: string;
}

/** How far the person has read; seq 0: not at all. */
export interface Seen {
    seq: number;
    at: number;
}

export interface Mark {
    conversation: string;
    seq: number;
    at: number;
}

export interface Member {
    id: string;
    name: string;
    role: string;
    /** At the console now. */
    present: boolean;
    /** They said so themselves: nothing is given to them. */
    away: boolean;
}

/** What of a ticket can be set here. */
export interface TicketFacts {
    status: string;
    priority: string;
    issueType: string;
    /** The PSA's id of who works on it; 0: nobody. */
    assignee: number;
    /** When it is due; 0: not said. */
    due: number;
}

export type TicketField = keyof TicketFacts;

export interface Ticket {
    /** The PSA's; 0: there is none. */
    id: number;
    number: string | null;
    url: string | null;
    state: Filing;
    status: string;
    priority: string;
    issueType: string;
    assignee: string;
    assigneeId: number;
    due: number;
    /** What waits to be changed in the PSA. */
    pending: Partial<TicketFacts>;
    /** A change met another's: its entry of the outbox says so. */
    conflict: boolean;
    reason: string;
}

export interface Summary {
    id: string;
    reference: string;
    name: string;
    email: string;
    /** The person has proved that the address is theirs. */
    verified: boolean;
    company: string;
    subject: string;
    lastBody: string;
    lastFrom: From;
    lastAt: number;
    lastSeq: number;
    /** The seq of the last message; notes and events are none. */
    lastSaid: number;
    waitingSince: number | null;
    open: boolean;
    /** Who has it. */
    staff: { id: string; name: string } | null;
    /** The conversation in which it goes on. */
    merged: string | null;
    /** Whose it is. */
    person: string;
    snoozedUntil: number | null;
    tags: string[];
    created: number;
    closedAt: number | null;
    /** The first reply of staff. */
    answeredAt: number | null;
    /** What the person says of it, 1 to 5. */
    rating: { score: number; comment: string; at: number } | null;
    /** Nobody answered in time, and others were told of it. */
    unanswered: boolean;
    ticket: Ticket;
}

export interface Entry {
    id: string;
    kind: string;
    state: Filing;
    reason: string;
    attempts: number;
    seqFrom: number;
    seqTo: number;
    at: number;
    /** When it was sent last, and when it was done with; 0: not yet. */
    sent: number;
    done: number;
    /** What it changes in the ticket. */
    change: Partial<TicketFacts>;
    conflict: Conflict[];
}

/** Something that somebody in the PSA changed before our change of it could be sent. */
export interface Conflict {
    field: TicketField;
    was: string | number;
    now: string | number;
    mine: string | number;
}

export interface Options {
    statuses: string[];
    priorities: string[];
    issueTypes: string[];
    technicians: Technician[];
    /** They are not listed there: these were seen on tickets. */
    seenOnly: boolean;
}

export interface Technician {
    id: number;
    name: string;
}

export type ServerFrame =
    | {
          t: "welcome";
          id: string;
          name: string;
          role: string;
          heartbeatMs: number;
          options: Options;
          /** The server sends letters. */
          mail: boolean;
          files: FileLimits;
      }
    | { t: "team"; members: Member[] }
    /** A piece; while `after` is not null there are more. */
    | { t: "inbox"; conversations: Summary[]; first: boolean; after: string | null }
    | { t: "summary"; conversation: Summary }
    | { t: "messages"; conversation: string; messages: Message[]; more: boolean }
    | { t: "changed"; conversation: string; messages: Message[] }
    | { t: "outbox"; conversation: string; entries: Entry[] }
    | { t: "ack"; clientId: string; conversation: string; seq: number; at: number }
    | { t: "options"; options: Options }
    /** Of staff with who it is, and in which box. */
    | { t: "typing"; conversation: string; who: string; staff: Colleague | null; box: Box }
    | { t: "looking"; conversation: string; staff: Colleague[] }
    /** One's own drafts, how far one has read, how far the person has and when. */
    | { t: "talk"; conversation: string; reply: string; note: string; read: number; seen: Seen }
    | { t: "draft"; conversation: string; box: Box; body: string }
    | { t: "read"; conversation: string; seq: number }
    | { t: "seen"; conversation: string; seen: Seen }
    | { t: "marks"; reads: Mark[]; mentions: Mark[] }
    | { t: "mention"; conversation: string; seq: number; at: number; by: string }
    /** What administrators set for the inbox of all was changed. */
    | { t: "settings" }
    | { t: "pong" }
    | { t: "error"; code: string; text: string; clientId: string | null; retryMs: number };

export type ClientFrame =
    | { t: "hello"; v: 1 }
    | { t: "inbox"; after: string }
    | { t: "open" | "resume"; conversation: string; since: number }
    | { t: "reply" | "note"; client_id: string; conversation: string; body: string;
          files?: string[]; seen?: number }
    | {
          t: "set";
          client_id: string;
          conversation: string;
          status?: string;
          priority?: string;
          issue_type?: string;
          assignee?: number;
          due?: number;
      }
    | DeskFrame
    | { t: "settle"; client_id: string; conversation: string; entry: number; keep: boolean }
    | { t: "retry"; conversation: string }
    | { t: "typing"; conversation: string; box: Box }
    | { t: "draft"; client_id: string; conversation: string; box: Box; body: string }
    | { t: "look"; conversation: string; looks: boolean }
    | { t: "read"; conversation: string; seq: number }
    | { t: "ping" };

/** What staff do with a conversation beside talking in it. */
export type DeskFrame = { client_id: string; conversation: string } & (
    | { t: "assign"; staff: string | null; was?: string | null; body?: string }
    | { t: "snooze"; until: number }
    /** seen: not where the person has written since. */
    | { t: "close" | "reopen"; status?: string; seen?: number }
    | { t: "tags"; tags: string[] }
    | { t: "merge"; into: string }
    | { t: "transcript" }
);

/** Bytes of a message's body, in UTF-8. */
export const BODY_MAX = 8000;
export const SUBPROTOCOL = "parley.v1";

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
    | { act: "tags"; tags: string[] };

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
    waitingSince: number | null;
    open: boolean;
    /** Who has it. */
    staff: { id: string; name: string } | null;
    snoozedUntil: number | null;
    tags: string[];
    created: number;
    closedAt: number | null;
    /** The first reply of staff. */
    answeredAt: number | null;
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
    | { t: "typing"; conversation: string; who: string }
    /** I was mentioned. */
    | { t: "mention"; conversation: string; seq: number; at: number; by: string }
    | { t: "pong" }
    | { t: "error"; code: string; text: string; clientId: string | null; retryMs: number };

export type ClientFrame =
    | { t: "hello"; v: 1 }
    | { t: "inbox"; after: string }
    | { t: "open" | "resume"; conversation: string; since: number }
    | { t: "reply" | "note"; client_id: string; conversation: string; body: string;
          files?: string[] }
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
    | { t: "retry" | "typing"; conversation: string }
    | { t: "ping" };

/** What staff do with a conversation beside talking in it. */
export type DeskFrame = { client_id: string; conversation: string } & (
    | { t: "assign"; staff: string | null; was?: string | null; body?: string }
    | { t: "snooze"; until: number }
    | { t: "close" | "reopen"; status?: string }
    | { t: "tags"; tags: string[] }
);

/** Bytes of a message's body, in UTF-8. */
export const BODY_MAX = 8000;
export const SUBPROTOCOL = "parley.v1";

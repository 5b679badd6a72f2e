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

export interface Ticket {
    number: string | null;
    url: string | null;
    state: Filing;
    status: string;
    priority: string;
    assignee: string;
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
}

export interface Options {
    statuses: string[];
    priorities: string[];
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
    | { t: "inbox"; conversations: Summary[] }
    | { t: "summary"; conversation: Summary }
    | { t: "messages"; conversation: string; messages: Message[]; more: boolean }
    | { t: "changed"; conversation: string; messages: Message[] }
    | { t: "outbox"; conversation: string; entries: Entry[] }
    | { t: "ack"; clientId: string; conversation: string; seq: number; at: number }
    | { t: "options"; options: Options }
    | { t: "typing"; conversation: string; who: string }
    | { t: "pong" }
    | { t: "error"; code: string; text: string; clientId: string | null; retryMs: number };

export type ClientFrame =
    | { t: "hello"; v: 1 }
    | { t: "open" | "resume"; conversation: string; since: number }
    | { t: "reply" | "note"; client_id: string; conversation: string; body: string;
          files?: string[] }
    | {
          t: "set";
          client_id: string;
          conversation: string;
          status?: string;
          priority?: string;
      }
    | DeskFrame
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

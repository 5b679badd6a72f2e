// The frames of parley.v1 that a person's browser reads and writes (docs/protocol.md).

import { FILE_LIMITS } from "../files/uploads";
import type { FileLimits } from "../files/uploads";
import type { Act } from "./view";

export const SUBPROTOCOL = "parley.v1";

export type From = "person" | "staff" | "event";
export type TicketState = "waiting" | "filed" | "delayed" | "none";

export interface MessageFile {
    id: string;
    name: string;
    type: string;
    size: number;
    /** Of a picture, 0 when not known. */
    width: number;
    height: number;
}

export interface Message {
    seq: number;
    from: From;
    name: string;
    body: string;
    at: number;
    clientId: string | null;
    files: readonly MessageFile[];
}

/** What a ticket's status means, in one of six words. */
export const WORDS = [
    "new",
    "working",
    "waiting_you",
    "waiting_us",
    "scheduled",
    "solved",
] as const;
export type Word = (typeof WORDS)[number];

export interface Ticket {
    number: string | null;
    state: TicketState;
    status: string;
    word: Word;
    open: boolean;
    priority: string;
}

export interface Person {
    name: string;
    email: string;
    /** Has proved who they are: then all their tickets are here. */
    verified: boolean;
}

/** One line of the list. conversation null: nobody has opened that ticket yet. */
export interface Row {
    conversation: string | null;
    ticket: number | null;
    number: string;
    subject: string;
    word: Word;
    open: boolean;
    mine: boolean;
    updated: number;
    unread: number;
}

export type Which = "open" | "closed";

/** What the person said of a closed conversation; it can be changed until then. */
export interface Rating {
    score: number;
    comment: string;
    until: number;
}

/** One that was opened. */
export interface Opened {
    id: string;
    reference: string;
    subject: string;
    lastSeq: number;
    mayWrite: boolean;
    reading: "no" | "now" | "failed";
    rating: Rating | null;
    ticket: Ticket;
}

export interface Conversation {
    id: string;
    reference: string;
    lastSeq: number;
    rating: Rating | null;
    ticket: Ticket | null;
}

export interface Limits {
    body: number;
    name: number;
    email: number;
    files: FileLimits;
}

/** What may be said of when an answer comes; 0: nothing. */
export interface Promised {
    answerMs: number;
    /** It is closed until then. */
    opensAt: number;
}

export type ServerFrame =
    | {
          t: "welcome";
          person: Person | null;
          conversation: Conversation | null;
          /** How a person proves here who they are, and the provider's name. */
          prove: string[];
          provider: string;
          limits: Limits;
          heartbeatMs: number;
          staff: boolean;
          promise: Promised;
          /** The account's urgencies, as it writes them. */
          priorities: string[];
          may: { solved: boolean; help: boolean; transcript: boolean };
      }
    | {
          t: "tickets";
          which: string;
          query: string;
          after: string;
          rows: Row[];
          before: string | null;
          unread: number;
          older: "whole" | "reading" | "unknown";
      }
    | { t: "conversation"; opened: Opened }
    | { t: "history"; conversation: string; good: boolean }
    | { t: "unread"; conversation: string; unread: number; total: number }
    | {
          t: "ack";
          clientId: string;
          conversation: string;
          reference: string;
          seq: number;
          at: number;
      }
    | { t: "messages"; conversation: string; messages: Message[]; more: boolean }
    | { t: "changed"; conversation: string; seq: number; message: Message | null }
    | { t: "ticket"; conversation: string; ticket: Ticket }
    | { t: "rating"; conversation: string; rating: Rating | null }
    | { t: "typing"; conversation: string; who: string }
    | { t: "presence"; staff: boolean; promise: Promised }
    | { t: "proving"; email: string; retryMs: number }
    | { t: "sign_in"; url: string }
    | { t: "pong" }
    /** `conversation`: where it goes on, of the code `moved`. */
    | { t: "error"; code: string; text: string; clientId: string | null; retryMs: number;
          conversation: string };

export type ClientFrame =
    | { t: "hello"; v: 1; token: string; language: string; site?: string; identity?: string }
    | { t: "prove"; email: string; client_id: string }
    | { t: "code"; code: string; email?: string; client_id: string }
    | { t: "sign_in"; client_id: string }
    | { t: "sign_out" }
    | {
          t: "start";
          client_id: string;
          name?: string;
          email?: string;
          body: string;
          subject?: string;
          urgency?: string;
          files?: string[];
      }
    | {
          t: "message";
          client_id: string;
          conversation: string;
          body: string;
          files?: string[];
      }
    | { t: "resume"; conversation: string; since: number }
    | { t: "typing"; conversation: string }
    | { t: "tickets"; which: Which; query: string; before?: string }
    | { t: "open"; conversation: string }
    | { t: "open"; ticket: number }
    | { t: "leave" }
    | { t: Act; client_id: string; conversation: string; score?: number; comment?: string }
    | { t: "read"; conversation: string; seq: number }
    | { t: "ping" };

/** The limits that hold before the server has said its own: bytes of UTF-8. */
export const LIMITS: Limits = { body: 8000, name: 100, email: 254, files: FILE_LIMITS };

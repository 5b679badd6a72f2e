// The frames of parley.v1 that a person's browser reads and writes (docs/protocol.md).

export const SUBPROTOCOL = "parley.v1";

export type From = "person" | "staff" | "event";
export type TicketState = "waiting" | "filed" | "delayed";

export interface Message {
    seq: number;
    from: From;
    name: string;
    body: string;
    at: number;
    clientId: string | null;
}

export interface Ticket {
    number: string | null;
    state: TicketState;
    status: string;
}

export interface Conversation {
    id: string;
    reference: string;
    lastSeq: number;
    ticket: Ticket | null;
}

export interface Limits {
    body: number;
    name: number;
    email: number;
}

export type ServerFrame =
    | {
          t: "welcome";
          person: { name: string; email: string } | null;
          conversation: Conversation | null;
          limits: Limits;
          heartbeatMs: number;
          staff: boolean;
      }
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
    | { t: "typing"; conversation: string; who: string }
    | { t: "presence"; staff: boolean }
    | { t: "pong" }
    | { t: "error"; code: string; text: string; clientId: string | null; retryMs: number };

export type ClientFrame =
    | { t: "hello"; v: 1; token: string }
    | { t: "start"; client_id: string; name: string; email: string; body: string }
    | { t: "message"; client_id: string; conversation: string; body: string }
    | { t: "resume"; conversation: string; since: number }
    | { t: "typing"; conversation: string }
    | { t: "ping" };

/** The limits that hold before the server has said its own: bytes of UTF-8. */
export const LIMITS: Limits = { body: 8000, name: 100, email: 254 };

// Letters to people: how they do, who writes of answers, what is parked.

import { bag, list, text, whole } from "../shape";
import { get, post } from "./call";

export interface Letter {
    id: string;
    kind: string;
    state: string;
    to: string;
    reason: string;
    /** Of the conversation; may be "". */
    reference: string;
    since: number;
}

const WRITERS = ["parley", "parley_all", "psa"] as const;
export type Writer = (typeof WRITERS)[number];

export const writerOf = (value: unknown): Writer =>
    WRITERS.find((one) => one === value) ?? "parley";

export interface Mail {
    /** off: no mail server is set. held: nothing can be sent. */
    state: "off" | "ok" | "held";
    url: string;
    from: string;
    answers: Writer;
    reason: string;
    nextTry: number;
    /** When the last was taken by the mail server; 0: never. */
    sent: number;
    waiting: number;
    /** The last test letter to oneself. */
    test: Letter | null;
    parked: Letter[];
    more: boolean;
}

function letter(value: unknown): Letter {
    const b = bag(value);
    return {
        id: text(b.id), kind: text(b.kind), state: text(b.state), to: text(b.to),
        reason: text(b.reason), reference: text(b.reference), since: whole(b.since),
    };
}

function mail(value: unknown): Mail {
    const b = bag(value);
    return {
        state: b.state === "ok" || b.state === "held" ? b.state : "off",
        url: text(b.url), from: text(b.from),
        answers: writerOf(b.answers),
        reason: text(b.reason), nextTry: whole(b.next_try), sent: whole(b.sent),
        waiting: whole(b.waiting),
        test: b.test === null ? null : letter(b.test),
        parked: list(b.parked).map(letter),
        more: b.more === true,
    };
}

export const readMail = () => get("/v1/mail", mail);

export const setWriter = (answers: Writer) => post("/v1/mail", { answers }, mail);

export const testMail = () => post("/v1/mail/test", {}, mail);

export const decideLetter = (id: string, what: "retry" | "discard") =>
    post(`/v1/mail/${encodeURIComponent(id)}/${what}`, {}, mail);

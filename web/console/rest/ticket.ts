// The ticket of a conversation: looking for another, attaching it, leaving it.

import { bag, list, text, whole } from "../shape";
import { nothing, post } from "./call";

export interface FoundTicket {
    id: number;
    number: string;
    subject: string;
    status: string;
    company: string;
    contact: string;
}

export interface FoundTickets {
    tickets: FoundTicket[];
    more: boolean;
}

export type Then = "next" | "new" | "none";

const at = (conversation: string, act: string) =>
    `/v1/conversations/${encodeURIComponent(conversation)}/${act}`;

export const searchTickets = (words: string) =>
    post("/v1/psa/tickets", { query: words }, (value): FoundTickets => ({
        more: bag(value).more === true,
        tickets: list(bag(value).tickets).map((one) => {
            const b = bag(one);
            return {
                id: whole(b.id), number: text(b.number), subject: text(b.subject),
                status: text(b.status), company: text(b.company), contact: text(b.contact),
            };
        }).filter((one) => one.id > 0),
    }));

/** `ticket` is the one that it has, 0 for none. */
export const detachTicket = (conversation: string, ticket: number, then: Then) =>
    post(at(conversation, "detach"), { ticket, then }, nothing);

export const attachTicket = (conversation: string, was: number, ticket: number,
    confirm: boolean) =>
    post(at(conversation, "attach"), { was, ticket, confirm }, nothing);

// Webhooks that go out, and what became of their deliveries.

import { bag, list, text, whole } from "../shape";
import { get, post } from "./call";

export interface Webhook {
    id: string;
    url: string;
    events: string[];
    on: boolean;
    /** When a delivery was last taken, and when one last was not; 0: never. */
    taken: number;
    refused: number;
    reason: string;
    waiting: number;
    failed: number;
}

export interface Webhooks {
    webhooks: Webhook[];
    events: string[];
    mayBePrivate: boolean;
    /** What was made just now, told this once; "" otherwise. */
    secret: string;
}

export interface Delivery {
    id: string;
    event: string;
    reference: string;
    state: string;
    at: number;
    attempts: number;
    status: number;
    reason: string;
}

export interface Deliveries {
    deliveries: Delivery[];
    more: boolean;
}

function webhook(value: unknown): Webhook {
    const b = bag(value);
    return {
        id: String(whole(b.id)), url: text(b.url), events: list(b.events).map(text),
        on: b.on === true, taken: whole(b.taken), refused: whole(b.refused),
        reason: text(b.reason), waiting: whole(b.waiting), failed: whole(b.failed),
    };
}

function webhooks(value: unknown): Webhooks {
    const b = bag(value);
    return {
        webhooks: list(b.webhooks).map(webhook), events: list(b.events).map(text),
        mayBePrivate: b.may_be_private === true, secret: text(b.secret),
    };
}

function deliveries(value: unknown): Deliveries {
    const b = bag(value);
    return {
        deliveries: list(b.deliveries).map((one) => {
            const d = bag(one);
            return {
                id: String(whole(d.id)), event: text(d.event), reference: text(d.reference),
                state: text(d.state), at: whole(d.at), attempts: whole(d.attempts),
                status: whole(d.status), reason: text(d.reason),
            };
        }),
        more: b.more === true,
    };
}

const at = (id: string) => `/v1/webhooks/${encodeURIComponent(id)}`;

export const listWebhooks = () => get("/v1/webhooks", webhooks);

export const addWebhook = (url: string, events: string[]) =>
    post("/v1/webhooks", { url, events }, webhooks);

export const changeWebhook = (
    id: string, change: { url?: string; events?: string[]; on?: boolean },
) => post(at(id), change, webhooks);

export const renewWebhook = (id: string) => post(`${at(id)}/secret`, {}, webhooks);

export const removeWebhook = (id: string) => post(`${at(id)}/remove`, {}, webhooks);

export const testWebhook = (id: string) => post(`${at(id)}/test`, {}, webhooks);

export const listDeliveries = (id: string) => get(`${at(id)}/deliveries`, deliveries);

export const retryDelivery = (id: string, delivery: string) =>
    post(`${at(id)}/deliveries/${encodeURIComponent(delivery)}/retry`, {}, deliveries);

// Connectors: what can be connected, what is, and how it is.

import { bag, list, text, whole, words } from "../shape";
import { strings } from "../strings";
import { get, nothing, post, sentence } from "./call";

export interface PsaField {
    name: string;
    label: string;
    hint: string;
    secret: boolean;
    max: number;
}

export interface Right {
    name: string;
    why: string;
}

/** The address that the PSA calls when something happens there. */
export interface Hook {
    url: string;
    /** ms since 1970; 0: not since the server started. */
    heard: number;
    guide: string[];
}

export interface Psa {
    kind: string;
    title: string;
    fields: PsaField[];
    rights: Right[];
    guide: string[];
}

export interface Company {
    id: number;
    name: string;
    email: string;
}

export interface Hour {
    at: number;
    calls: number;
    errors: number;
}

export interface Health {
    waiting: number;
    oldestWaiting: number | null;
    parked: number;
    inDoubt: number;
    budgetUsed: number;
    budgetLimit: number;
    lastCall: number | null;
    hours: Hour[];
}

export type ConnectorState = "ok" | "held" | "paused" | "new";

export interface Connector {
    kind: string;
    title: string;
    account: string;
    origin: string;
    tokenEnd: string;
    state: ConnectorState;
    reason: string;
    fallback: { id: number; name: string } | null;
    status: string;
    priority: string;
    problemType: string;
    health: Health;
}

export interface Defaults {
    fallback: { id: number; name: string } | null;
    status: string;
    priority: string;
    problemType: string;
}

export interface Lists {
    statuses: string[];
    priorities: string[];
    problemTypes: string[];
}

export interface Parked {
    conversation: string;
    reference: string;
    name: string;
    email: string;
    company: string;
    kind: string;
    reason: string;
    since: number;
    accountDiffers: boolean;
}

export interface Consequences {
    waiting: number;
    inDoubt: number;
    parked: number;
}

function field(value: unknown): PsaField {
    const b = bag(value);
    return {
        name: text(b.name), label: strings.heard(text(b.label)),
        hint: strings.heard(text(b.hint)), secret: b.secret === true,
        max: whole(b.max) || 500,
    };
}

function health(value: unknown): Health {
    const b = bag(value);
    return {
        waiting: whole(b.waiting),
        oldestWaiting: whole(b.oldest_waiting) || null,
        parked: whole(b.parked),
        inDoubt: whole(b.in_doubt),
        budgetUsed: whole(b.budget_used),
        budgetLimit: whole(b.budget_limit),
        lastCall: whole(b.last_call) || null,
        hours: list(b.hours).map((one) => {
            const h = bag(one);
            return { at: whole(h.at), calls: whole(h.calls), errors: whole(h.errors) };
        }),
    };
}

const STATES: readonly ConnectorState[] = ["ok", "held", "paused", "new"];

function connector(value: unknown): Connector {
    const b = bag(value);
    const fallback = bag(b.fallback);
    return {
        kind: text(b.kind),
        title: text(b.title) || text(b.kind),
        account: text(b.account),
        origin: text(b.origin),
        tokenEnd: text(b.token_end),
        state: STATES.find((known) => known === b.state) ?? "new",
        reason: sentence(text(b.reason)),
        fallback: whole(fallback.id) === 0 ? null
            : { id: whole(fallback.id), name: text(fallback.name) },
        status: text(b.status),
        priority: text(b.priority),
        problemType: text(b.problem_type),
        health: health(b.health),
    };
}

export const listPsas = () =>
    get("/v1/psas", (value) => list(bag(value).psas).map((one): Psa => {
        const b = bag(one);
        return {
            kind: text(b.kind),
            title: text(b.title),
            fields: list(b.fields).map(field),
            rights: list(b.rights).map((right) => (
                { name: text(bag(right).name), why: text(bag(right).why) })),
            guide: words(b.guide),
        };
    }));

export const listConnectors = () =>
    get("/v1/connectors", (value) => list(bag(value).connectors).map(connector));

const at = (kind: string, what: string) => `/v1/connectors/${encodeURIComponent(kind)}/${what}`;

export const understand = (kind: string, account: string) =>
    post("/v1/connectors/understand", { kind, account }, (value) => (
        { account: text(bag(value).account), origin: text(bag(value).origin) }));

export interface Saving extends Defaults {
    kind: string;
    account: string;
    /** "": keep the stored one. */
    token: string;
    test: string | null;
    insist: boolean;
}

export const saveConnector = (s: Saving) =>
    post("/v1/connectors/save", {
        kind: s.kind,
        account: s.account,
        ...(s.token !== "" && { token: s.token }),
        ...(s.test !== null && { test: s.test }),
        ...(s.insist && { insist: true }),
        fallback: s.fallback,
        status: s.status,
        priority: s.priority,
        problem_type: s.problemType,
    }, connector);

export const findCompanies = (kind: string, query: string) =>
    post(at(kind, "companies"), { query }, (value) => ({
        more: bag(value).more === true,
        companies: list(bag(value).companies).map((one): Company => {
            const b = bag(one);
            return { id: whole(b.id), name: text(b.name), email: text(b.email) };
        }).filter((one) => one.id > 0),
    }));

export const readLists = (kind: string) =>
    post(at(kind, "options"), {}, (value): Lists => {
        const b = bag(value);
        return {
            statuses: words(b.statuses),
            priorities: words(b.priorities),
            problemTypes: words(b.problem_types),
        };
    });

export type Turn = "pause" | "resume" | "remove";

export const turnConnector = (kind: string, turn: Turn) => post(at(kind, turn), {}, nothing);

export const consequences = (kind: string) =>
    get(at(kind, "consequences"), (value): Consequences => {
        const b = bag(value);
        return {
            waiting: whole(b.waiting), inDoubt: whole(b.in_doubt), parked: whole(b.parked),
        };
    });

export const listParked = (kind: string) =>
    get(at(kind, "parked"), (value) => ({
        more: bag(value).more === true,
        parked: list(bag(value).parked).map((one): Parked => {
            const b = bag(one);
            return {
                conversation: text(b.conversation), reference: text(b.reference),
                name: text(b.name), email: text(b.email), company: text(b.company),
                kind: text(b.kind), reason: sentence(text(b.reason)), since: whole(b.since),
                accountDiffers: b.account_differs === true,
            };
        }),
    }));

const outbox = (conversation: string, what: string) =>
    `/v1/outbox/${encodeURIComponent(conversation)}/${what}`;

export const retryParked = (conversation: string) =>
    post(outbox(conversation, "retry"), {}, nothing);

export const discardParked = (conversation: string) =>
    post(outbox(conversation, "discard"), {}, nothing);

export const chooseCompany = (conversation: string, company: Company) =>
    post(outbox(conversation, "company"), { customer: company.id, name: company.name }, nothing);


function hook(value: unknown): Hook {
    const b = bag(value);
    return { url: text(b.url), heard: whole(b.heard), guide: words(b.guide) };
}

export const readHook = (kind: string) => get(at(kind, "webhook"), hook);

export const renewHook = (kind: string) => post(at(kind, "webhook/renew"), {}, hook);

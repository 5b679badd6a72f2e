// People: who they are, what staff do about them, and what needs somebody's attention.

import { bag, list, text, textOrNull, whole } from "../shape";
import { get, nothing, post, query, sentence } from "./call";

export type How = "" | "contact" | "company" | "domain" | "staff" | "several" | "nobody";

export interface Person {
    id: string;
    name: string;
    email: string;
    company: string;
    verified: boolean;
    blocked: boolean;
    manager: boolean;
    how: How;
    created: number;
    /** 0: not known. */
    seen: number;
    conversations: number;
}

/** Who somebody may be in the PSA. */
export interface Candidate {
    customer: number;
    /** 0: the company itself. */
    contact: number;
    company: string;
    name: string;
    email: string;
    phone: string;
}

export interface Identity {
    kind: string;
    issuer: string;
    subject: string;
    created: number;
}

export interface Talk {
    id: string;
    reference: string;
    subject: string;
    number: string;
    status: string;
    open: boolean;
    last: number;
}

/** A ticket of theirs in the PSA that no conversation is about. */
export interface PsaTicket {
    number: string;
    subject: string;
    status: string;
    open: boolean;
    updated: number;
    url: string;
}

export interface PersonSession {
    verified: boolean;
    via: string;
    agent: string;
    created: number;
    seen: number;
    expires: number;
}

export interface PersonMail {
    kind: string;
    state: string;
    reference: string;
    created: number;
}

export interface PersonPage extends Person {
    verifiedAt: number;
    mailOffAt: number;
    checked: number;
    customer: number;
    contact: number;
    candidates: Candidate[];
    identities: Identity[];
    talks: Talk[];
    tickets: PsaTicket[];
    sessions: PersonSession[];
    mails: PersonMail[];
}

export interface Attention {
    kind: "several" | "nobody" | "parked";
    person: string;
    name: string;
    email: string;
    verified: boolean;
    candidates: Candidate[];
    conversation: string | null;
    reference: string;
    subject: string;
    reason: string;
    stopped: number;
    since: number;
}

export interface Contact {
    id: number;
    name: string;
    email: string;
    phone: string;
}

export interface Domain {
    domain: string;
    shown: string;
    company: string;
    since: number;
}

const HOWS: readonly How[] = ["contact", "company", "domain", "staff", "several", "nobody"];

function person(value: unknown): Person {
    const b = bag(value);
    return {
        id: text(b.id), name: text(b.name), email: text(b.email), company: text(b.company),
        verified: b.verified === true, blocked: b.blocked === true, manager: b.manager === true,
        how: HOWS.find((known) => known === b.how) ?? "", created: whole(b.created),
        seen: whole(b.seen), conversations: whole(b.conversations),
    };
}

function candidate(value: unknown): Candidate {
    const b = bag(value);
    return {
        customer: whole(b.customer), contact: whole(b.contact), company: text(b.company),
        name: text(b.name), email: text(b.email), phone: text(b.phone),
    };
}

function page(value: unknown): PersonPage {
    const b = bag(value);
    return {
        ...person(value),
        verifiedAt: whole(b.verified_at), mailOffAt: whole(b.mail_off_at),
        checked: whole(b.checked), customer: whole(b.customer), contact: whole(b.contact),
        candidates: list(b.candidates).map(candidate),
        identities: list(b.identities).map((one) => {
            const i = bag(one);
            return {
                kind: text(i.kind), issuer: text(i.issuer), subject: text(i.subject),
                created: whole(i.created),
            };
        }),
        talks: list(b.conversations).map((one) => {
            const t = bag(one);
            return {
                id: text(t.id), reference: text(t.reference), subject: text(t.subject),
                number: text(t.number), status: text(t.status), open: t.open === true,
                last: whole(t.last),
            };
        }),
        tickets: list(b.tickets).map((one) => {
            const t = bag(one);
            return {
                number: text(t.number), subject: text(t.subject), status: text(t.status),
                open: t.open === true, updated: whole(t.updated), url: text(t.url),
            };
        }),
        sessions: list(b.sessions).map((one) => {
            const s = bag(one);
            return {
                verified: s.verified === true, via: text(s.via), agent: text(s.agent),
                created: whole(s.created), seen: whole(s.seen), expires: whole(s.expires),
            };
        }),
        mails: list(b.mails).map((one) => {
            const m = bag(one);
            return {
                kind: text(m.kind), state: text(m.state), reference: text(m.reference),
                created: whole(m.created),
            };
        }),
    };
}

const at = (id: string, what = "") =>
    `/v1/people/${encodeURIComponent(id)}${what === "" ? "" : `/${what}`}`;

export const listPeople = (words: string, before: string) =>
    get(`/v1/people${query({ query: words, before })}`, (value) => ({
        people: list(bag(value).people).map(person),
        more: bag(value).more === true,
    }));

export const readPerson = (id: string) => get(at(id), page);

export const linkPerson = (id: string, to: Candidate) =>
    post(at(id, "link"), {
        customer: to.customer, contact: to.contact, company: to.company, contact_name: to.name,
    }, nothing);

export const unlinkPerson = (id: string, askAgain: boolean) =>
    post(at(id, "unlink"), { ask_again: askAgain }, nothing);

export const blockPerson = (id: string, blocked: boolean) =>
    post(at(id, blocked ? "block" : "unblock"), {}, nothing);

export const makeManager = (id: string, manager: boolean) =>
    post(at(id, "manager"), { manager }, nothing);

export const signOutPerson = (id: string) => post(at(id, "sign-out"), {}, nothing);

export const erasePerson = (id: string, email: string) => post(at(id, "erase"), { email }, nothing);

export const exportOf = (id: string) => at(id, "export");

export const listAttention = () =>
    get("/v1/attention", (value) => ({
        more: bag(value).more === true,
        items: list(bag(value).items).map((one): Attention => {
            const b = bag(one);
            return {
                kind: b.kind === "several" || b.kind === "nobody" ? b.kind : "parked",
                person: text(b.person), name: text(b.name), email: text(b.email),
                verified: b.verified === true, candidates: list(b.candidates).map(candidate),
                conversation: textOrNull(b.conversation), reference: text(b.reference),
                subject: text(b.subject), reason: sentence(text(b.reason)),
                stopped: whole(b.stopped), since: whole(b.since),
            };
        }),
    }));

/** Companies of the PSA that is connected, whichever it is. */
export const searchCompanies = (words: string) =>
    post("/v1/psa/companies", { query: words }, (value) => ({
        more: bag(value).more === true,
        companies: list(bag(value).companies).map((one) => {
            const b = bag(one);
            return { id: whole(b.id), name: text(b.name), email: text(b.email) };
        }).filter((one) => one.id > 0),
    }));

export const listContacts = (customer: number) =>
    post("/v1/psa/contacts", { customer }, (value) => ({
        more: bag(value).more === true,
        contacts: list(bag(value).contacts).map((one): Contact => {
            const b = bag(one);
            return {
                id: whole(b.id), name: text(b.name), email: text(b.email), phone: text(b.phone),
            };
        }).filter((one) => one.id > 0),
    }));

export const listDomains = () =>
    get("/v1/domains", (value) => list(bag(value).domains).map((one): Domain => {
        const b = bag(one);
        return {
            domain: text(b.domain), shown: text(b.shown), company: text(b.company),
            since: whole(b.since),
        };
    }));

export const mapDomain = (domain: string, company: { id: number; name: string }) =>
    post("/v1/domains", { domain, customer: company.id, name: company.name }, nothing);

export const removeDomain = (domain: string) => post("/v1/domains/remove", { domain }, nothing);

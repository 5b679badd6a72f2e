// Who is signed in, and everything that an account does for itself.

import { bag, list, text, textOrNull, whole, words } from "../shape";
import { get, nothing, post, problemOf, request, unreachable } from "./call";
import type { Answer } from "./call";

export type Role = "admin" | "technician";

export interface Brand {
    name: string;
    /** "#rrggbb", or "" when none is set. */
    color: string;
}

export interface Session {
    name: string;
    email: string;
    role: Role;
    totp: boolean;
    brand: Brand;
    /** The wizard's step, or null when it is through. */
    step: Step | null;
}

export const STEPS = ["brand", "psa", "connect", "defaults", "widget", "test", "done"] as const;
export type Step = (typeof STEPS)[number];

/** What is known before anybody has signed in. */
export interface Outside {
    setupNeeded: boolean;
    brand: Brand;
    oidc: string | null;
}

export interface Invitation {
    kind: "setup" | "invite" | "reset";
    name: string;
    email: string;
}

export interface Totp {
    secret: string;
    rows: string[];
}

export interface SignedIn {
    id: string;
    created: number;
    seen: number;
    address: string;
    agent: string;
    current: boolean;
}

export function brandOf(value: unknown): Brand {
    const b = bag(value);
    const color = text(b.color);
    return { name: text(b.name), color: /^#[0-9a-f]{6}$/i.test(color) ? color : "" };
}

function session(value: unknown): Session {
    const b = bag(value);
    const step = bag(b.setup).step;
    return {
        name: text(b.name),
        email: text(b.email),
        role: b.role === "admin" ? "admin" : "technician",
        totp: b.totp === true,
        brand: brandOf(b.brand),
        step: STEPS.find((known) => known === step && known !== "done") ?? null,
    };
}

export type Asked = Answer<Session> | { ok: false; outside: Outside };

/** Who am I? A refusal is no problem here: it says what may be done from outside. */
export async function whoAmI(): Promise<Asked> {
    const answer = await request("GET", "/v1/session", undefined);
    if (answer === undefined) return { ok: false, problem: unreachable() };
    const said = await answer.text().catch(() => "");
    let value: unknown = null;
    try {
        value = JSON.parse(said);
    } catch {
        // Not ours; told below.
    }
    if (answer.ok) return { ok: true, value: session(value) };
    if (answer.status !== 401) return { ok: false, problem: problemOf(answer.status, said) };
    const b = bag(value);
    const outside: Outside = {
        setupNeeded: b.setup_needed === true,
        brand: brandOf(b.brand),
        oidc: textOrNull(bag(b.oidc).name),
    };
    return { ok: false, outside };
}

export type Entry = { second: string } | { session: Session };

function entry(value: unknown): Entry {
    const second = text(bag(value).second);
    return second !== "" ? { second } : { session: session(value) };
}

export const signIn = (email: string, password: string) =>
    post("/v1/sign-in", { email, password }, entry);

export const signInSecond = (second: string, code: string) =>
    post("/v1/sign-in/second", { second, code }, entry);

export const signOut = () => post("/v1/sign-out", {}, nothing);

export const readLink = (token: string) =>
    post("/v1/link/read", { token }, (value): Invitation => {
        const b = bag(value);
        const kind = b.kind === "setup" || b.kind === "reset" ? b.kind : "invite";
        return { kind, name: text(b.name), email: text(b.email) };
    });

export const spendLink = (token: string, password: string, name: string, email: string) =>
    post("/v1/link/use", { token, password, ...(name !== "" && { name, email }) }, entry);

export const setPassword = (old: string, fresh: string) =>
    post("/v1/me/password", { old, new: fresh }, nothing);

export const beginTotp = (password: string) =>
    post("/v1/me/totp/begin", { password }, (value): Totp => {
        const b = bag(value);
        return { secret: text(b.secret), rows: words(b.qr) };
    });

export const confirmTotp = (code: string) =>
    post("/v1/me/totp/confirm", { code }, (value) => words(bag(value).recovery));

export const endTotp = (password: string) => post("/v1/me/totp/off", { password }, nothing);

export const mySessions = () =>
    get("/v1/me/sessions", (value) => list(bag(value).sessions).map((one): SignedIn => {
        const b = bag(one);
        return {
            id: text(b.id), created: whole(b.created), seen: whole(b.seen),
            address: text(b.address), agent: text(b.agent), current: b.current === true,
        };
    }));

export const signOutEverywhere = () => post("/v1/me/sign-out-everywhere", {}, nothing);

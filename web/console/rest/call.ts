// One request to the server's REST. Every answer is a value or a problem that a person can read.

import { bag, parse, text, whole } from "../shape";
import { strings } from "../strings";

export interface Problem {
    /** HTTP's; 0 when no answer came. */
    status: number;
    /** The server's word for it. */
    code: string;
    /** A sentence that says what to do. */
    text: string;
    /** The name of the input that is wrong, or "". */
    field: string;
    retryMs: number;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

const ANSWER_WITHIN_MS = 30_000;

let onSignedOut: () => void = () => undefined;

/** What to do when the server no longer knows who we are. */
export function whenSignedOut(what: () => void): void {
    onSignedOut = what;
}

/** A request found that the session is over. */
export function sessionEnded(): void {
    onSignedOut();
}

/** The server's words, as a sentence. */
export function sentence(words: string): string {
    const said = strings.heard(words);
    const end = said === "" || /[.!?…]$/.test(said) ? "" : ".";
    return said.slice(0, 1).toUpperCase() + said.slice(1) + end;
}

export function problemOf(status: number, body: string): Problem {
    const b = bag(parse(body));
    const retryMs = whole(b.retry_ms);
    return {
        status,
        code: text(b.code),
        text: sentence(text(b.error)) ||
            (status >= 500 ? strings.rest.broken : strings.rest.refused),
        field: text(b.field),
        retryMs,
    };
}

export function unreachable(): Problem {
    return { status: 0, code: "unreachable", text: strings.rest.unreachable, field: "",
        retryMs: 0 };
}

/** The raw answer; undefined when none came. Tells the house of a session that has ended. */
export async function request(
    method: "GET" | "POST", path: string, body: unknown, signal?: AbortSignal,
): Promise<Response | undefined> {
    try {
        const answer = await fetch(path, {
            method,
            cache: "no-store",
            credentials: "same-origin",
            redirect: "error",
            ...(method === "POST" && {
                headers: { "Content-Type": "application/json" },
                body: JSON.stringify(body ?? {}),
            }),
            ...(signal !== undefined && { signal }),
        });
        return answer;
    } catch {
        return undefined;
    }
}

/** Whether this answer means that nobody is signed in here any more. */
export function endsSession(problem: Problem): boolean {
    return problem.status === 401 && (problem.code === "sign_in" || problem.code === "");
}

async function call<T>(
    method: "GET" | "POST", path: string, body: unknown, decode: (value: unknown) => T,
): Promise<Answer<T>> {
    const stop = new AbortController();
    const timer = window.setTimeout(() => stop.abort(), ANSWER_WITHIN_MS);
    try {
        const answer = await request(method, path, body, stop.signal);
        if (answer === undefined) return { ok: false, problem: unreachable() };
        const said = answer.status === 204 ? "" : await answer.text();
        if (answer.ok) return { ok: true, value: decode(parse(said)) };
        const problem = problemOf(answer.status, said);
        if (endsSession(problem)) onSignedOut();
        return { ok: false, problem };
    } catch {
        return { ok: false, problem: unreachable() };
    } finally {
        window.clearTimeout(timer);
    }
}

export function get<T>(path: string, decode: (value: unknown) => T): Promise<Answer<T>> {
    return call("GET", path, undefined, decode);
}

export function post<T>(
    path: string, body: unknown, decode: (value: unknown) => T,
): Promise<Answer<T>> {
    return call("POST", path, body, decode);
}

export const nothing = (): null => null;

/** Of a query: ?a=b&c=d, without what is empty. */
export function query(of: Record<string, string>): string {
    const parts = Object.entries(of).filter(([, value]) => value !== "");
    return parts.length === 0 ? "" : `?${new URLSearchParams(parts).toString()}`;
}

// Hooks of the pages: what is loaded from the server, and what is done there.

import type { RefObject } from "preact";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import type { Answer, Problem } from "./rest/call";

export interface Loaded<T> {
    value: T | null;
    problem: Problem | null;
    loading: boolean;
    reload: () => Promise<void>;
    put: (value: T) => void;
}

/** Load now and whenever `key` changes; an answer that was overtaken is dropped. With `everyMs`
 * it is loaded again while the page can be seen. */
export function useLoad<T>(
    load: () => Promise<Answer<T>>, key: string, everyMs = 0,
): Loaded<T> {
    const [value, setValue] = useState<T | null>(null);
    const [problem, setProblem] = useState<Problem | null>(null);
    const [loading, setLoading] = useState(true);
    const turn = useRef(0);
    const latest = useRef(load);
    latest.current = load;

    const reload = useCallback(async () => {
        const mine = ++turn.current;
        const answer = await latest.current();
        if (mine !== turn.current) return;
        setLoading(false);
        if (answer.ok) setValue(answer.value);
        setProblem(answer.ok ? null : answer.problem);
    }, []);
    const put = useCallback((next: T) => {
        turn.current++;
        setValue(next);
    }, []);

    useEffect(() => {
        setLoading(true);
        void reload();
        return () => {
            turn.current++;
        };
    }, [key]);
    useEffect(() => {
        if (everyMs === 0) return undefined;
        const timer = window.setInterval(() => {
            if (!document.hidden) void reload();
        }, everyMs);
        return () => window.clearInterval(timer);
    }, [everyMs]);

    return { value, problem, loading, reload, put };
}

export interface Act {
    busy: boolean;
    problem: Problem | null;
    /** Do it, unless it is being done; resolves with the value, or null when it failed. */
    run: <T>(what: () => Promise<Answer<T>>) => Promise<{ value: T } | null>;
    clear: () => void;
    fail: (problem: Problem) => void;
}

/** One thing that a person does at a time, and what went wrong with it. */
export function useAct(): Act {
    const [busy, setBusy] = useState(false);
    const [problem, setProblem] = useState<Problem | null>(null);
    const running = useRef(false);

    const run = useCallback(async <T>(what: () => Promise<Answer<T>>) => {
        if (running.current) return null;
        running.current = true;
        setBusy(true);
        setProblem(null);
        const answer = await what();
        running.current = false;
        setBusy(false);
        if (answer.ok) return { value: answer.value };
        setProblem(answer.problem);
        return null;
    }, []);
    return { busy, problem, run, clear: () => setProblem(null), fail: setProblem };
}

/** A button that goes away when it was pressed takes the focus with it: then it goes on there. */
export function useKeptFocus(box: RefObject<HTMLElement>, there: () => void): void {
    const had = box.current?.contains(document.activeElement) === true;
    useLayoutEffect(() => {
        if (had && document.activeElement === document.body) there();
    });
}

/** The value as it was once it has not changed for `ms`. */
export function useSettled<T>(value: T, ms: number): T {
    const [settled, setSettled] = useState(value);
    useEffect(() => {
        const timer = window.setTimeout(() => setSettled(value), ms);
        return () => window.clearTimeout(timer);
    }, [value, ms]);
    return settled;
}

/** Seconds until `at` (ms since 1970), counted down; 0 when it is over. */
export function useCountdown(at: number): number {
    const [now, setNow] = useState(Date.now());
    const over = at <= now;
    useEffect(() => {
        setNow(Date.now());
        if (at <= Date.now()) return undefined;
        const timer = window.setInterval(() => setNow(Date.now()), 500);
        return () => window.clearInterval(timer);
    }, [at, over]);
    return over ? 0 : Math.ceil((at - now) / 1000);
}

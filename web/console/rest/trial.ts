// Test Credentials: the server's answer comes line by line, as an event stream.

import { bag, list, parse, text } from "../shape";
import { strings } from "../strings";
import { endsSession, problemOf, request, sentence, unreachable } from "./call";
import type { Problem } from "./call";

export type StepState = "waiting" | "running" | "ok" | "failed" | "unproved" | "skipped";

export interface TrialStep {
    id: string;
    label: string;
    state: StepState;
    text: string;
}

export interface Trial {
    steps: TrialStep[];
    /** Names the finished test for Save; null while it runs, or when it could not end. */
    test: string | null;
    good: boolean;
    over: boolean;
    problem: Problem | null;
}

const SILENT_MAX_MS = 60_000;
const LINE_MAX = 65_536;
const STATES: readonly StepState[] = ["running", "ok", "failed", "unproved", "skipped"];

export const noTrial: Trial = {
    steps: [], test: null, good: false, over: false, problem: null,
};

/** The trial after one event of the stream. */
export function heard(trial: Trial, data: string): Trial {
    const b = parse(data);
    if (Array.isArray(b.steps)) {
        const steps = list(b.steps).map((one): TrialStep => (
            { id: text(bag(one).id), label: strings.heard(text(bag(one).label)),
                state: "waiting", text: "" }));
        return { ...trial, steps };
    }
    if (typeof b.test === "string" || typeof b.good === "boolean")
        return { ...trial, test: text(b.test) || null, good: b.good === true, over: true };
    if (typeof b.error === "string")
        return { ...trial, over: true, problem: problemOf(200, data) };
    const state = STATES.find((known) => known === b.state);
    if (state === undefined) return trial;
    return {
        ...trial,
        steps: trial.steps.map((one) => (
            one.id === text(b.id) ? { ...one, state, text: sentence(text(b.text)) } : one)),
    };
}

function broken(trial: Trial, text: string): Trial {
    return { ...trial, over: true, problem: { ...unreachable(), text } };
}

/** Run the test; `tell` is called with the trial at each step. Ends early by `stop`. */
export async function tryCredentials(
    body: { kind: string; account: string; token?: string },
    tell: (trial: Trial) => void, onSignedOut: () => void, stop: AbortController,
): Promise<void> {
    let trial = noTrial;
    const put = (next: Trial) => {
        trial = next;
        if (!stop.signal.aborted) tell(trial);
    };
    const answer = await request("POST", "/v1/connectors/test", body, stop.signal);
    if (answer === undefined || answer.body === null) {
        put({ ...trial, over: true, problem: unreachable() });
        return;
    }
    if (!answer.ok) {
        const problem = problemOf(answer.status, await answer.text().catch(() => ""));
        if (endsSession(problem)) onSignedOut();
        put({ ...trial, over: true, problem });
        return;
    }
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    let timer: number | undefined;
    try {
        while (!trial.over) {
            window.clearTimeout(timer);
            timer = window.setTimeout(() => void reader.cancel(), SILENT_MAX_MS);
            const { done, value } = await reader.read();
            if (done) break;
            const lines = (rest + value).split(/\r?\n/);
            rest = lines.pop() ?? "";
            if (rest.length > LINE_MAX) break;
            for (const line of lines)
                if (line.startsWith("data:")) put(heard(trial, line.slice(5).trim()));
        }
    } catch {
        // Told below.
    }
    window.clearTimeout(timer);
    if (!trial.over) put(broken(trial, strings.trial.cut));
    void reader.cancel().catch(() => undefined);
}

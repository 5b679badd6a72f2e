import type { StepState, Trial, TrialStep } from "../../rest/trial";
import { strings } from "../../strings";

interface Props {
    trial: Trial;
    /** The fields have changed since. */
    stale: boolean;
}

const SIGNS: Record<StepState, string> = {
    waiting: "·", running: "…", ok: "✓", failed: "✕", unproved: "?", skipped: "–",
};

/** The test, a line for each check. What is read out is the last line that ended, and the end. */
export function TrialView({ trial, stale }: Props) {
    const { steps, over, good, problem } = trial;
    const ended = steps.filter((one) => one.state !== "waiting" && one.state !== "running");
    return (
        <section class="trial" aria-labelledby="trial-heading">
            <h2 id="trial-heading">{strings.trial.heading}</h2>
            <p class="unseen" role="status">{progress(trial, ended)}</p>
            {!over && steps.length > 0 &&
                <progress max={steps.length} value={ended.length}
                    aria-label={strings.trial.heading} />}
            <ol class="trial-steps">
                {steps.map((one) => (
                    <li key={one.id} class={`trial-step trial-${one.state}`}>
                        <span class="trial-sign" aria-hidden="true">{SIGNS[one.state]}</span>
                        <span class="trial-label">{one.label}</span>
                        <span class="trial-word">{strings.trial.states[one.state]}</span>
                        {one.text !== "" && one.state !== "running" &&
                            <span class="trial-text">{strings.heard(one.text)}</span>}
                    </li>
                ))}
            </ol>
            {problem !== null && <p class="box box-bad">{problem.text}</p>}
            {over && problem === null &&
                <p class={`box ${good ? "box-good" : "box-bad"}`}>{summary(good, steps)}</p>}
            {stale && <p class="box">{strings.trial.stale}</p>}
        </section>
    );
}

function summary(good: boolean, steps: TrialStep[]): string {
    const failed = steps.filter((one) => one.state === "failed").length;
    const unproved = steps.filter((one) => one.state === "unproved").length;
    if (!good) return strings.trial.bad(failed);
    return unproved > 0 ? strings.trial.mostly(unproved) : strings.trial.good;
}

function progress({ steps, over, good, problem }: Trial, ended: TrialStep[]): string {
    if (problem !== null) return problem.text;
    if (over) return summary(good, steps);
    const last = ended[ended.length - 1];
    if (last === undefined) return strings.trial.begun;
    return strings.trial.progress(ended.length, steps.length, last.label,
        strings.trial.states[last.state]);
}

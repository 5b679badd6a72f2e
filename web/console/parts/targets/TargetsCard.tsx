import { useState } from "preact/hooks";

import type { Desk } from "../../desk";
import { askTargets, setTargets } from "../../rest/inbox";
import type { State } from "../../state";
import { strings } from "../../strings";
import { TARGET_MAX } from "../../targets";
import type { Target, Targets } from "../../targets";
import { useAct, useLoad } from "../../use";
import { Field } from "../form/Field";
import { Submit } from "../form/Submit";
import { Trouble } from "../form/Trouble";

const KINDS = ["first", "next"] as const;

/** How soon an answer is due: of all, and of each priority of the account. */
export function TargetsCard({ desk, state }: { desk: Desk; state: State }) {
    const { value, problem, loading, reload } = useLoad(askTargets, "");
    return (
        <section class="card" aria-labelledby="targets-heading">
            <h2 id="targets-heading">{strings.targets.heading}</h2>
            <p class="hint">{strings.targets.intro}</p>
            <Trouble problem={problem} onRetry={() => void reload()} />
            {loading && <p role="status">{strings.form.loading}</p>}
            {value !== null &&
                <TargetsForm desk={desk} held={value} priorities={state.options.priorities} />}
        </section>
    );
}

interface FormProps {
    desk: Desk;
    held: Targets;
    priorities: readonly string[];
}

/** "" is none for a priority; null: no number of minutes. */
function minutes(typed: string): number | null {
    const text = typed.trim();
    if (text === "") return 0;
    return /^\d{1,5}$/.test(text) && Number(text) <= TARGET_MAX ? Number(text) : null;
}

function TargetsForm({ desk, held, priorities }: FormProps) {
    const words = strings.targets;
    const [typed, setTyped] = useState<Record<string, string>>({});
    const [wrong, setWrong] = useState<readonly string[]>([]);
    const [said, setSaid] = useState("");
    const { busy, problem, run } = useAct();
    const names = [...new Set([...priorities, ...held.priorities.keys()])];

    // Fields are named by place: 0 is all, then the priorities.
    const fieldOf = (at: number, kind: keyof Target) => `target-${at}-${kind}`;
    const heldText = (at: number, kind: keyof Target) => {
        const name = names[at - 1];
        const number = name === undefined ? held[kind] : held.priorities.get(name)?.[kind] ?? 0;
        return number === 0 && at > 0 ? "" : String(number);
    };
    const text = (at: number, kind: keyof Target) =>
        typed[fieldOf(at, kind)] ?? heldText(at, kind);
    const target = (at: number): Target => ({
        first: minutes(text(at, "first")) ?? 0, next: minutes(text(at, "next")) ?? 0,
    });
    const save = async () => {
        setSaid("");
        const fields = [0, ...names.map((_, i) => i + 1)].flatMap((at) =>
            KINDS.filter((kind) => minutes(text(at, kind)) === null)
                .map((kind) => fieldOf(at, kind)));
        setWrong(fields);
        if (fields[0] !== undefined) {
            document.getElementById(`field-${fields[0]}`)?.focus();
            return;
        }
        const targets: Targets = { ...target(0), priorities: new Map(names
            .map((name, i): [string, Target] => [name, target(i + 1)])
            .filter(([, one]) => one.first > 0 || one.next > 0)) };
        const done = await run(() => setTargets(targets));
        if (done === null) return;
        desk.set({ targets });
        setSaid(words.saved);
    };
    return (
        <form class="form" noValidate onSubmit={(event) => {
            event.preventDefault();
            void save();
        }}>
            {["", ...names].map((name, at) => (
                <fieldset key={name} class="targets-of">
                    <legend>{at === 0 ? words.ofAll : words.priority(name)}</legend>
                    <p class="hint">{at === 0 ? words.hint : words.empty}</p>
                    <div class="targets-pair">
                        {KINDS.map((kind) => (
                            <Field key={kind} name={fieldOf(at, kind)} label={words[kind]}
                                value={text(at, kind)} inputMode="numeric" max={5} required={false}
                                error={wrong.includes(fieldOf(at, kind)) ? words.wrong : ""}
                                onInput={(now) => setTyped({ ...typed,
                                    [fieldOf(at, kind)]: now })} />
                        ))}
                    </div>
                </fieldset>
            ))}
            <Trouble problem={problem} />
            <p role="status" class="field-note">{said}</p>
            <div class="form-end"><Submit label={words.save} busy={busy} /></div>
        </form>
    );
}

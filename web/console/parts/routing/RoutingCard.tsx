import { useState } from "preact/hooks";

import type { Member } from "../../protocol";
import { listStaff } from "../../rest/office";
import type { Colleague } from "../../rest/office";
import { readRouting, setRouting } from "../../rest/routing";
import type { Held, Routing, Rule } from "../../rest/routing";
import { strings } from "../../strings";
import { useAct, useLoad } from "../../use";
import { Choice } from "../form/Choice";
import { Field } from "../form/Field";
import { Submit } from "../form/Submit";
import { Trouble } from "../form/Trouble";
import { TeamRow } from "./TeamRow";

const NUMBERS = ["limit", "back_minutes", "unanswered_minutes"] as const;
const MOST = { limit: 100, back_minutes: 1440, unanswered_minutes: 1440 } as const;
const parts = (typed: string) =>
    typed.split(",").map((one) => one.trim()).filter((one) => one !== "");
const number = (typed: string) => (/^\s*\d+\s*$/.test(typed) ? Number(typed) : -1);

interface Props {
    team: readonly Member[];
}

/** Who gets what, and what happens when nobody answers. */
export function RoutingCard({ team }: Props) {
    const routing = useLoad(readRouting, "");
    const staff = useLoad(listStaff, "");
    const { value, problem, reload } = routing;
    return (
        <section class="card" aria-labelledby="routing-heading">
            <h2 id="routing-heading">{strings.routing.heading}</h2>
            <p class="hint">{strings.routing.intro}</p>
            <Trouble problem={problem ?? staff.problem} onRetry={() => {
                void reload();
                void staff.reload();
            }} />
            {(routing.loading || staff.loading) && <p role="status">{strings.form.loading}</p>}
            {value !== null && staff.value !== null &&
                <RoutingForm held={value} team={team} onSaved={reload}
                    staff={staff.value.filter((one) => !one.disabled)} />}
        </section>
    );
}

interface FormProps {
    held: Held<Routing>;
    staff: readonly Colleague[];
    team: readonly Member[];
    onSaved: () => Promise<void>;
}

/** What is typed of one of staff. */
export interface Typed {
    takes: boolean;
    skills: string;
    limit: string;
}

function typedOf(rule: Rule | undefined): Typed {
    return {
        takes: rule?.takes ?? true,
        skills: rule?.skills.join(", ") ?? "",
        limit: rule?.limit === null || rule === undefined ? "" : String(rule.limit),
    };
}

function RoutingForm({ held, staff, team, onSaved }: FormProps) {
    const words = strings.routing;
    const { value } = held;
    const [mode, setMode] = useState(value.mode);
    const [numbers, setNumbers] = useState<Record<string, string>>({});
    const [to, setTo] = useState(value.escalate_to.join(", "));
    const [promise, setPromise] = useState(value.promise);
    const [rows, setRows] = useState<Record<string, Typed>>({});
    const [wrong, setWrong] = useState<readonly string[]>([]);
    const [said, setSaid] = useState("");
    const { busy, problem, run } = useAct();

    const text = (key: (typeof NUMBERS)[number]) => numbers[key] ?? String(value[key]);
    const row = (id: string) => rows[id] ?? typedOf(value.members.find((one) => one.staff === id));
    const save = async () => {
        setSaid("");
        const bad = NUMBERS.filter((key) => !(number(text(key)) >= 0 &&
            number(text(key)) <= MOST[key]));
        setWrong(bad);
        if (bad[0] !== undefined) {
            document.getElementById(`field-${bad[0]}`)?.focus();
            return;
        }
        const members = staff.map(({ id }): Rule => ({
            staff: id, takes: row(id).takes, skills: parts(row(id).skills),
            limit: row(id).limit.trim() === "" ? null : number(row(id).limit),
        })).filter(({ takes, skills, limit }) => !takes || skills.length > 0 || limit !== null);
        const done = await run(() => setRouting({
            mode, promise, members, escalate_to: parts(to), limit: number(text("limit")),
            back_minutes: number(text("back_minutes")),
            unanswered_minutes: number(text("unanswered_minutes")),
        }));
        if (done === null) return;
        setSaid(words.saved);
        await onSaved();
    };
    const labels = {
        limit: [words.limit, words.limitHint],
        back_minutes: [words.back, words.backHint],
        unanswered_minutes: [words.unanswered, words.unansweredHint],
    } as const;
    return (
        <form class="form" noValidate onSubmit={(event) => {
            event.preventDefault();
            void save();
        }}>
            <Choice name="routing-mode" label={words.mode} value={mode}
                values={Object.entries(words.modes)} onChange={setMode} />
            {NUMBERS.map((key) => (
                <Field key={key} name={key} label={labels[key][0]} hint={labels[key][1]}
                    value={text(key)} inputMode="numeric" max={4}
                    error={wrong.includes(key) ? words.badNumber(MOST[key]) : ""}
                    onInput={(now) => setNumbers({ ...numbers, [key]: now })} />
            ))}
            <Field name="escalate_to" label={words.escalateTo} hint={words.escalateHint} value={to}
                required={false} inputMode="email" onInput={setTo} />
            <label class="check">
                <input type="checkbox" checked={promise}
                    onChange={(event) => setPromise(event.currentTarget.checked)} />{" "}
                {words.promise}
            </label>
            {value.promise &&
                <p class="hint">
                    {held.answerMs > 0 ? words.promiseNow(Math.round(held.answerMs / 60_000))
                        : words.promiseNone}
                </p>}
            <h3>{words.team}</h3>
            <p class="hint">{words.teamIntro}</p>
            {staff.map((one) => (
                <TeamRow key={one.id} colleague={one} typed={row(one.id)}
                    member={team.find(({ id }) => id === one.id)}
                    onChange={(now) => setRows({ ...rows, [one.id]: now })} />
            ))}
            <Trouble problem={problem} />
            <p role="status" class="field-note">{said}</p>
            <div class="form-end"><Submit label={words.save} busy={busy} /></div>
        </form>
    );
}

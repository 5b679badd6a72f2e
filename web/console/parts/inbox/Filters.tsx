import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

import type { Desk } from "../../desk";
import { changeShared, chooseView, dropView } from "../../inbox";
import type { State } from "../../state";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { filtersOf, NO_FILTER, sameView, valuesOf } from "../../views";
import type { Filter } from "../../views";
import { Choice } from "../form/Choice";
import { Trouble } from "../form/Trouble";
import { SaveView } from "./SaveView";

interface Props {
    desk: Desk;
    state: State;
    admin: boolean;
}

type Pairs = (readonly [string, string])[];

/** By what the view is narrowed, and saving it under a name. */
export function Filters({ desk, state, admin }: Props) {
    const box = useRef<HTMLDivElement>(null);
    const [saving, setSaving] = useState(false);
    const { problem, run } = useAct();
    const { closed, focus, inbox, own, shared, team, view } = state;
    const words = strings.views;
    const { priorities } = state.options;
    const values = useMemo(() => valuesOf([...inbox, ...closed.rows], priorities),
        [inbox, closed.rows, priorities]);

    useLayoutEffect(() => {
        if (focus.on === "filters") box.current?.querySelector("select")?.focus();
    }, [focus.turn]);

    const any: Pairs = [["", words.any]];
    const named = (all: readonly string[]): Pairs =>
        [...any, ...all.map((one) => [one, one] as const)];
    const staff: Pairs = [...any, ["nobody", words.nobody],
        ...team.map((one) => [one.id,
            one.id === state.myId ? words.me(one.name) : one.name] as const)];
    const set = (key: keyof Filter) => (value: string) =>
        chooseView(desk, { ...view, [key]: value });

    const mine = own.find((one) => sameView(one, view));
    const ofAll = admin ? shared.find((one) => sameView(one, view)) : undefined;
    const name = (mine ?? ofAll)?.name;
    const remove = async () => {
        if (name === undefined) return;
        const done = await run<unknown>(() => (mine !== undefined ? dropView(desk, name)
            : changeShared(desk, (all) => all.filter((one) => one.name !== name))));
        if (done === null) return;
        desk.say(words.removed(name));
    };
    return (
        <div class="filters-box" ref={box} role="group" aria-label={words.filters}>
            <Choice name="by-company" label={words.company} value={view.company}
                values={named(values.company)} onChange={set("company")} />
            <Choice name="by-tag" label={words.tag} value={view.tag} values={named(values.tag)}
                onChange={set("tag")} />
            <Choice name="by-priority" label={words.priority} value={view.priority}
                values={named(values.priority)} onChange={set("priority")} />
            <Choice name="by-staff" label={words.staff} value={view.staff} values={staff}
                onChange={set("staff")} />
            <div class="filters-end">
                {filtersOf(view) > 0 &&
                    <button type="button" class="button small" onClick={() =>
                        chooseView(desk, { view: view.view, ...NO_FILTER })}>
                        {words.clear}
                    </button>}
                <button type="button" class="button small" onClick={() => setSaving(true)}>
                    {words.save}
                </button>
                {name !== undefined &&
                    <button type="button" class="button small" onClick={() => void remove()}>
                        {words.remove}
                    </button>}
            </div>
            <Trouble problem={problem} />
            {saving &&
                <SaveView desk={desk} state={state} admin={admin}
                    onClose={() => setSaving(false)} />}
        </div>
    );
}

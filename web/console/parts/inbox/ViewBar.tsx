import { useMemo } from "preact/hooks";

import type { Desk } from "../../desk";
import { chooseView, nextMention } from "../../inbox";
import type { State } from "../../state";
import { strings } from "../../strings";
import { countsOf, filtersOf, sameView, VIEWS } from "../../views";

/** Which view is shown, how many each has, and the views that were saved. */
export function ViewBar({ desk, state }: { desk: Desk; state: State }) {
    const { filters, inbox, mentions, myId, own, shared, view } = state;
    const words = strings.views;
    const counts = useMemo(() => countsOf(inbox, view, myId), [inbox, view, myId]);
    const kinds = [["own", own], ["shared", shared]] as const;
    const chosen = kinds.flatMap(([kind, all]) => all
        .filter((one) => sameView(one, view)).map((one) => `${kind} ${one.name}`))[0] ?? "";
    const on = filtersOf(view);
    return (
        <div class="views">
            <div class="views-tabs" role="group" aria-label={words.label}>
                {VIEWS.map((name) => (
                    <button type="button" key={name} class="view" aria-pressed={view.view === name}
                        onClick={() => chooseView(desk, { ...view, view: name })}>
                        {words.names[name]}
                        {name !== "closed" && state.loaded &&
                            <>{" "}<span class="view-count">{counts[name]}</span></>}
                    </button>
                ))}
            </div>
            <div class="views-more">
                {mentions.size > 0 &&
                    <button type="button" class="button small" onClick={() => nextMention(desk)}>
                        @ {strings.talk.mentions(mentions.size)}
                    </button>}
                <button type="button" class="button small" aria-expanded={filters}
                    onClick={() => desk.showFilters(!filters)}>
                    {on === 0 ? words.filters : words.filtersOn(on)}
                </button>
                {own.length + shared.length > 0 &&
                    <select aria-label={words.saved} value={chosen} onChange={(event) => {
                        const [kind, ...rest] = event.currentTarget.value.split(" ");
                        const all = kind === "own" ? own : shared;
                        const one = all.find((other) => other.name === rest.join(" "));
                        if (one === undefined) return;
                        const { name: _, ...to } = one;
                        chooseView(desk, to);
                    }}>
                        <option value="">{words.choose}</option>
                        {kinds.filter(([, all]) => all.length > 0).map(([kind, all]) => (
                            <optgroup key={kind} label={words[kind]}>
                                {all.map((one) => (
                                    <option key={one.name} value={`${kind} ${one.name}`}>
                                        {one.name}
                                    </option>
                                ))}
                            </optgroup>
                        ))}
                    </select>}
            </div>
        </div>
    );
}

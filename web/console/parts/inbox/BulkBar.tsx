import { useRef } from "preact/hooks";

import { act } from "../../commands";
import type { Desk } from "../../desk";
import { picked, selectNone, subjects } from "../../inbox";
import type { State } from "../../state";
import { strings } from "../../strings";
import { useKeptFocus } from "../../use";

const ACTS = ["take", "assign", "tags", "snooze", "close", "reopen"] as const;

/** What can be done with the rows that are selected, and what came of it. */
export function BulkBar({ desk, state }: { desk: Desk; state: State }) {
    const count = picked(state).length;
    const box = useRef<HTMLDivElement>(null);
    const words = strings.bulk;
    useKeptFocus(box, () => desk.focus("row"));
    if (count === 0)
        return state.result === "" ? null : <p class="bulk-result">{state.result}</p>;
    const some = (open: boolean) => subjects(state).some((one) => one.open === open);
    const shown = ACTS.filter((name) => (name === "close" || name === "snooze" ? some(true)
        : name !== "reopen" || some(false)));
    return (
        <div class="bulk" ref={box} role="group" aria-label={words.label}>
            <p class="bulk-count">
                <strong>{words.count(count)}</strong>
                <button type="button" class="button small" onClick={() => {
                    selectNone(desk);
                    desk.focus("row");
                }}>
                    {words.clear}
                </button>
            </p>
            {shown.map((name) => (
                <button type="button" key={name} class="button small"
                    onClick={() => act(desk, name)}>
                    {words[name]}
                </button>
            ))}
        </div>
    );
}

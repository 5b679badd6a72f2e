import { useRef } from "preact/hooks";

import type { Desk } from "../../desk";
import type { Summary } from "../../protocol";
import type { State } from "../../state";
import { strings } from "../../strings";
import { timeOf } from "../../time";
import { useKeptFocus } from "../../use";
import { CopyLink } from "../CopyLink";

interface Props {
    desk: Desk;
    state: State;
    one: Summary;
    now: number;
}

/** Who has the conversation, and what can be done with it. */
export function ThreadActs({ desk, state, one, now }: Props) {
    const box = useRef<HTMLDivElement>(null);
    const words = strings.acts;
    const mine = one.staff?.id === state.myId;
    const busy = state.acts.some((a) => a.conversation === one.id);
    const asleep = one.snoozedUntil !== null && one.snoozedUntil > now ? one.snoozedUntil : null;

    useKeptFocus(box, () => desk.focus("thread"));
    return (
        <div class="acts" ref={box} role="group" aria-label={words.label} aria-busy={busy}>
            <span class={`acts-has${mine ? " mine" : ""}`}>
                {one.staff === null ? words.nobody : mine ? words.mine : words.has(one.staff.name)}
            </span>
            {!mine &&
                <button type="button" class="button small" onClick={() => desk.take(one)}>
                    {one.staff === null ? words.take : words.takeOver}
                </button>}
            <button type="button" class="button small" onClick={() => desk.ask("assign")}>
                {words.give}
            </button>
            {one.open && asleep === null &&
                <button type="button" class="button small" onClick={() => desk.ask("snooze")}>
                    {words.snooze}
                </button>}
            {asleep !== null &&
                <>
                    <span class="acts-has">{words.asleep(timeOf(asleep, now))}</span>
                    <button type="button" class="button small"
                        onClick={() => desk.act({ t: "snooze", conversation: one.id, until: 0 })}>
                        {words.wake}
                    </button>
                </>}
            <button type="button" class="button small" onClick={() => desk.ask("tags")}>
                {words.tags}
            </button>
            {one.open
                ? <button type="button" class="button small" onClick={() => desk.ask("close")}>
                    {words.close}
                </button>
                : <button type="button" class="button small"
                    onClick={() => desk.act({ t: "reopen", conversation: one.id })}>
                    {words.reopen}
                </button>}
            {one.merged === null &&
                <button type="button" class="button small" onClick={() => desk.ask("merge")}>
                    {words.merge}
                </button>}
            {one.tags.length > 0 &&
                <ul class="acts-tags" aria-label={words.tagged}>
                    {one.tags.map((tag) => <li key={tag} class="tag">{tag}</li>)}
                </ul>}
            <CopyLink seq={0} class="button small" />
        </div>
    );
}

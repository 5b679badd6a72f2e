import { useLayoutEffect, useRef } from "preact/hooks";

import type { Desk } from "../desk";
import type { State } from "../state";
import { strings } from "../strings";
import { InboxRow } from "./InboxRow";

interface Props {
    desk: Desk;
    state: State;
    now: number;
}

/** The conversations, longest waiting first. One row is in the tab order; j, k and arrows move. */
export function Inbox({ desk, state, now }: Props) {
    const list = useRef<HTMLUListElement>(null);
    const seen = useRef(state.focus.turn);
    const { inbox, cursor, focus, place } = state;
    // A row that moves in the list loses the focus; then it is given back.
    const had = list.current?.contains(document.activeElement) === true;

    useLayoutEffect(() => {
        const asked = seen.current !== focus.turn && focus.on === "row";
        seen.current = focus.turn;
        const lost = had && list.current?.contains(document.activeElement) !== true;
        if (!asked && !lost) return;
        const row = list.current?.querySelector<HTMLElement>("[tabindex='0']");
        row?.focus();
        row?.scrollIntoView({ block: "nearest" });
    });

    const reachable = inbox.some((s) => s.id === cursor) ? cursor : inbox[0]?.id;
    return (
        <nav class="inbox" aria-label={strings.inbox.label}>
            <h2 class="unseen">{strings.inbox.heading}</h2>
            {!state.loaded && <p class="empty">{strings.inbox.loading}</p>}
            {state.loaded && inbox.length === 0 &&
                <div class="empty">
                    <p class="empty-title">{strings.inbox.empty}</p>
                    <p>{strings.inbox.emptyMore}</p>
                </div>}
            <ul ref={list}>
                {inbox.map((one) => (
                    <InboxRow key={one.id} desk={desk} one={one} now={now}
                        open={one.id === place.open} reachable={one.id === reachable} />
                ))}
            </ul>
        </nav>
    );
}

import { Component } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { Desk } from "../../desk";
import { chooseView, loadClosed, rowsShown } from "../../inbox";
import type { State } from "../../state";
import { strings } from "../../strings";
import { filtersOf, NO_FILTER } from "../../views";
import { Trouble } from "../form/Trouble";
import { BulkBar } from "./BulkBar";
import { Filters } from "./Filters";
import { InboxRow } from "./InboxRow";
import { ViewBar } from "./ViewBar";

interface Props {
    desk: Desk;
    state: State;
    admin: boolean;
    now: number;
}

/** What nothing here shows: most of what happens in a conversation changes only these. */
const ELSEWHERE: ReadonlySet<keyof State> = new Set(["threads", "outgoing", "changes", "acts",
    "ask", "announce", "help", "palette", "transcript", "line", "notice", "retryAt"]);

/** The conversations of a view. Drawn again only for what is shown here: there may be many. */
export class Inbox extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
        const { desk, state, admin, now } = this.props;
        if (desk !== next.desk || admin !== next.admin || now !== next.now) return true;
        return (Object.keys(next.state) as (keyof State)[])
            .some((key) => !ELSEWHERE.has(key) && state[key] !== next.state[key]);
    }

    override render() {
        return <Rows {...this.props} />;
    }
}

/** Longest waiting first. One row is in the tab order; j, k and arrows move. */
function Rows({ desk, state, admin, now }: Props) {
    const list = useRef<HTMLUListElement>(null);
    const seen = useRef(state.focus.turn);
    const { closed, cursor, focus, mentions, place, reads, selected, targets, view } = state;
    const rows = rowsShown(state);
    const isClosed = view.view === "closed";
    const loading = isClosed ? closed.loading : !state.loaded;
    // A row that moves in the list loses the focus; then it is given back.
    const had = list.current?.contains(document.activeElement) === true;

    useLayoutEffect(() => {
        const asked = seen.current !== focus.turn && focus.on === "row";
        seen.current = focus.turn;
        const lost = had && list.current?.contains(document.activeElement) !== true;
        if (!asked && !lost) return;
        const row = list.current?.querySelector<HTMLElement>("button[tabindex='0']");
        row?.focus();
        row?.scrollIntoView({ block: "nearest" });
    });

    const reachable = rows.some((s) => s.id === cursor) ? cursor : rows[0]?.id;
    return (
        <nav class="inbox" aria-label={strings.inbox.label}>
            <h2 class="unseen">{strings.inbox.heading}</h2>
            <ViewBar desk={desk} state={state} />
            {state.filters && <Filters desk={desk} state={state} admin={admin} />}
            <BulkBar desk={desk} state={state} />
            {loading && rows.length === 0 && <p class="empty">{strings.inbox.loading}</p>}
            {isClosed && closed.problem !== null &&
                <Trouble problem={closed.problem}
                    onRetry={() => void loadClosed(desk, rows.length > 0)} />}
            {!loading && rows.length === 0 && closed.problem === null &&
                <Nothing desk={desk} state={state} />}
            <ul ref={list}>
                {rows.map((one) => (
                    <InboxRow key={one.id} desk={desk} one={one} now={now} targets={targets}
                        me={state.myId} open={one.id === place.open}
                        selected={selected.has(one.id)} reachable={one.id === reachable}
                        unread={one.open && one.lastFrom === "person" &&
                            one.lastSaid > (reads.get(one.id) ?? 0)}
                        named={mentions.has(one.id)} />
                ))}
                {isClosed && closed.more &&
                    <li class="inbox-more">
                        <button type="button" class="button" aria-disabled={closed.loading}
                            onClick={() => void loadClosed(desk, true)}>
                            {closed.loading ? strings.form.loading : strings.views.more}
                        </button>
                    </li>}
            </ul>
        </nav>
    );
}

/** The view is empty: why, and what to do. */
function Nothing({ desk, state }: { desk: Desk; state: State }) {
    const { view } = state;
    if (filtersOf(view) > 0)
        return (
            <div class="empty">
                <p class="empty-title">{strings.views.nothing}</p>
                <p>{strings.views.nothingMore}</p>
                <button type="button" class="button" onClick={() =>
                    chooseView(desk, { view: view.view, ...NO_FILTER })}>
                    {strings.views.clear}
                </button>
            </div>
        );
    return (
        <div class="empty">
            <p class="empty-title">{strings.views.empty[view.view]}</p>
            {view.view !== "closed" && <p>{strings.inbox.emptyMore}</p>}
        </div>
    );
}

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import type { Desk } from "../../desk";
import { chooseView, loadClosed, rowsShown } from "../../inbox";
import type { Summary } from "../../protocol";
import type { State } from "../../state";
import { sameBut, sameEach, still } from "../../still";
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

const PART_ROWS = 8;

/** What nothing here shows: most of what happens in a conversation changes only these. */
const ELSEWHERE: ReadonlySet<keyof State> = new Set(["threads", "outgoing", "changes", "acts",
    "ask", "announce", "help", "palette", "transcript", "line", "notice", "retryAt"]);

/** The conversations of a view, longest waiting first. One row is in the tab order; j, k and arrows
 * move. */
export const Inbox = still(({ desk, state, admin, now }: Props) => {
    const list = useRef<HTMLDivElement>(null);
    const seen = useRef(state.focus.turn);
    const { closed, cursor, focus, mentions, place, reads, selected, targets, view } = state;
    const rows = rowsShown(state);
    const isClosed = view.view === "closed";
    const loading = isClosed ? closed.loading : !state.loaded;
    // A row that moves to another part loses the focus; then it is given back, to the box that
    // was ticked without scrolling: whoever has a mouse looks elsewhere perhaps.
    const at = document.activeElement as HTMLElement | null;
    const had = list.current?.contains(at) === true ? at : null;

    useLayoutEffect(() => {
        const asked = seen.current !== focus.turn && focus.on === "row";
        seen.current = focus.turn;
        const lost = had !== null && list.current?.contains(document.activeElement) !== true;
        if (!asked && !lost) return;
        const find = (what: string) => list.current?.querySelector<HTMLElement>(what);
        const same = asked ? null
            : find(`${had?.localName}[name="${had?.getAttribute("name") ?? ""}"]`);
        const row = same ?? find("button[tabindex='0']");
        const isBox = !asked && had?.localName === "input";
        row?.focus({ preventScroll: isBox });
        if (!isBox) row?.scrollIntoView({ block: "nearest" });
    });

    // Of the rows, screen readers are told only those near to the view: each says which of how many
    // it is, once it is painted.
    useEffect(() => {
        const size = isClosed && closed.more ? -1 : rows.length;
        let i = 0;
        for (const row of list.current?.querySelectorAll(".inbox-row") ?? []) {
            const place = `${++i}`;
            if (row.ariaPosInSet !== place) row.ariaPosInSet = place;
            if (row.ariaSetSize !== `${size}`) row.ariaSetSize = `${size}`;
        }
    }, [rows, closed.more]);

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
            <div class="rows" role="list" ref={list}>
                {partsOf(rows).map((part, i) => (
                    <Part key={i} desk={desk} rows={part} now={now} targets={targets}
                        me={state.myId} selected={selected} reads={reads} mentions={mentions}
                        open={idIn(part, place.open)} reachable={idIn(part, reachable)} />
                ))}
                {isClosed && closed.more &&
                    <div class="inbox-more" role="listitem">
                        <button type="button" class="button" aria-disabled={closed.loading}
                            onClick={() => void loadClosed(desk, true)}>
                            {closed.loading ? strings.form.loading : strings.views.more}
                        </button>
                    </div>}
            </div>
        </nav>
    );
}, (old, next) => old.admin === next.admin && old.now === next.now &&
    sameBut(ELSEWHERE, old.state, next.state));

function partsOf(rows: readonly Summary[]): readonly Summary[][] {
    const parts = [];
    for (let at = 0; at < rows.length; at += PART_ROWS) parts.push(rows.slice(at, at + PART_ROWS));
    return parts;
}

const idIn = (part: readonly Summary[], id: string | null | undefined): string =>
    part.find((one) => one.id === id)?.id ?? "";

interface PartProps extends Pick<State, "selected" | "reads" | "mentions" | "targets"> {
    desk: Desk;
    rows: readonly Summary[];
    now: number;
    me: string;
    /** Of one of these rows, or "". */
    open: string;
    reachable: string;
}

/** Some rows. The browser lays out, paints and looks for the pointer only in the parts that can be
 * seen; of single rows it would have to watch each. */
const Part = still((props: PartProps) => {
    const { desk, rows, now, me, open, reachable, selected, reads, mentions, targets } = props;
    return (
        <div class="rows-part" role="presentation">
            {rows.map((one) => (
                <InboxRow key={one.id} desk={desk} one={one} now={now} targets={targets} me={me}
                    open={one.id === open} selected={selected.has(one.id)}
                    reachable={one.id === reachable}
                    unread={one.open && one.lastFrom === "person" &&
                        one.lastSaid > (reads.get(one.id) ?? 0)}
                    named={mentions.has(one.id)} />
            ))}
        </div>
    );
}, (old, next) => old.rows.length === next.rows.length &&
    old.rows.every((one, i) => one === next.rows[i]) &&
    sameEach({ ...old, rows: next.rows }, next));

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

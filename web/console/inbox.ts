// What the inbox does beside opening conversations: views and their rows, what is selected, and
// what came of things done to several.

import type { Desk } from "./desk";
import type { Summary } from "./protocol";
import { askClosed, askOwn, askShared, askTargets, setOwn, setShared } from "./rest/inbox";
import type { Own } from "./rest/inbox";
import type { Answer } from "./rest/call";
import type { State } from "./state";
import { FIRST_VIEW, rowsOf, sameView } from "./views";
import type { SavedView, View } from "./views";

const KEEP_AFTER_MS = 300;

let held: { of: unknown[]; rows: Summary[] } = { of: [], rows: [] };

/** The rows that are shown, in their order; the same array while nothing of it changed. */
export function rowsShown(state: State): readonly Summary[] {
    if (state.view.view === "closed") return state.closed.rows;
    const of = [state.inbox, state.view, state.myId];
    if (held.of.length !== of.length || held.of.some((one, i) => one !== of[i]))
        held = { of, rows: rowsOf(state.inbox, state.view, state.myId) };
    return held.rows;
}

/** Any conversation that is known here. */
export function findSummary(state: State, id: string): Summary | undefined {
    return state.inbox.find((s) => s.id === id) ?? state.closed.rows.find((s) => s.id === id);
}

/** Those selected that are shown. */
export function picked(state: State): string[] {
    if (state.selected.size === 0) return [];
    return rowsShown(state).filter((one) => state.selected.has(one.id)).map((one) => one.id);
}

/** What a command is about: those selected, else the open one, else the row one is at. */
export function subjects(state: State): Summary[] {
    const chosen = picked(state);
    const one = state.place.open ?? state.cursor;
    const ids = chosen.length > 0 ? chosen : one === null ? [] : [one];
    return ids.map((id) => findSummary(state, id)).filter((s): s is Summary => s !== undefined);
}

/** Open the conversation where a note names us that we have not read. */
export function nextMention(desk: Desk): void {
    const [id] = [...desk.state.mentions.keys()].filter((one) => one !== desk.state.place.open);
    if (id !== undefined) desk.open(id);
}

// ---- selecting ----

export function turn(desk: Desk, id: string): void {
    const selected = new Set(desk.state.selected);
    if (!selected.delete(id)) selected.add(id);
    desk.set({ selected, anchor: id });
}

/** Everything from the last one that was turned to this one. */
export function turnTo(desk: Desk, id: string): void {
    const rows = rowsShown(desk.state);
    const from = rows.findIndex((one) => one.id === desk.state.anchor);
    const to = rows.findIndex((one) => one.id === id);
    if (from < 0 || to < 0) {
        turn(desk, id);
        return;
    }
    const between = rows.slice(Math.min(from, to), Math.max(from, to) + 1);
    desk.set({ selected: new Set([...desk.state.selected, ...between.map((one) => one.id)]) });
}

export function selectAll(desk: Desk): void {
    desk.set({ selected: new Set(rowsShown(desk.state).map((one) => one.id)) });
}

export function selectNone(desk: Desk): void {
    desk.set({ selected: new Set(), anchor: null });
}

/** The row one is at, and the next one, are selected; on to that. */
export function extend(desk: Desk, step: 1 | -1): void {
    const { cursor } = desk.state;
    const selected = new Set(desk.state.selected);
    if (cursor !== null) selected.add(cursor);
    desk.move(step);
    if (desk.state.cursor !== null) selected.add(desk.state.cursor);
    desk.set({ selected, anchor: desk.state.cursor });
}

// ---- views ----

/** Look at this one; it is remembered. */
export function chooseView(desk: Desk, view: View): void {
    desk.set({ chosen: true });
    if (sameView(view, desk.state.view)) return;
    desk.set({ view, selected: new Set(), anchor: null, result: "" });
    if (view.view === "closed") void loadClosed(desk, false);
    desk.later("view", KEEP_AFTER_MS, () => void change((own) => ({ ...own, last: view })));
}

/** Change what one keeps for oneself, as it is now: another page may have changed it. */
export async function change(to: (own: Own) => Own): Promise<Answer<Own>> {
    const now = await askOwn();
    if (!now.ok) return now;
    const next = to(now.value);
    const done = await setOwn(next);
    return done.ok ? { ok: true, value: next } : done;
}

export async function keepView(desk: Desk, view: SavedView): Promise<Answer<Own>> {
    const others = (all: SavedView[]) => all.filter((one) => one.name !== view.name);
    const done = await change((own) => ({ ...own, views: [...others(own.views), view] }));
    if (done.ok) desk.set({ own: done.value.views });
    return done;
}

export async function dropView(desk: Desk, name: string): Promise<Answer<Own>> {
    const done = await change((own) =>
        ({ ...own, views: own.views.filter((one) => one.name !== name) }));
    if (done.ok) desk.set({ own: done.value.views });
    return done;
}

/** Change the views of all, as they are now: another administrator may have. */
export async function changeShared(
    desk: Desk, to: (all: SavedView[]) => SavedView[],
): Promise<Answer<unknown>> {
    const now = await askShared();
    if (!now.ok) return now;
    const shared = to(now.value);
    const done = await setShared(shared);
    if (done.ok) desk.set({ shared });
    return done;
}

/** What the inbox needs beside the socket, again after each break. */
export async function readInbox(desk: Desk): Promise<void> {
    if (desk.state.view.view === "closed") void loadClosed(desk, false);
    const [own, shared, targets] = await Promise.all([askOwn(), askShared(), askTargets()]);
    if (own.ok) {
        desk.set({ own: own.value.views });
        if (!desk.state.chosen && !sameView(own.value.last, FIRST_VIEW))
            chooseView(desk, own.value.last);
    }
    if (shared.ok) desk.set({ shared: shared.value });
    if (targets.ok) desk.set({ targets: targets.value });
}

/** The closed ones of the view: from the beginning, or the next page. */
export async function loadClosed(desk: Desk, next: boolean): Promise<void> {
    const { view, closed } = desk.state;
    const rows = next ? closed.rows : [];
    if (next && closed.loading) return;
    desk.set({ closed: { ...closed, rows, loading: true, problem: null } });
    const answer = await askClosed(view, rows[rows.length - 1]?.id ?? "");
    if (desk.state.view !== view) return;
    if (!answer.ok) {
        desk.set({ closed: { ...desk.state.closed, loading: false, problem: answer.problem } });
        return;
    }
    const known = new Set(rows.map((one) => one.id));
    const fresh = answer.value.rows.filter((one) => !known.has(one.id));
    const { more } = answer.value;
    // The button for more goes, and one goes on at what it brought.
    const cursor = (next && !more && fresh[0]?.id) || desk.state.cursor;
    desk.set({ cursor,
        closed: { rows: [...rows, ...fresh], more, loading: false, problem: null } });
}

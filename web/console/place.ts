// Where in the console the technician is, kept in the address and the browser's history, so that
// a reload stays there and the back button of a phone goes back.

export type Pane = "list" | "thread" | "ticket";

export interface Place {
    open: string | null;
    pane: Pane;
    /** The seq of the message to be shown. */
    at?: number;
}

interface Held {
    parley: true;
    depth: number;
    pane: Pane;
}

function held(): Held | null {
    const state: unknown = window.history.state;
    if (typeof state !== "object" || state === null || !("parley" in state)) return null;
    return state as Held;
}

// Steps that the address does not show yet. The browser takes its time over each, and what one
// asked for is painted first.
let steps: (() => void)[] = [];

/** The address shows where one is. */
export function settle(): void {
    const all = steps;
    steps = [];
    for (const step of all) step();
}

function afterPaint(step: () => void): void {
    steps.push(step);
    if (document.hidden) settle();
    else if (steps.length === 1) requestAnimationFrame(() => setTimeout(settle));
}

/** In the address: #c=CONVERSATION, or #c=CONVERSATION/SEQ of a message in it. */
export function readPlace(): Place {
    settle();
    const match = /^#c=([A-Za-z0-9-]{1,64})(?:\/(\d{1,9}))?$/.exec(window.location.hash);
    if (match?.[1] === undefined) return { open: null, pane: "list" };
    const pane = held()?.pane === "ticket" ? "ticket" : "thread";
    return { open: match[1], pane, ...(match[2] !== undefined && { at: Number(match[2]) }) };
}

function address(place: Place): string {
    const bare = window.location.pathname + window.location.search;
    return place.open === null ? bare : `${bare}#c=${place.open}`;
}

/** Go there; from one conversation to another is a sideways step that leaves no trace. */
export function goTo(from: Place, to: Place): void {
    afterPaint(() => {
        const depth = held()?.depth ?? 0;
        if (from.pane === to.pane) {
            window.history.replaceState({ parley: true, depth, pane: to.pane }, "", address(to));
        } else {
            window.history.pushState(
                { parley: true, depth: depth + 1, pane: to.pane }, "", address(to));
        }
    });
}

/** One step back. True: popstate will follow; false: the place is now what is returned. */
export function goBack(from: Place): Place | null {
    settle();
    if ((held()?.depth ?? 0) > 0) {
        window.history.back();
        return null;
    }
    const to: Place = from.pane === "ticket" ? { open: from.open, pane: "thread" }
        : { open: null, pane: "list" };
    window.history.replaceState({ parley: true, depth: 0, pane: to.pane }, "", address(to));
    return to;
}

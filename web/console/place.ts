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

// Where one is, and the address does not show it yet: from one conversation to the next the browser
// takes its time over it, and what one asked for is painted first.
let late: Place | null = null;

function replace(place: Place, depth: number): void {
    window.history.replaceState({ parley: true, depth, pane: place.pane }, "", address(place));
}

/** The address shows where one is. */
export function settle(): void {
    if (late !== null) replace(late, held()?.depth ?? 0);
    late = null;
}

/** The browser has gone elsewhere meanwhile: that address is of another place. */
export function wentAway(): void {
    late = null;
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
    if (from.pane === to.pane) {
        late = to;
        if (document.hidden) settle();
        else requestAnimationFrame(() => setTimeout(settle));
        return;
    }
    settle();
    const depth = (held()?.depth ?? 0) + 1;
    window.history.pushState({ parley: true, depth, pane: to.pane }, "", address(to));
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
    replace(to, 0);
    return to;
}

// Parts of the page that are drawn again only when what they show is different: there may be many,
// or they are large.

import { Component, h } from "preact";
import type { ComponentClass, FunctionComponent } from "preact";

import type { State } from "./state";

/** The component, drawn again only when `same` finds the new properties different. */
export function still<P extends object>(
    Draw: FunctionComponent<P>, same: (old: P, now: P) => boolean = sameEach,
): ComponentClass<P> {
    return class extends Component<P> {
        override shouldComponentUpdate(next: P): boolean {
            return !same(this.props as P, next);
        }

        override render() {
            return h(Draw, this.props as P);
        }
    };
}

/** Each property is the same. */
export function sameEach<P extends object>(old: P, now: P): boolean {
    const keys = Object.keys(now) as (keyof P)[];
    return keys.length === Object.keys(old).length && keys.every((key) => old[key] === now[key]);
}

/** The state is the same but for what lies `elsewhere`. */
export function sameBut(elsewhere: ReadonlySet<keyof State>, old: State, now: State): boolean {
    return old === now || (Object.keys(now) as (keyof State)[])
        .every((key) => elsewhere.has(key) || old[key] === now[key]);
}

/** What the list, the bar and the dialogs show, or what is looked at more closely below. */
const AROUND: ReadonlySet<keyof State> = new Set(["inbox", "threads", "focus", "loaded", "view",
    "chosen", "own", "shared", "targets", "closed", "filters", "selected", "anchor", "result",
    "notice", "cursor", "reads", "mentions", "announce", "help", "palette", "ask", "retryAt"]);

/** The same for who looks at the open conversation and its ticket. */
export function sameOpen(old: State, now: State): boolean {
    const id = now.place.open;
    const summary = (state: State) => state.inbox.find((one) => one.id === id);
    return sameBut(AROUND, old, now) && summary(old) === summary(now) &&
        old.threads.get(id ?? "") === now.threads.get(id ?? "") &&
        (old.focus === now.focus || now.focus.on === "row" || now.focus.on === "filters");
}

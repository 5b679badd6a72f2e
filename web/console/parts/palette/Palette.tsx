import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

import type { Hands } from "../../commands";
import { strings } from "../../strings";
import { entriesOf } from "./entries";
import type { Entry } from "./entries";

const QUERY_MAX = 200;

/** A field to type what one wants, and what there is of that; arrows choose, Enter does it. */
export function Palette({ desk, house }: Hands) {
    const dialog = useRef<HTMLDialogElement>(null);
    const list = useRef<HTMLUListElement>(null);
    const [query, setQuery] = useState("");
    const [at, setAt] = useState(0);
    const entries = useMemo(() => entriesOf({ desk, house }, query), [query]);
    const words = strings.palette;
    const chosen = entries[Math.min(at, entries.length - 1)];

    useLayoutEffect(() => dialog.current?.showModal(), []);
    useLayoutEffect(() => {
        list.current?.querySelector("[aria-selected='true']")?.scrollIntoView({ block: "nearest" });
    }, [at, query]);

    // Closed first, so that the focus is back where it was when the command moves it.
    const go = (one: Entry | undefined) => {
        if (one === undefined) return;
        dialog.current?.close();
        desk.set({ palette: false });
        window.setTimeout(one.run);
    };
    const key = (event: KeyboardEvent) => {
        const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
        if (step !== 0) setAt((at + step + entries.length) % Math.max(1, entries.length));
        else if (event.key === "Enter" && !event.isComposing) go(chosen);
        else return;
        event.preventDefault();
    };
    return (
        <dialog ref={dialog} class="dialog palette" aria-label={words.heading}
            onClose={() => {
                // It may be told of when the next one is open already.
                if (dialog.current !== null) desk.set({ palette: false });
            }}
            onClick={(event) => {
                if (event.target === dialog.current) dialog.current?.close();
            }}>
            <label class="unseen" for="palette-field">{words.label}</label>
            <input id="palette-field" type="text" role="combobox" aria-expanded="true"
                aria-controls="palette-list" aria-autocomplete="list" autoComplete="off"
                aria-activedescendant={chosen === undefined ? undefined : `palette-${chosen.id}`}
                placeholder={words.label} value={query} maxLength={QUERY_MAX} onKeyDown={key}
                onInput={(event) => {
                    setQuery(event.currentTarget.value);
                    setAt(0);
                }} />
            <p class="unseen" role="status">{words.count(entries.length)}</p>
            <ul ref={list} id="palette-list" role="listbox" aria-label={words.heading}>
                {entries.map((one, i) => (
                    <li key={one.id} id={`palette-${one.id}`} role="option"
                        class={one.kind !== entries[i - 1]?.kind ? "palette-first" : undefined}
                        aria-selected={one === chosen} onClick={() => go(one)}>
                        {one.kind !== entries[i - 1]?.kind && one.kind !== "messages" &&
                            <span class="palette-kind">{words[one.kind]}</span>}
                        <span class="palette-text">{one.text}</span>
                        {one.more !== "" && <span class="palette-more">{one.more}</span>}
                    </li>
                ))}
            </ul>
            {entries.length === 0 && <p class="empty">{words.none}</p>}
        </dialog>
    );
}

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";

import type { Desk } from "../../desk";
import { meant, mentionAt } from "../../mention";
import type { Member } from "../../protocol";

export interface MentionBox {
    /** Whom the @word may mean; empty: there is no list. */
    rows: Member[];
    at: number;
    /** True when the key was for the list. */
    key: (event: KeyboardEvent) => boolean;
    look: () => void;
    close: () => void;
    choose: (one: Member) => void;
}

/** The list of colleagues that opens at @word in a note. `on`: this box is one. */
export function useMention(
    field: RefObject<HTMLTextAreaElement>, desk: Desk, on: boolean, body: string,
    write: (text: string) => void,
): MentionBox {
    const [place, setPlace] = useState<{ from: number; to: number; query: string } | null>(null);
    const [at, setAt] = useState(0);
    const shut = useRef(-1); // Escape closed the word that begins here
    const caret = useRef<number | null>(null);
    const { team, myId } = desk.state;
    const rows = place === null ? [] : meant(team, place.query, myId);

    useLayoutEffect(() => {
        if (caret.current === null) return;
        field.current?.setSelectionRange(caret.current, caret.current);
        caret.current = null;
    }, [body]);

    const look = () => {
        const box = field.current;
        if (box === null || !on) return;
        const to = box.selectionStart;
        const word = box.selectionEnd === to ? mentionAt(box.value, to) : null;
        if (word?.from !== shut.current) shut.current = -1;
        setAt(0);
        setPlace(word === null || word.from === shut.current ? null : { ...word, to });
    };
    const close = () => setPlace(null);
    const choose = (one: Member) => {
        if (place === null) return;
        const text = `@${one.name} `;
        caret.current = place.from + text.length;
        write(body.slice(0, place.from) + text + body.slice(place.to).replace(/^ /, ""));
        close();
        field.current?.focus();
    };
    const key = (event: KeyboardEvent): boolean => {
        if (rows.length === 0 || event.isComposing) return false;
        if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return false;
        const one = rows[at];
        if (event.key === "Escape") {
            shut.current = place?.from ?? -1;
            close();
        } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            setAt((at + (event.key === "ArrowDown" ? 1 : -1) + rows.length) % rows.length);
        } else if ((event.key === "Enter" || event.key === "Tab") && one !== undefined) {
            choose(one);
        } else {
            return false;
        }
        event.preventDefault();
        event.stopPropagation();
        return true;
    };
    return { rows, at, key, look, close, choose };
}

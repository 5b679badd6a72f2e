import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";

import { fill, holes, shown, unknown, wordAt } from "../../canned";
import type { Canned, Values, Variable } from "../../canned";
import { listCanned } from "../../rest/canned";

/** Where in the text the words are looked for. */
interface Place {
    from: number;
    to: number;
    query: string;
    /** The button opened it: there is no slash. */
    byHand: boolean;
}

export interface CannedBox {
    place: Place | null;
    /** null: not known yet. */
    rows: Canned[] | null;
    at: number;
    problem: string;
    /** Variables without their value: nothing is sent. */
    missing: Variable[];
    values: Values;
    /** What an inserted text has that looks like a variable and is none. */
    odd: string[];
    /** True when the key was for the list. */
    key: (event: KeyboardEvent) => boolean;
    look: () => void;
    openByHand: () => void;
    close: () => void;
    choose: (one: Canned) => void;
    fillIn: () => void;
}

const QUERY_MAX = 40;

// What was heard last, so that the list is there at once; who it is for.
let known: { who: string; list: Canned[] } | null = null;

/** Canned replies in a box: the list that opens at /word, and what is still to be filled in. */
export function useCanned(
    field: RefObject<HTMLTextAreaElement>, who: string, body: string,
    write: (text: string) => void, values: Values,
): CannedBox {
    const [place, setPlace] = useState<Place | null>(null);
    const [list, setList] = useState<Canned[] | null>(known?.who === who ? known.list : null);
    const [problem, setProblem] = useState("");
    const [at, setAt] = useState(0);
    const [odd, setOdd] = useState<string[]>([]);
    const wanted = useRef(false); // Enter came before the list
    const shut = useRef(-1); // Escape closed the word that begins here
    const caret = useRef<number | null>(null);
    const isOpen = place !== null;
    const rows = place === null || list === null ? null : shown(list, place.query);

    useEffect(() => {
        if (!isOpen) return undefined;
        let here = true;
        void listCanned().then((answer) => {
            if (answer.ok) known = { who, list: answer.value };
            if (!here) return;
            setProblem(answer.ok ? "" : answer.problem.text);
            if (answer.ok) setList(answer.value);
        });
        return () => {
            here = false;
        };
    }, [isOpen]);
    useLayoutEffect(() => {
        if (caret.current === null) return;
        field.current?.setSelectionRange(caret.current, caret.current);
        caret.current = null;
    }, [body]);

    const close = () => {
        wanted.current = false;
        setPlace(null);
    };
    const look = () => {
        const box = field.current;
        wanted.current = false;
        if (box === null) return;
        const to = box.selectionStart;
        setAt(0);
        if (place?.byHand === true) {
            const query = box.value.slice(place.from, to);
            const fits = to >= place.from && query.length <= QUERY_MAX && !query.includes("\n");
            setPlace(fits ? { ...place, to, query } : null);
            return;
        }
        const word = box.selectionEnd === to ? wordAt(box.value, to) : null;
        if (word?.from !== shut.current) shut.current = -1;
        setPlace(word === null || word.from === shut.current ? null
            : { ...word, to, byHand: false });
    };
    const openByHand = () => {
        const box = field.current;
        if (box === null) return;
        box.focus();
        if (isOpen) {
            close();
            return;
        }
        const from = box.selectionStart;
        setAt(0);
        setPlace({ from, to: from, query: "", byHand: true });
    };
    const choose = (one: Canned) => {
        if (place === null) return;
        const text = fill(one.text, values);
        caret.current = place.from + text.length;
        setOdd(unknown(one.text));
        write(body.slice(0, place.from) + text + body.slice(place.to));
        close();
        field.current?.focus();
    };
    const key = (event: KeyboardEvent): boolean => {
        if (place === null || event.isComposing) return false;
        if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return false;
        const count = rows?.length ?? 0;
        const one = rows?.[at];
        if (event.key === "Escape") {
            shut.current = place.byHand ? -1 : place.from;
            close();
        } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count > 0) {
            setAt((at + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
        } else if ((event.key === "Enter" || event.key === "Tab") && one !== undefined) {
            choose(one);
        } else if (event.key === "Enter" && rows === null && problem === "") {
            wanted.current = true;
        } else {
            return false;
        }
        event.preventDefault();
        event.stopPropagation();
        return true;
    };
    useLayoutEffect(() => {
        const one = rows?.[0];
        if (!wanted.current || rows === null) return;
        wanted.current = false;
        if (one !== undefined) choose(one);
    }, [rows === null]);
    const fillIn = () => {
        write(fill(body, values));
        field.current?.focus();
    };
    return {
        place, rows, at, problem, missing: holes(body), values, key, look, openByHand, close,
        odd: odd.filter((one) => body.includes(one)), choose, fillIn,
    };
}

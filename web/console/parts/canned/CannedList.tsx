import { useLayoutEffect, useRef } from "preact/hooks";

import { strings } from "../../strings";
import type { CannedBox } from "./useCanned";

const LIST = "canned-list";
const optionId = (i: number) => `canned-${i}`;

/** What the box itself says of its list: the combobox pattern of WAI-ARIA, but for the role, which
 * a field of several lines may not have. That the list is there is said by its status. */
export function cannedField({ place, rows, at }: CannedBox) {
    const shows = place !== null && rows !== null && rows.length > 0;
    return {
        "aria-autocomplete": "list" as const,
        "aria-haspopup": "listbox" as const,
        ...(shows && { "aria-controls": LIST, "aria-activedescendant": optionId(at) }),
    };
}

/** The list over the box. The focus stays in the box. */
export function CannedList({ box }: { box: CannedBox }) {
    const list = useRef<HTMLUListElement>(null);
    const { place, rows, at, problem } = box;
    const words = strings.canned;

    useLayoutEffect(() => {
        list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    }, [at, place === null]);

    const some = rows !== null && rows.length > 0;
    const said = place === null ? "" : problem || (rows === null ? words.loading
        : some ? words.found(rows.length) : words.nothing);
    return (
        <div class="canned">
            {place !== null && rows !== null && some &&
                <ul ref={list} id={LIST} role="listbox" class="combo-list canned-list"
                    aria-label={words.list}>
                    {rows.map((one, i) => (
                        <li key={one.id} id={optionId(i)} role="option" class="combo-option"
                            aria-selected={i === at}
                            onMouseDown={(event) => event.preventDefault()}
                            onClick={() => box.choose(one)}>
                            <span><code>/{one.shortcut}</code> {one.name}</span>
                            <span class="hint">{one.shared ? words.shared : words.own}</span>
                        </li>
                    ))}
                </ul>}
            {place !== null && !some && <p class="canned-list canned-none">{said}</p>}
            <p class="unseen" role="status">{some ? said : ""}</p>
        </div>
    );
}

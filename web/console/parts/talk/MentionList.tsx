import { strings } from "../../strings";
import type { MentionBox } from "./useMention";

const LIST = "mention-list";
const optionId = (i: number) => `mention-${i}`;

/** What the box says of the list while it is there. */
export function mentionField({ rows, at }: MentionBox) {
    return rows.length === 0 ? {}
        : { "aria-controls": LIST, "aria-activedescendant": optionId(at) };
}

/** The colleagues whom the @word may mean, over the box. The focus stays in the box. */
export function MentionList({ box }: { box: MentionBox }) {
    const { rows, at } = box;
    const words = strings.talk;
    return (
        <div>
            {rows.length > 0 &&
                <ul id={LIST} role="listbox" class="combo-list canned-list"
                    aria-label={words.whom}>
                    {rows.map((one, i) => (
                        <li key={one.id} id={optionId(i)} role="option" class="combo-option"
                            aria-selected={i === at}
                            onMouseDown={(event) => event.preventDefault()}
                            onClick={() => box.choose(one)}>
                            <span>{one.name}</span>
                            {!one.present && <span class="hint">{words.notHere}</span>}
                        </li>
                    ))}
                </ul>}
            <p class="unseen" role="status">
                {rows.length > 0 ? words.foundNames(rows.length) : ""}
            </p>
        </div>
    );
}

import type { Canned } from "../../canned";
import { strings } from "../../strings";

interface Props {
    rows: Canned[];
    /** What to say when there is none. */
    none: string;
    /** These can be changed. */
    may: boolean;
    onEdit: (one: Canned) => void;
    onRemove: (one: Canned) => void;
}

/** Canned replies, each with what can be done with it. */
export function CannedRows({ rows, none, may, onEdit, onRemove }: Props) {
    const words = strings.canned;
    if (rows.length === 0) return <p class="hint">{none}</p>;
    return (
        <ul class="rows">
            {rows.map((one) => (
                <li key={one.id} class="row-do">
                    <div class="canned-what">
                        <p dir="auto"><code>/{one.shortcut}</code> <strong>{one.name}</strong></p>
                        <p class="hint canned-text canned-short" dir="auto">{one.text}</p>
                    </div>
                    {may &&
                        <div class="canned-acts">
                            <button type="button" class="button"
                                aria-label={words.editOf(one.name)} onClick={() => onEdit(one)}>
                                {words.edit}
                            </button>
                            <button type="button" class="button"
                                aria-label={words.removeOf(one.name)}
                                onClick={() => onRemove(one)}>
                                {words.remove}
                            </button>
                        </div>}
                </li>
            ))}
        </ul>
    );
}

import { useEffect, useId, useRef, useState } from "preact/hooks";

import type { Answer } from "../../rest/call";
import type { Company } from "../../rest/connectors";
import { strings } from "../../strings";
import { useSettled } from "../../use";

interface Props {
    /** Companies that the words find. */
    search: (words: string) => Promise<Answer<{ companies: Company[]; more: boolean }>>;
    label: string;
    hint: string;
    chosen: { id: number; name: string } | null;
    onChoose: (company: Company | null) => void;
}

const SETTLE_MS = 300;

interface Found {
    companies: Company[];
    more: boolean;
    problem: string;
}

/** Search the PSA's companies while typing (the combobox pattern of WAI-ARIA). */
export function CompanySearch({ search, label, hint, chosen, onChoose }: Props) {
    const [typed, setTyped] = useState(chosen?.name ?? "");
    const [open, setOpen] = useState(false);
    const [at, setAt] = useState(-1);
    const [found, setFound] = useState<Found | null>(null);
    const field = useRef<HTMLInputElement>(null);
    const id = useId();
    const settled = useSettled(typed.trim(), SETTLE_MS);
    const list = found?.companies ?? [];

    useEffect(() => {
        if (!open) return undefined;
        let here = true;
        setFound(null);
        void search(settled).then((answer) => {
            if (!here) return;
            setAt(-1);
            setFound(answer.ok ? { ...answer.value, problem: "" }
                : { companies: [], more: false, problem: answer.problem.text });
        });
        return () => {
            here = false;
        };
    }, [settled, open]);

    const choose = (company: Company) => {
        onChoose(company);
        setTyped(company.name);
        setOpen(false);
        field.current?.focus();
    };
    const key = (event: KeyboardEvent) => {
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            if (!open) setOpen(true);
            else if (shown)
                setAt((at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1) + list.length) %
                    list.length);
        } else if (event.key === "Enter" && open && typed !== "") {
            event.preventDefault();
            const company = list[at < 0 && list.length === 1 ? 0 : at];
            if (company !== undefined && shown) choose(company);
        } else if (event.key === "Escape" && open) {
            event.preventDefault();
            event.stopPropagation();
            setOpen(false);
        }
    };
    const write = (text: string) => {
        setTyped(text);
        setOpen(true);
        if (chosen !== null) onChoose(null);
    };
    // What was found for other letters is not offered.
    const fresh = settled === typed.trim();
    const shown = open && fresh && list.length > 0;
    return (
        <div class="field combo">
            <label for={id}>{label}</label>
            <p class="hint" id={`${id}-hint`}>{hint}</p>
            <input id={id} ref={field} type="text" role="combobox" value={typed} dir="auto"
                autoComplete="off" maxLength={100} spellcheck={false} aria-expanded={shown}
                aria-controls={`${id}-list`} aria-autocomplete="list"
                aria-describedby={`${id}-hint ${id}-state`}
                aria-activedescendant={shown && at >= 0 ? `${id}-${at}` : undefined}
                placeholder={strings.company.placeholder}
                onFocus={() => chosen === null && setOpen(true)}
                onBlur={() => setOpen(false)}
                onKeyDown={key} onInput={(event) => write(event.currentTarget.value)} />
            <ul id={`${id}-list`} role="listbox" class="combo-list"
                aria-label={strings.company.matches}
                hidden={!shown}>
                {list.map((one, i) => (
                    <li key={one.id} id={`${id}-${i}`} role="option" aria-selected={i === at}
                        class="combo-option"
                        // Before the field loses the focus, which closes the list.
                        onMouseDown={(event) => {
                            event.preventDefault();
                            choose(one);
                        }}>
                        {one.name}
                        {one.email !== "" && <span class="hint">{one.email}</span>}
                    </li>
                ))}
            </ul>
            <p class="field-note" id={`${id}-state`} role="status">
                {stateOf(open, fresh ? found : null, chosen?.name ?? "")}
            </p>
        </div>
    );
}

function stateOf(open: boolean, found: Found | null, chosen: string): string {
    if (!open) return chosen === "" ? strings.company.none : strings.company.chosen(chosen);
    if (found === null) return strings.company.searching;
    if (found.problem !== "") return found.problem;
    if (found.companies.length === 0) return strings.company.empty;
    return strings.company.found(found.companies.length, found.more);
}

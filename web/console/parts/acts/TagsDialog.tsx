import { useState } from "preact/hooks";

import { tagsInUse, tagsOf, tagsTrouble } from "../../acts";
import type { Desk } from "../../desk";
import type { Summary } from "../../protocol";
import type { State } from "../../state";
import { strings } from "../../strings";
import { ActDialog } from "./ActDialog";

interface Props {
    desk: Desk;
    state: State;
    ones: readonly Summary[];
    onClose: () => void;
}

const USED_SHOWN = 20;

/** The tags of one conversation; of several, those that each gets beside its own. */
export function TagsDialog({ desk, state, ones, onClose }: Props) {
    const single = ones.length === 1 ? ones[0] : undefined;
    const [text, setText] = useState(single?.tags.join(", ") ?? "");
    const [trouble, setTrouble] = useState<"many" | "long" | null>(null);
    const words = strings.acts.labels;
    const tags = tagsOf(text);
    const has = (tag: string) => tags.some((one) => one.toLowerCase() === tag.toLowerCase());

    const go = () => {
        const all = ones.map((one) => ({
            id: one.id,
            tags: single !== undefined ? tags : tagsOf([...one.tags, ...tags].join(",")),
        }));
        const wrong = all.map((one) => tagsTrouble(one.tags)).find((one) => one !== null);
        if (wrong !== undefined && wrong !== null) {
            setTrouble(wrong);
            document.getElementById("field-tags")?.focus();
            return;
        }
        for (const one of all) desk.act({ t: "tags", conversation: one.id, tags: one.tags });
        onClose();
    };
    const turn = (tag: string) => {
        setTrouble(null);
        const others = tags.filter((one) => one.toLowerCase() !== tag.toLowerCase());
        setText((has(tag) ? others : [...tags, tag]).join(", "));
    };
    const used = tagsInUse(state.inbox).slice(0, USED_SHOWN);
    return (
        <ActDialog heading={words.heading} ones={ones} go={words.go} onGo={go}
            onClose={onClose}>
            <div class="field">
                <label for="field-tags">{words.label}</label>
                <p class="hint" id="field-tags-hint">
                    {single !== undefined ? words.hint : words.hintAll}
                </p>
                <input id="field-tags" value={text} maxLength={500} autoComplete="off"
                    aria-invalid={trouble !== null}
                    aria-describedby="field-tags-hint field-tags-error"
                    onInput={(event) => {
                        setText(event.currentTarget.value);
                        setTrouble(null);
                    }} />
                <p id="field-tags-error" role="alert"
                    class={trouble !== null ? "field-error" : "field-note"}>
                    {trouble !== null ? words[trouble] : ""}
                </p>
            </div>
            {used.length > 0 &&
                <div class="chips" role="group" aria-label={words.used}>
                    {used.map((tag) => (
                        <button type="button" key={tag} class="chip" aria-pressed={has(tag)}
                            onClick={() => turn(tag)}>
                            {has(tag) && <span aria-hidden="true">✓ </span>}{tag}
                        </button>
                    ))}
                </div>}
        </ActDialog>
    );
}

import { useState } from "preact/hooks";

import { readFiles, setFiles } from "../../rest/files";
import type { FileRules, FilesSet } from "../../rest/files";
import { strings } from "../../strings";
import { useAct, useLoad } from "../../use";
import { Field } from "../form/Field";
import { Submit } from "../form/Submit";
import { Trouble } from "../form/Trouble";

const numbers = () => [
    ["max_mib", strings.files.maxMib],
    ["count", strings.files.count],
    ["conversation_mib", strings.files.conversationMib],
    ["disk_mib", strings.files.diskMib],
] as const;

/** What files are taken, and how much of them. */
export function FilesCard() {
    const { value, problem, loading, reload, put } = useLoad(readFiles, "");
    return (
        <section class="card" aria-labelledby="files-heading">
            <h2 id="files-heading">{strings.files.settings}</h2>
            <p class="hint">{strings.files.intro}</p>
            <Trouble problem={problem} onRetry={() => void reload()} />
            {loading && <p role="status">{strings.form.loading}</p>}
            {value !== null && <FilesForm value={value} onSaved={put} />}
        </section>
    );
}

function FilesForm({ value, onSaved }: { value: FilesSet; onSaved: (now: FilesSet) => void }) {
    const words = strings.files;
    const [typed, setTyped] = useState<Record<string, string>>({});
    const [types, setTypes] = useState(value.rules.types);
    const [said, setSaid] = useState("");
    const { busy, problem, run } = useAct();

    const text = (key: keyof FileRules) => typed[key] ?? String(value.rules[key]);
    const save = async () => {
        setSaid("");
        const rules = { ...value.rules, types };
        for (const [key] of numbers()) rules[key] = Math.round(Number(text(key)));
        const done = await run(() => setFiles(rules));
        if (done === null) return;
        setTyped({});
        onSaved(done.value);
        setSaid(words.saved);
    };
    const turn = (kind: string, on: boolean) =>
        setTypes(on ? [...types, kind] : types.filter((one) => one !== kind));
    return (
        <form class="form" noValidate onSubmit={(event) => {
            event.preventDefault();
            void save();
        }}>
            {numbers().map(([key, label]) => (
                <Field key={key} name={key} label={label} value={text(key)} inputMode="numeric"
                    onInput={(now) => setTyped({ ...typed, [key]: now })}
                    error={problem?.field === key ? problem.text : ""} />
            ))}
            <fieldset class="kinds">
                <legend>{words.types}</legend>
                {words.kinds.map(([kind, label]) => (
                    <label key={kind}>
                        <input type="checkbox" checked={types.includes(kind)}
                            onChange={(event) => turn(kind, event.currentTarget.checked)} />{" "}
                        {label}
                    </label>
                ))}
            </fieldset>
            <p class="hint">{value.isPublic ? words.isPublic : words.isNotPublic}</p>
            <Trouble problem={problem?.field === undefined ? problem : null} />
            <p role="status" class="field-note">{said}</p>
            <div class="form-end"><Submit label={words.save} busy={busy} /></div>
        </form>
    );
}

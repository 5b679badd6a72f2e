import { Fragment } from "preact";
import { useState } from "preact/hooks";

import { fill, firstName, unknown, VARIABLES } from "../../canned";
import type { Canned } from "../../canned";
import { CANNED_LIMITS, putCanned } from "../../rest/canned";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { Choice } from "../form/Choice";
import { Dialog } from "../form/Dialog";
import { Field } from "../form/Field";
import { Submit } from "../form/Submit";
import { Trouble } from "../form/Trouble";

interface Props {
    /** With an id of "": a new one, which begins as this. */
    one: Canned;
    admin: boolean;
    me: string;
    onDone: () => void;
    onClose: () => void;
}

const SHORTCUT = /^[a-z0-9-]{1,32}$/;
const bytes = (text: string) => new TextEncoder().encode(text).length;

/** One canned reply, and how it would read. */
export function CannedDialog({ one, admin, me, onDone, onClose }: Props) {
    const words = strings.canned;
    const [shared, setShared] = useState(one.shared);
    const [shortcut, setShortcut] = useState(one.shortcut);
    const [name, setName] = useState(one.name);
    const [text, setText] = useState(one.text);
    const [tried, setTried] = useState(false);
    const { busy, problem, run } = useAct();
    const over = bytes(text.trim()) - CANNED_LIMITS.text;
    const wrong = {
        shortcut: SHORTCUT.test(shortcut) ? "" : words.badShortcut,
        name: name.trim() === "" ? words.needName
            : bytes(name.trim()) > CANNED_LIMITS.name ? words.longName : "",
        text: text.trim() === "" ? words.needText : over > 0 ? words.longText(over) : "",
    };
    const at = problem?.field ?? "";
    const errorOf = (field: keyof typeof wrong) =>
        (at === field ? problem?.text ?? "" : "") || (tried ? wrong[field] : "");
    const isKnown = at in wrong;

    const go = async () => {
        setTried(true);
        const first = (["shortcut", "name", "text"] as const).find((field) => wrong[field] !== "");
        if (first !== undefined) {
            document.getElementById(`field-${first}`)?.focus();
            return;
        }
        const put = { shared, shortcut, name: name.trim(), text: text.trim() };
        if (await run(() => putCanned(one.id, put)) !== null) onDone();
    };
    return (
        <Dialog heading={one.id === "" ? words.add : words.editHeading} onClose={onClose}>
            <form class="form" noValidate onSubmit={(event) => {
                event.preventDefault();
                void go();
            }}>
                {admin && one.id === "" &&
                    <Choice name="shared" label={words.who} value={shared ? "all" : "mine"}
                        values={[["mine", words.mine], ["all", words.all]]}
                        onChange={(value) => setShared(value === "all")} />}
                <Field name="shortcut" label={words.shortcut} hint={words.shortcutHint}
                    value={shortcut} max={CANNED_LIMITS.shortcut} error={errorOf("shortcut")}
                    onInput={(value) => setShortcut(value.toLowerCase())} code />
                <Field name="name" label={words.name} value={name} max={CANNED_LIMITS.name}
                    error={errorOf("name")} onInput={setName} />
                <TextField value={text} error={errorOf("text")} onInput={setText} />
                {text.trim() !== "" && <Preview text={text.trim()} me={me} />}
                <Trouble problem={isKnown ? null : problem} />
                <div class="dialog-end">
                    <button type="button" class="button" onClick={onClose}>
                        {strings.form.cancel}
                    </button>
                    <Submit label={words.save} busy={busy} />
                </div>
            </form>
        </Dialog>
    );
}

function TextField({ value, error, onInput }: {
    value: string; error: string; onInput: (value: string) => void;
}) {
    const words = strings.canned;
    return (
        <div class="field">
            <label for="field-text">{words.text}</label>
            <div class="hint" id="field-text-hint">
                <p>{words.textHint}</p>
                <dl class="variables">
                    {VARIABLES.map((name) => (
                        <Fragment key={name}>
                            <dt><code>{`{${name}}`}</code></dt>
                            <dd>{words.meaning[name]}</dd>
                        </Fragment>
                    ))}
                </dl>
            </div>
            <textarea id="field-text" name="text" rows={6} value={value} dir="auto"
                aria-invalid={error !== "" ? "true" : undefined}
                aria-describedby={`field-text-hint${error !== "" ? " field-text-error" : ""}`}
                onInput={(event) => onInput(event.currentTarget.value)} />
            {error !== "" && <p class="field-error" id="field-text-error">{error}</p>}
        </div>
    );
}

function Preview({ text, me }: { text: string; me: string }) {
    const words = strings.canned;
    const values = {
        person: words.samplePerson, first_name: firstName(words.samplePerson),
        company: words.sampleCompany, ticket: words.sampleTicket, me,
    };
    return (
        <section aria-labelledby="preview-heading">
            <h3 id="preview-heading">{words.preview}</h3>
            <p class="hint">{words.previewMore}</p>
            <p class="canned-text canned-preview" dir="auto">{fill(text, values)}</p>
            {unknown(text).map((what) =>
                <p key={what} class="field-error">{words.noVariable(what)}</p>)}
        </section>
    );
}

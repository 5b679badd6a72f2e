import { useState } from "preact/hooks";

import { addKey } from "../../rest/keys";
import type { ApiKeys } from "../../rest/keys";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { Checks } from "../form/Checks";
import { Dialog } from "../form/Dialog";
import { Field } from "../form/Field";
import { Submit } from "../form/Submit";
import { Trouble } from "../form/Trouble";

interface Props {
    onDone: (value: ApiKeys) => void;
    onClose: () => void;
}

/** A key: whose it is, and what it may do. */
export function AddKeyDialog({ onDone, onClose }: Props) {
    const words = strings.apiKeys;
    const [name, setName] = useState("");
    const [rights, setRights] = useState<string[]>([]);
    const [tried, setTried] = useState(false);
    const { busy, problem, run } = useAct();
    const noName = name.trim() === "";
    const wrong = problem?.field === "name" ? problem.text : "";

    const go = async () => {
        setTried(true);
        if (noName || rights.length === 0) {
            document.getElementById(noName ? "field-key_name" : "check-0")?.focus();
            return;
        }
        const done = await run(() => addKey(name.trim(), rights));
        if (done !== null) onDone(done.value);
    };
    return (
        <Dialog heading={words.add} onClose={onClose}>
            <form class="form" noValidate onSubmit={(event) => {
                event.preventDefault();
                void go();
            }}>
                <Field name="key_name" label={words.name} hint={words.nameHint} value={name}
                    max={100} onInput={setName}
                    error={wrong || (tried && noName ? words.needName : "")} />
                <Checks legend={words.rights} values={words.names} chosen={rights}
                    onChange={setRights}
                    error={tried && rights.length === 0 ? words.needRights : ""} />
                <Trouble problem={wrong === "" ? problem : null} />
                <div class="dialog-end">
                    <button type="button" class="button" onClick={onClose}>
                        {strings.form.cancel}
                    </button>
                    <Submit label={words.add} busy={busy} />
                </div>
            </form>
        </Dialog>
    );
}

import { useState } from "preact/hooks";

import { addSite } from "../../rest/sites";
import type { Sites } from "../../rest/sites";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { Choice } from "../form/Choice";
import { Dialog } from "../form/Dialog";
import { Field } from "../form/Field";
import { Submit } from "../form/Submit";
import { Trouble } from "../form/Trouble";
import { KeyField } from "./KeyField";

interface Props {
    onDone: (name: string, value: Sites) => void;
    onClose: () => void;
}

export function AddSiteDialog({ onDone, onClose }: Props) {
    const words = strings.sites;
    const [name, setName] = useState("");
    const [how, setHow] = useState("secret");
    const [publicKey, setPublicKey] = useState("");
    const [tried, setTried] = useState(false);
    const { busy, problem, run } = useAct();
    const byKey = how === "key";
    const noName = name.trim() === "";
    const noKey = byKey && publicKey.trim() === "";
    const of = (field: string) => (problem?.field === field ? problem.text : "");

    const go = async () => {
        setTried(true);
        if (noName || noKey) {
            document.getElementById(noName ? "field-site" : "field-public_key")?.focus();
            return;
        }
        const done = await run(() => addSite(name.trim(), byKey ? publicKey : ""));
        if (done !== null) onDone(name.trim(), done.value);
    };
    return (
        <Dialog heading={words.addHeading} onClose={onClose}>
            <form class="form" noValidate onSubmit={(event) => {
                event.preventDefault();
                void go();
            }}>
                <Field name="site" label={words.name} hint={words.nameHint} value={name} max={100}
                    onInput={setName}
                    error={of("name") || (tried && noName ? words.needName : "")} />
                <Choice name="how" label={words.how} hint={words.howHint} value={how}
                    values={[["secret", words.bySecret], ["key", words.byKey]]}
                    onChange={setHow} />
                <p class="hint">{byKey ? words.byKeyMore : words.bySecretMore}</p>
                {byKey && <KeyField value={publicKey} onInput={setPublicKey}
                    error={of("public_key") || (tried && noKey ? words.needKey : "")} />}
                <Trouble problem={problem !== null && problem.field === "" ? problem : null} />
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

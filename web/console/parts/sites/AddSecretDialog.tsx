import { useState } from "preact/hooks";

import { addSecret } from "../../rest/sites";
import type { Site, Sites } from "../../rest/sites";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { Dialog } from "../form/Dialog";
import { Submit } from "../form/Submit";
import { Trouble } from "../form/Trouble";
import { KeyField } from "./KeyField";

interface Props {
    site: Site;
    onDone: (value: Sites) => void;
    onClose: () => void;
}

/** A second secret or key, so that one can be exchanged for the other. */
export function AddSecretDialog({ site, onDone, onClose }: Props) {
    const words = strings.sites;
    const [publicKey, setPublicKey] = useState("");
    const [fault, setFault] = useState("");
    const { busy, problem, run } = useAct();
    const byKey = site.algorithm !== "HS256";

    const go = async () => {
        const missing = byKey && publicKey.trim() === "";
        setFault(missing ? words.needKey : "");
        if (missing) {
            document.getElementById("field-public_key")?.focus();
            return;
        }
        const done = await run(() => addSecret(site.key, byKey ? publicKey : ""));
        if (done !== null) onDone(done.value);
    };
    const wrong = problem?.field === "public_key" ? problem.text : "";
    return (
        <Dialog heading={words.anotherHeading(site.name)} onClose={onClose}>
            <form class="form" noValidate onSubmit={(event) => {
                event.preventDefault();
                void go();
            }}>
                <p class="dialog-text">{words.anotherMore}</p>
                {byKey &&
                    <KeyField value={publicKey} error={fault || wrong} onInput={setPublicKey} />}
                <Trouble problem={wrong === "" ? problem : null} />
                <div class="dialog-end">
                    <button type="button" class="button" onClick={onClose}>
                        {strings.form.cancel}
                    </button>
                    <Submit label={words.another(site.algorithm)} busy={busy} />
                </div>
            </form>
        </Dialog>
    );
}

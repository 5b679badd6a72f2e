import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { erasePerson } from "../../rest/people";
import type { Person } from "../../rest/people";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { Dialog } from "../form/Dialog";
import { Field } from "../form/Field";
import { Trouble } from "../form/Trouble";

interface Props {
    of: Person;
    onDone: () => void;
    onClose: () => void;
}

/** There is no way back, so the address is typed. */
export function EraseDialog({ of, onDone, onClose }: Props) {
    const [email, setEmail] = useState("");
    const { busy, problem, run } = useAct();
    const field = useRef<HTMLInputElement>(null);
    const words = strings.person;
    useLayoutEffect(() => field.current?.focus(), []);

    const go = async () => {
        if (await run(() => erasePerson(of.id, email.trim())) !== null) onDone();
        else field.current?.focus();
    };
    const wrong = problem?.field === "email" ? problem.text : "";
    return (
        <Dialog heading={words.eraseHeading(of.name || strings.people.unnamed)} onClose={onClose}>
            <form class="form" noValidate onSubmit={(event) => {
                event.preventDefault();
                void go();
            }}>
                <p class="dialog-text">{words.eraseMore}</p>
                <Field name="erase" label={words.eraseLabel} hint={words.eraseHint(of.email)}
                    value={email} max={254} onInput={setEmail} field={field} error={wrong} />
                <Trouble problem={wrong === "" ? problem : null} />
                <div class="dialog-end">
                    <button type="button" class="button" onClick={onClose}>
                        {strings.form.cancel}
                    </button>
                    <button type="submit" class="button danger" aria-disabled={busy}>
                        {busy ? strings.form.busy(words.eraseGo) : words.eraseGo}
                    </button>
                </div>
            </form>
        </Dialog>
    );
}

import { useLayoutEffect, useRef, useState } from "preact/hooks";

import type { Answer } from "../../rest/call";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { Dialog } from "../form/Dialog";
import { PasswordField } from "../form/PasswordField";
import { Trouble } from "../form/Trouble";

interface Props<T> {
    heading: string;
    text: string;
    action: string;
    danger?: boolean;
    act: (password: string) => Promise<Answer<T>>;
    onDone: (value: T) => void;
    onClose: () => void;
}

/** Something that needs the password once more. */
export function PasswordDialog<T>(props: Props<T>) {
    const { heading, text, action, danger = false, act, onDone, onClose } = props;
    const [password, setPassword] = useState("");
    const { busy, problem, run } = useAct();
    const field = useRef<HTMLInputElement>(null);
    useLayoutEffect(() => field.current?.focus(), []);

    const go = async () => {
        if (password === "") {
            field.current?.focus();
            return;
        }
        const done = await run(() => act(password));
        if (done !== null) onDone(done.value);
        else field.current?.select();
    };
    return (
        <Dialog heading={heading} onClose={onClose}>
            <form class="form" noValidate onSubmit={(event) => {
                event.preventDefault();
                void go();
            }}>
                <p>{text}</p>
                <PasswordField name="confirm-password" label={strings.door.password}
                    value={password} autoComplete="current-password" onInput={setPassword}
                    field={field} />
                <Trouble problem={problem} />
                <div class="dialog-end">
                    <button type="button" class="button" onClick={onClose}>
                        {strings.form.cancel}
                    </button>
                    <button type="submit" class={`button ${danger ? "danger" : "primary"}`}
                        aria-disabled={busy}>
                        {busy ? strings.form.busy(action) : action}
                    </button>
                </div>
            </form>
        </Dialog>
    );
}

import { useRef, useState } from "preact/hooks";

import { setPassword } from "../../rest/account";
import type { Session } from "../../rest/account";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { NewPassword, passwordFault } from "../form/NewPassword";
import { PasswordField } from "../form/PasswordField";
import { Submit } from "../form/Submit";
import { Trouble } from "../form/Trouble";

const NONE = { old: "", fresh: "", again: "" };

/** Another password. */
export function PasswordCard({ session }: { session: Session }) {
    const [values, setValues] = useState(NONE);
    const [faults, setFaults] = useState(NONE);
    const [said, setSaid] = useState("");
    const { busy, problem, run } = useAct();
    const form = useRef<HTMLFormElement>(null);

    const go = async () => {
        const fresh = passwordFault(values.fresh, [session.name, session.email]);
        const all = {
            old: values.old === "" ? strings.me.needOld : "",
            fresh,
            again: fresh === "" && values.fresh !== values.again ? strings.form.notSame : "",
        };
        setFaults(all);
        setSaid("");
        if (Object.values(all).some((fault) => fault !== "")) {
            window.requestAnimationFrame(() => form.current
                ?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
            return;
        }
        if (await run(() => setPassword(values.old, values.fresh)) === null) return;
        setValues(NONE);
        setSaid(strings.me.passwordDone);
    };
    return (
        <section class="card" aria-labelledby="password-heading">
            <h2 id="password-heading">{strings.me.password}</h2>
            <form class="form" noValidate ref={form} onSubmit={(event) => {
                event.preventDefault();
                void go();
            }}>
                <input type="email" name="email" autoComplete="username" value={session.email}
                    readOnly class="unseen" tabIndex={-1} aria-hidden="true" />
                <PasswordField name="old-password" label={strings.me.old} value={values.old}
                    autoComplete="current-password" error={faults.old}
                    onInput={(old) => setValues({ ...values, old })} />
                <NewPassword value={values.fresh} again={values.again}
                    onValue={(fresh) => setValues({ ...values, fresh })}
                    onAgain={(again) => setValues({ ...values, again })}
                    error={faults.fresh} againError={faults.again} />
                <Trouble problem={problem} />
                <div class="form-end">
                    <Submit label={strings.me.passwordGo} busy={busy} />
                </div>
                <p role="status" class="field-note">{said}</p>
            </form>
        </section>
    );
}

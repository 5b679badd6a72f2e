import { useRef, useState } from "preact/hooks";

import type { House } from "../../house";
import { spendLink } from "../../rest/account";
import type { Invitation } from "../../rest/account";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { Field } from "../form/Field";
import { NewPassword, passwordFault } from "../form/NewPassword";
import { Submit } from "../form/Submit";
import { Trouble } from "../form/Trouble";

interface Props {
    house: House;
    token: string;
    found: Invitation;
}

type Faults = Partial<Record<"name" | "email" | "password" | "again", string>>;

/** A password of one's own; the first administrator also says who they are. */
export function LinkForm({ house, token, found }: Props) {
    const setup = found.kind === "setup";
    const [name, setName] = useState(found.name);
    const [email, setEmail] = useState(found.email);
    const [password, setPassword] = useState("");
    const [again, setAgain] = useState("");
    const [faults, setFaults] = useState<Faults>({});
    const { busy, problem, run } = useAct();
    const form = useRef<HTMLFormElement>(null);

    const check = (): Faults => {
        const all: Faults = {};
        if (setup && name.trim() === "") all.name = strings.link.needName;
        if (setup && !/^\S+@\S+\.\S+$/.test(email.trim())) all.email = strings.link.badEmail;
        const fault = passwordFault(password, [name.trim(), email.trim()]);
        if (fault !== "") all.password = fault;
        else if (again !== password) all.again = strings.form.notSame;
        return all;
    };
    const go = async () => {
        const all = check();
        setFaults(all);
        if (Object.keys(all).length > 0) {
            window.requestAnimationFrame(() => form.current
                ?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
            return;
        }
        const who = setup ? [name.trim(), email.trim()] as const : ["", ""] as const;
        const done = await run(() => spendLink(token, password, ...who));
        if (done === null) return;
        if ("session" in done.value) house.enter(done.value.session);
        else house.dropLink();
    };
    return (
        <form class="form" noValidate ref={form} onSubmit={(event) => {
            event.preventDefault();
            void go();
        }}>
            <Trouble problem={problem} />
            {setup
                ? <>
                    <Field name="name" label={strings.link.name} value={name} max={100}
                        autoComplete="name" onInput={setName} error={faults.name ?? ""} />
                    <Field name="email" label={strings.door.email} type="email" value={email}
                        max={254} autoComplete="username" inputMode="email" onInput={setEmail}
                        error={faults.email ?? ""} />
                </>
                // For password managers: whose password this is.
                : <input type="email" name="email" autoComplete="username" value={email} readOnly
                    class="unseen" tabIndex={-1} aria-hidden="true" />}
            <NewPassword value={password} again={again} onValue={setPassword} onAgain={setAgain}
                error={faults.password ?? ""} againError={faults.again ?? ""} />
            <Submit label={strings.link.actions[found.kind]} busy={busy} />
        </form>
    );
}

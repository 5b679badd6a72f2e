import { useLayoutEffect, useRef, useState } from "preact/hooks";

import type { House } from "../../house";
import { signIn } from "../../rest/account";
import type { Problem } from "../../rest/call";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { Field } from "../form/Field";
import { PasswordField } from "../form/PasswordField";
import { Submit } from "../form/Submit";
import { Locked } from "./Locked";

interface Props {
    house: House;
    onSecond: (second: string) => void;
}

/** Email and password. */
export function SignInForm({ house, onSecond }: Props) {
    const [email, setEmail] = useState("");
    const [password, setPassword] = useState("");
    const [until, setUntil] = useState(0);
    const { busy, problem, run, clear } = useAct();
    const emailField = useRef<HTMLInputElement>(null);
    const passwordField = useRef<HTMLInputElement>(null);

    useLayoutEffect(() => emailField.current?.focus(), []);
    useLayoutEffect(() => {
        if (problem === null) return;
        setUntil(problem.retryMs > 0 ? Date.now() + problem.retryMs : 0);
        if (problem.status === 401) passwordField.current?.select();
    }, [problem]);

    const go = async () => {
        if (email.trim() === "" || password === "") {
            (email.trim() === "" ? emailField : passwordField).current?.focus();
            return;
        }
        const done = await run(() => signIn(email.trim(), password));
        if (done === null) return;
        if ("second" in done.value) onSecond(done.value.second);
        else house.enter(done.value.session);
    };
    return (
        <form class="form" noValidate onSubmit={(event) => {
            event.preventDefault();
            void go();
        }}>
            <Locked text={sentence(problem)} until={until} onOver={() => {
                setUntil(0);
                clear();
            }} />
            <Field name="email" label={strings.door.email} type="email" value={email} max={254}
                autoComplete="username" inputMode="email" onInput={setEmail} field={emailField} />
            <PasswordField name="password" label={strings.door.password} value={password}
                autoComplete="current-password" onInput={setPassword} field={passwordField} />
            <Submit label={strings.door.signIn} busy={busy} off={until > 0} />
            <p class="hint">{strings.door.forgotten}</p>
        </form>
    );
}

function sentence(problem: Problem | null): string {
    if (problem === null) return "";
    return problem.status === 401 ? strings.door.wrong : problem.text;
}

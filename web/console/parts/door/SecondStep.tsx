import { useLayoutEffect, useRef, useState } from "preact/hooks";

import type { House } from "../../house";
import { signInSecond } from "../../rest/account";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { Field } from "../form/Field";
import { Submit } from "../form/Submit";
import { Locked } from "./Locked";

interface Props {
    house: House;
    second: string;
    onBack: () => void;
}

/** The code of the app, or one of the recovery codes. */
export function SecondStep({ house, second, onBack }: Props) {
    const [recovery, setRecovery] = useState(false);
    const [code, setCode] = useState("");
    const [until, setUntil] = useState(0);
    const { busy, problem, run, clear } = useAct();
    const field = useRef<HTMLInputElement>(null);
    const words = recovery ? strings.door.recovery : strings.door.code;

    useLayoutEffect(() => field.current?.focus(), [recovery]);
    useLayoutEffect(() => {
        if (problem === null) return;
        setUntil(problem.retryMs > 0 ? Date.now() + problem.retryMs : 0);
        field.current?.select();
    }, [problem]);

    const go = async () => {
        const typed = recovery ? code.trim().toUpperCase() : code.replace(/\s/g, "");
        if (typed === "") {
            field.current?.focus();
            return;
        }
        const done = await run(() => signInSecond(second, typed));
        if (done !== null && "session" in done.value) house.enter(done.value.session);
    };
    const other = () => {
        setRecovery(!recovery);
        setCode("");
        clear();
    };
    const text = problem === null ? "" : problem.code === "wrong_code" ? words.wrong : problem.text;
    return (
        <form class="form" noValidate onSubmit={(event) => {
            event.preventDefault();
            void go();
        }}>
            <Locked text={text} until={until} onOver={() => {
                setUntil(0);
                clear();
            }} />
            <Field key={recovery ? "recovery" : "code"} name="code" label={words.label}
                hint={words.hint} value={code} autoComplete={recovery ? "off" : "one-time-code"}
                inputMode={recovery ? "text" : "numeric"} max={recovery ? 20 : 8} code
                onInput={setCode} field={field} />
            <Submit label={strings.door.signIn} busy={busy} off={until > 0} />
            <div class="form-more">
                <button type="button" class="button quiet" onClick={other}>{words.other}</button>
                <button type="button" class="button quiet" onClick={onBack}>
                    {strings.door.other}
                </button>
            </div>
        </form>
    );
}

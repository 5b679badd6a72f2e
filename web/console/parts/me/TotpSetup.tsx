import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { confirmTotp } from "../../rest/account";
import type { Totp } from "../../rest/account";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { Copy } from "../form/Copy";
import { Field } from "../form/Field";
import { Submit } from "../form/Submit";
import { Qr } from "./Qr";

interface Props {
    totp: Totp;
    onDone: (recovery: string[]) => void;
    onCancel: () => void;
}

/** Scan or type the secret, then prove it by a code. */
export function TotpSetup({ totp, onDone, onCancel }: Props) {
    const [code, setCode] = useState("");
    const { busy, problem, run } = useAct();
    const heading = useRef<HTMLHeadingElement>(null);
    const field = useRef<HTMLInputElement>(null);
    const words = strings.totp;
    useLayoutEffect(() => heading.current?.focus(), []);
    useLayoutEffect(() => {
        if (problem !== null) field.current?.select();
    }, [problem]);

    const go = async () => {
        const typed = code.replace(/\s/g, "");
        if (typed === "") {
            field.current?.focus();
            return;
        }
        const done = await run(() => confirmTotp(typed));
        if (done !== null) onDone(done.value);
    };
    return (
        <div class="totp">
            <h3 ref={heading} tabIndex={-1}>{words.scan}</h3>
            <p>{words.scanMore}</p>
            {totp.rows.length > 0 && <Qr rows={totp.rows} label={words.qr} />}
            <h3>{words.type}</h3>
            <p class="secret">
                <code>{totp.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>{" "}
                <Copy text={totp.secret} label={words.copySecret} />
            </p>
            <form class="form" noValidate onSubmit={(event) => {
                event.preventDefault();
                void go();
            }}>
                <Field name="totp-code" label={words.code} hint={words.codeHint} value={code}
                    autoComplete="one-time-code" inputMode="numeric" max={8} code onInput={setCode}
                    field={field} error={problem?.text ?? ""} />
                <div class="form-end">
                    <button type="button" class="button" onClick={onCancel}>
                        {strings.form.cancel}
                    </button>
                    <Submit label={words.confirm} busy={busy} />
                </div>
            </form>
        </div>
    );
}

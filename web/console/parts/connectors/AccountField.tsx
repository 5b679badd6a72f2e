import { useEffect, useState } from "preact/hooks";

import { understand } from "../../rest/connectors";
import type { PsaField } from "../../rest/connectors";
import { strings } from "../../strings";
import { useSettled } from "../../use";
import { Field } from "../form/Field";

interface Props {
    kind: string;
    field: PsaField;
    value: string;
    onInput: (value: string) => void;
    error: string;
}

const SETTLE_MS = 350;

interface Understood {
    of: string;
    account: string;
    origin: string;
    error: string;
}

/** The account. Shows what the server understood of what was typed or pasted. */
export function AccountField({ kind, field, value, onInput, error }: Props) {
    const settled = useSettled(value.trim(), SETTLE_MS);
    const [said, setSaid] = useState<Understood | null>(null);

    useEffect(() => {
        let here = true;
        if (settled === "") {
            setSaid(null);
            return undefined;
        }
        void understand(kind, settled).then((answer) => {
            if (!here) return;
            if (answer.ok) setSaid({ of: settled, ...answer.value, error: "" });
            else if (answer.problem.status !== 401)
                setSaid({ of: settled, account: "", origin: "", error: answer.problem.text });
        });
        return () => {
            here = false;
        };
    }, [kind, settled]);

    const now = said !== null && said.of === value.trim() ? said : null;
    return (
        <div>
            <Field name={field.name} label={field.label} hint={field.hint} value={value}
                max={200} inputMode="url" onInput={onInput} error={error || now?.error || ""} />
            <p class="understood" role="status">
                {now !== null && now.error === "" &&
                    <>
                        <span aria-hidden="true">✓</span>{" "}
                        {strings.connect.understood(now.account)} <code>{now.origin}</code>
                    </>}
            </p>
        </div>
    );
}

import { useLayoutEffect, useRef } from "preact/hooks";

import { download } from "../../copy";
import { strings } from "../../strings";
import { Copy } from "../form/Copy";

interface Props {
    codes: string[];
    email: string;
    onClose: () => void;
}

/** The one time that the recovery codes are shown. */
export function RecoveryCodes({ codes, email, onClose }: Props) {
    const heading = useRef<HTMLHeadingElement>(null);
    const words = strings.totp;
    const text = words.file(email, codes);
    useLayoutEffect(() => heading.current?.focus(), []);
    return (
        <div class="box recovery">
            <h3 ref={heading} tabIndex={-1}>{words.recovery}</h3>
            <p>{words.recoveryMore}</p>
            <ul class="codes">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
            <div class="card-do">
                <Copy text={codes.join("\n")} label={words.copyCodes} />
                <button type="button" class="button"
                    onClick={() => download("parley-recovery-codes.txt", text)}>
                    {words.saveCodes}
                </button>
                <button type="button" class="button primary" onClick={onClose}>{words.kept}</button>
            </div>
        </div>
    );
}

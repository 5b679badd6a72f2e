import { useEffect, useState } from "preact/hooks";

import { copyText } from "../../copy";
import { strings } from "../../strings";

interface Props {
    text: string;
    label: string;
    class?: string;
}

const SHOWN_MS = 4_000;

/** A button that copies, and says whether it did. */
export function Copy({ text, label, class: more = "" }: Props) {
    const [said, setSaid] = useState("");

    useEffect(() => {
        if (said === "") return undefined;
        const timer = window.setTimeout(() => setSaid(""), SHOWN_MS);
        return () => window.clearTimeout(timer);
    }, [said]);

    const copy = async () => {
        const done = await copyText(text);
        setSaid(done ? strings.form.copied : strings.form.notCopied);
    };
    return (
        <span class="copy">
            <button type="button" class={`button ${more}`} onClick={() => void copy()}>
                {label}
            </button>
            <span class="copy-said" role="status">{said}</span>
        </span>
    );
}

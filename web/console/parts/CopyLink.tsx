import { useEffect, useState } from "preact/hooks";

import { copyText } from "../copy";
import { readPlace } from "../place";
import { strings } from "../strings";

interface Props {
    /** Of the message; 0: the conversation itself. */
    seq: number;
    class: string;
    /** In the tab order. */
    tab?: boolean;
}

const SHOWN_MS = 4_000;

/** Copies the address of the open conversation, or of a message in it. */
export function CopyLink({ seq, class: name, tab = true }: Props) {
    const [said, setSaid] = useState<string | null>(null);
    const words = strings.links;

    useEffect(() => {
        if (said === null || said === "") return undefined;
        const timer = window.setTimeout(() => setSaid(null), SHOWN_MS);
        return () => window.clearTimeout(timer);
    }, [said]);

    const copy = async () => {
        setSaid(""); // what is to be heard must be there before it speaks
        const { origin, pathname } = window.location;
        const message = seq > 0 ? `/${seq}` : "";
        const done = await copyText(`${origin}${pathname}#c=${readPlace().open}${message}`);
        setSaid(done ? strings.form.copied : words.notCopied);
    };
    return (
        <>
            <button type="button" class={name} onClick={() => void copy()}
                tabIndex={tab ? 0 : -1}
                aria-label={seq > 0 ? words.message : words.conversation}
                title={seq > 0 ? words.messageMore : words.conversation}>
                {seq > 0 ? <span aria-hidden="true">#</span> : words.copy}
            </button>
            {said !== null && <span role="status" class="copied">{said}</span>}
        </>
    );
}

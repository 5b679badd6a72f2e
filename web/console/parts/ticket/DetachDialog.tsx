import { useState } from "preact/hooks";

import { detachTicket } from "../../rest/ticket";
import type { Then } from "../../rest/ticket";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { Dialog } from "../form/Dialog";
import { Trouble } from "../form/Trouble";

interface Props {
    conversation: string;
    ticket: number;
    number: string;
    onDone: (text: string) => void;
    onClose: () => void;
}

const THENS: readonly Then[] = ["next", "new", "none"];

/** The conversation goes on without its ticket: what comes after it? */
export function DetachDialog({ conversation, ticket, number, onDone, onClose }: Props) {
    const [then, setThen] = useState<Then>("next");
    const { busy, problem, run } = useAct();
    const words = strings.panel.detach;

    const go = async () => {
        if (await run(() => detachTicket(conversation, ticket, then)) !== null)
            onDone(words.done);
    };
    return (
        <Dialog heading={words.heading(number)} onClose={onClose}>
            <p class="dialog-text">{words.intro}</p>
            <fieldset class="choices">
                <legend>{words.label}</legend>
                {THENS.map((one) => (
                    <label key={one} class="check">
                        <input type="radio" name="then" value={one} checked={one === then}
                            onChange={() => setThen(one)} />
                        {words[one]}
                    </label>
                ))}
            </fieldset>
            <Trouble problem={problem} />
            <div class="dialog-end">
                <button type="button" class="button" onClick={onClose}>
                    {strings.form.cancel}
                </button>
                <button type="button" class="button primary" aria-disabled={busy}
                    onClick={() => void go()}>
                    {busy ? strings.form.busy(words.go) : words.go}
                </button>
            </div>
        </Dialog>
    );
}

import type { ComponentChildren } from "preact";

import type { Answer } from "../../rest/call";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { Dialog } from "./Dialog";
import { Trouble } from "./Trouble";

interface Props<T> {
    heading: string;
    children: ComponentChildren;
    action: string;
    danger?: boolean;
    act: () => Promise<Answer<T>>;
    onDone: (value: T) => void;
    onClose: () => void;
}

/** Says what will happen, and does it when told to. */
export function Confirm<T>(props: Props<T>) {
    const { heading, children, action, danger = false, act, onDone, onClose } = props;
    const { busy, problem, run } = useAct();
    const go = async () => {
        const done = await run(act);
        if (done !== null) onDone(done.value);
    };
    return (
        <Dialog heading={heading} onClose={onClose}>
            <div class="dialog-text">{children}</div>
            <Trouble problem={problem} />
            <div class="dialog-end">
                <button type="button" class="button" onClick={onClose}>
                    {strings.form.cancel}
                </button>
                <button type="button" class={`button ${danger ? "danger" : "primary"}`}
                    aria-disabled={busy} onClick={() => void go()}>
                    {busy ? strings.form.busy(action) : action}
                </button>
            </div>
        </Dialog>
    );
}

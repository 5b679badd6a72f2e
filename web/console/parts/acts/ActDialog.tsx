import type { ComponentChildren } from "preact";

import { strings } from "../../strings";
import { Dialog } from "../form/Dialog";

interface Props {
    heading: string;
    /** Of conversations. */
    count: number;
    go: string;
    onGo: () => void;
    onClose: () => void;
    /** It can be done: there is something to choose. */
    ready?: boolean;
    children: ComponentChildren;
}

/** Asks how something is done with one conversation, or with several. */
export function ActDialog({ heading, count, go, onGo, onClose, ready = true, children }: Props) {
    return (
        <Dialog heading={heading} onClose={onClose}>
            <form method="dialog" onSubmit={(event) => {
                event.preventDefault();
                onGo();
            }}>
                {count > 1 && <p class="dialog-text">{strings.acts.of(count)}</p>}
                {children}
                <div class="dialog-end">
                    <button type="button" class="button" onClick={onClose}>
                        {strings.form.cancel}
                    </button>
                    <button type="submit" class="button primary" aria-disabled={!ready}>
                        {go}
                    </button>
                </div>
            </form>
        </Dialog>
    );
}

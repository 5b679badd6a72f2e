import type { ComponentChildren } from "preact";

import type { Summary } from "../../protocol";
import { strings } from "../../strings";
import { Dialog } from "../form/Dialog";

interface Props {
    heading: string;
    /** With these. */
    ones: readonly Summary[];
    go: string;
    onGo: () => void;
    onClose: () => void;
    /** It can be done: there is something to choose. */
    ready?: boolean;
    children: ComponentChildren;
}

/** Asks how something is done with one conversation, or with several. */
export function ActDialog({ heading, ones, go, onGo, onClose, ready = true, children }: Props) {
    const [one] = ones;
    return (
        <Dialog heading={heading} onClose={onClose}>
            <form method="dialog" onSubmit={(event) => {
                event.preventDefault();
                onGo();
            }}>
                <p class="dialog-of">
                    {ones.length > 1 ? strings.acts.of(ones.length)
                        : [one?.name || strings.inbox.someone, one?.subject].filter(Boolean)
                            .join(" · ")}
                </p>
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

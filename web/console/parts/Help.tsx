import { useLayoutEffect, useRef } from "preact/hooks";

import type { Desk } from "../desk";
import { strings } from "../strings";

/** The list of keys. Single letters can be turned off (WCAG 2.1.4). */
export function Help({ desk, keys }: { desk: Desk; keys: boolean }) {
    const dialog = useRef<HTMLDialogElement>(null);

    useLayoutEffect(() => {
        const before = document.activeElement;
        dialog.current?.showModal();
        return () => {
            if (before instanceof HTMLElement) before.focus();
        };
    }, []);

    return (
        <dialog ref={dialog} class="help" aria-labelledby="help-heading"
            onClose={() => desk.help(false)}>
            <h2 id="help-heading">{strings.help.heading}</h2>
            <dl>
                {strings.help.keys.map(([key, what]) => (
                    <div key={key}>
                        <dt><kbd>{key}</kbd></dt>
                        <dd>{what}</dd>
                    </div>
                ))}
            </dl>
            <label class="check">
                <input type="checkbox" checked={keys}
                    onChange={(event) => desk.useKeys(event.currentTarget.checked)} />
                {strings.help.letters}
            </label>
            <button type="button" class="button" onClick={() => dialog.current?.close()}>
                {strings.help.close}
            </button>
        </dialog>
    );
}

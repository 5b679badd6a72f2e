import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface Props {
    heading: string;
    /** It was closed, by Escape too. */
    onClose: () => void;
    children: ComponentChildren;
    class?: string;
}

/** A modal dialog. The focus goes back to where it was, or to the heading if that is gone. */
export function Dialog({ heading, onClose, children, class: more = "" }: Props) {
    const dialog = useRef<HTMLDialogElement>(null);

    useLayoutEffect(() => {
        const before = document.activeElement;
        dialog.current?.showModal();
        return () => {
            if (before instanceof HTMLElement && before.isConnected) before.focus();
            else document.querySelector<HTMLElement>("h1")?.focus();
        };
    }, []);

    return (
        <dialog ref={dialog} class={`dialog ${more}`} aria-labelledby="dialog-heading"
            onClose={onClose}>
            <h2 id="dialog-heading">{heading}</h2>
            {children}
        </dialog>
    );
}

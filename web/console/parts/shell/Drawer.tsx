import { useLayoutEffect, useRef } from "preact/hooks";

import type { House, HouseState } from "../../house";
import type { State } from "../../state";
import { strings } from "../../strings";
import { Menu } from "./Menu";

interface Props {
    house: House;
    state: HouseState;
    desk: State;
    attention: string;
    onClose: () => void;
}

/** The menu of a small screen. After a choice the focus belongs to the page that comes. */
export function Drawer({ house, state, desk, attention, onClose }: Props) {
    const dialog = useRef<HTMLDialogElement>(null);
    const chosen = useRef(false);

    useLayoutEffect(() => {
        const before = document.activeElement;
        dialog.current?.showModal();
        return () => {
            if (!chosen.current && before instanceof HTMLElement) before.focus();
        };
    }, []);

    return (
        <dialog ref={dialog} class="drawer" aria-label={strings.menu.label} onClose={onClose}
            onClick={(event) => {
                if (event.target === dialog.current) onClose();
            }}>
            <div class="drawer-in">
                <button type="button" class="button quiet drawer-close" onClick={onClose}>
                    {strings.menu.close}
                </button>
                <Menu house={house} state={state} desk={desk} attention={attention} onGo={() => {
                    chosen.current = true;
                    onClose();
                }} />
            </div>
        </dialog>
    );
}

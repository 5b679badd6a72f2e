import type { Desk } from "../desk";
import { waitingCount } from "../state";
import type { State } from "../state";
import { strings } from "../strings";

interface Props {
    desk: Desk;
    state: State;
    brand: string;
    /** The keys belong to the inbox. */
    inbox: boolean;
    onMenu: () => void;
    onOpen: (conversation: string) => void;
}

/** The bar at the top: the MSP's name in its colour; the menu's button where the menu is hidden. */
export function Header({ desk, state, brand, inbox, onMenu, onOpen }: Props) {
    const failed = state.outgoing.filter((one) => one.failed);
    return (
        <header class="top">
            <button type="button" class="button quiet top-menu" aria-haspopup="dialog"
                onClick={onMenu}>
                <span aria-hidden="true">☰</span> {strings.menu.open}
            </button>
            <p class="top-name">{brand || strings.title}</p>
            <p class="top-waiting">
                {state.loaded && inbox && strings.inbox.waiting(waitingCount(state.inbox))}
            </p>
            {failed[0] !== undefined &&
                <button type="button" class="button small top-unsent"
                    onClick={() => onOpen(failed[0]?.conversation ?? "")}>
                    <span aria-hidden="true">⚠</span> {strings.thread.unsent(failed.length)}
                </button>}
            {state.me !== "" &&
                <p class="top-me" title={strings.signedIn(state.me)}>{state.me}</p>}
            {inbox &&
                <button type="button" class="button quiet" onClick={() => desk.help(true)}>
                    {strings.help.open} <kbd>?</kbd>
                </button>}
        </header>
    );
}

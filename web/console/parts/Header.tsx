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
}

/** The bar at the top: the MSP's name in its colour; the menu's button where the menu is hidden. */
export function Header({ desk, state, brand, inbox, onMenu }: Props) {
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
            {state.me !== "" &&
                <p class="top-me" title={strings.signedIn(state.me)}>{state.me}</p>}
            {inbox &&
                <button type="button" class="button quiet" onClick={() => desk.help(true)}>
                    {strings.help.open} <kbd>?</kbd>
                </button>}
        </header>
    );
}

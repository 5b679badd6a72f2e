import type { Desk } from "../desk";
import { waitingCount } from "../state";
import type { State } from "../state";
import { strings } from "../strings";

export function Header({ desk, state }: { desk: Desk; state: State }) {
    return (
        <header class="top">
            <p class="top-name" aria-hidden="true">{strings.title}</p>
            <p class="top-waiting">
                {state.loaded && strings.inbox.waiting(waitingCount(state.inbox))}
            </p>
            {state.me !== "" &&
                <p class="top-me" title={strings.signedIn(state.me)}>{state.me}</p>}
            <button type="button" class="button quiet" onClick={() => desk.help(true)}>
                {strings.help.open} <kbd>?</kbd>
            </button>
        </header>
    );
}

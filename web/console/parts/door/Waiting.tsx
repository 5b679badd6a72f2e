import type { House } from "../../house";
import { strings } from "../../strings";
import { DoorFrame } from "./DoorFrame";

/** While the server is asked, and when it does not answer. */
export function Waiting({ house, stuck }: { house: House; stuck: boolean }) {
    if (!stuck) {
        return (
            <main class="door">
                <h1 class="unseen">{strings.title}</h1>
                <p role="status">{strings.door.opening}</p>
            </main>
        );
    }
    return (
        <DoorFrame brand="" heading={strings.door.unreachable}>
            <p role="alert">{strings.rest.unreachable}</p>
            <button type="button" class="button primary" onClick={() => house.askAgain()}>
                {strings.form.again}
            </button>
        </DoorFrame>
    );
}

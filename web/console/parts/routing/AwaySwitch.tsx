import { readAway, setAway } from "../../rest/routing";
import { strings } from "../../strings";
import { useAct, useLoad } from "../../use";

/** While it is on, nothing is given to this member of staff. */
export function AwaySwitch() {
    const { value, put } = useLoad(readAway, "");
    const { busy, run } = useAct();
    const away = value === true;
    const turn = async () => {
        const done = await run(() => setAway(!away));
        if (done !== null) put(!away);
    };
    return (
        <button type="button" class="button" aria-pressed={away} disabled={value === null || busy}
            title={strings.routing.awayHint} onClick={() => void turn()}>
            {away && <span aria-hidden="true">✓ </span>}{strings.routing.away}
        </button>
    );
}

import { useEffect, useState } from "preact/hooks";

import type { Member } from "../../protocol";
import { setAway } from "../../rest/routing";
import { strings } from "../../strings";
import { useAct } from "../../use";

/** While it is on, nothing is given to this member of staff. It is as the server says, for it may
 * have been turned in another tab; until it says so, as it was turned here. */
export function AwaySwitch({ me }: { me: Member | undefined }) {
    const [turned, setTurned] = useState<boolean | null>(null);
    const { busy, run } = useAct();
    const away = turned ?? me?.away === true;
    const turn = async () => {
        const done = await run(() => setAway(!away));
        if (done !== null) setTurned(!away);
    };
    useEffect(() => setTurned(null), [me?.away]);
    return (
        <button type="button" class="button" aria-pressed={away}
            disabled={me === undefined || busy}
            title={strings.routing.awayHint} onClick={() => void turn()}>
            {away && <span aria-hidden="true">✓ </span>}{strings.routing.away}
        </button>
    );
}

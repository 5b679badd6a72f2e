import { useEffect, useState } from "preact/hooks";

import type { Desk } from "../desk";
import type { State } from "../state";
import { strings } from "../strings";

/** The notice while there is no connection. */
export function Line({ desk, state }: { desk: Desk; state: State }) {
    const [now, setNow] = useState(Date.now());
    const down = state.line !== "up";

    useEffect(() => {
        if (!down) return undefined;
        const timer = window.setInterval(() => setNow(Date.now()), 1000);
        return () => window.clearInterval(timer);
    }, [down]);

    if (!down) return null;
    const seconds = Math.max(1, Math.ceil((state.retryAt - now) / 1000));
    return (
        <section class="line" aria-label={strings.line.label}>
            <p>
                <strong>{strings.line.lost}</strong>{" "}
                {state.line === "down" ? strings.line.next(seconds) : strings.line.connecting}
            </p>
            <button type="button" class="button" onClick={() => desk.probe()}>
                {strings.line.now}
            </button>
        </section>
    );
}

import { useEffect, useState } from "preact/hooks";

import type { Desk } from "../desk";
import { onKey } from "../keys";
import type { State } from "../state";
import { strings } from "../strings";
import { Door } from "./Door";
import { Header } from "./Header";
import { Help } from "./Help";
import { Inbox } from "./Inbox";
import { Line } from "./Line";
import { Live } from "./Live";
import { ThreadView } from "./ThreadView";
import { TicketView } from "./TicketView";

const TICK_MS = 10_000;

/** The whole console. `now` ticks here, so that all waiting times move together. */
export function App({ desk }: { desk: Desk }) {
    const [state, setState] = useState<State>(desk.state);
    const [now, setNow] = useState(Date.now());

    useEffect(() => {
        setState(desk.state);
        return desk.subscribe(() => setState(desk.state));
    }, [desk]);
    useEffect(() => {
        const timer = window.setInterval(() => setNow(Date.now()), TICK_MS);
        const key = (event: KeyboardEvent) => {
            if (onKey(desk, event)) event.preventDefault();
        };
        window.addEventListener("keydown", key);
        return () => {
            window.clearInterval(timer);
            window.removeEventListener("keydown", key);
        };
    }, [desk]);

    if (state.door !== "open") return <Door desk={desk} door={state.door} line={state.line} />;
    const open = state.place.open;
    return (
        <div class={`desk pane-${state.place.pane}`}>
            <Header desk={desk} state={state} />
            <Line desk={desk} state={state} />
            <main>
                <h1 class="unseen">{strings.title}</h1>
                <Inbox desk={desk} state={state} now={now} />
                <ThreadView key={open ?? ""} desk={desk} state={state} now={now} />
                {open !== null && <TicketView key={`ticket ${open}`} desk={desk} state={state} />}
            </main>
            <Live announce={state.announce} />
            {state.help && <Help desk={desk} keys={state.keys} />}
        </div>
    );
}

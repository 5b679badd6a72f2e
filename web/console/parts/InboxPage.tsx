import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import type { Desk } from "../desk";
import type { State } from "../state";
import { strings } from "../strings";
import { ActDialogs } from "./acts/ActDialogs";
import { Inbox } from "./inbox/Inbox";
import { ThreadView } from "./ThreadView";
import { TicketView } from "./TicketView";

interface Props {
    desk: Desk;
    state: State;
    admin: boolean;
    now: number;
    take: boolean;
}

/** The conversations, the open one, and its ticket. */
export function InboxPage({ desk, state, admin, now, take }: Props) {
    const heading = useRef<HTMLHeadingElement>(null);
    const open = state.place.open;
    // The messages are painted first, and the ticket beside them in the next frame.
    const [painted, setPainted] = useState<string | null>(null);

    useLayoutEffect(() => {
        if (take) heading.current?.focus();
    }, []);

    useEffect(() => setPainted(open), [open]);

    return (
        <main class="desk" id="main">
            <h1 class="unseen" ref={heading} tabIndex={-1}>{strings.menu.inbox}</h1>
            <Inbox desk={desk} state={state} admin={admin} now={now} />
            <ThreadView key={open ?? ""} desk={desk} state={state} now={now} />
            {open !== null && painted === open &&
                <TicketView key={`ticket ${open}`} desk={desk} state={state} />}
            <ActDialogs desk={desk} state={state} />
        </main>
    );
}

import { useLayoutEffect, useRef, useState } from "preact/hooks";

import type { Desk } from "../desk";
import type { State } from "../state";
import { sameOpen, still } from "../still";
import { strings } from "../strings";
import { useKeptFocus } from "../use";
import { Facts } from "./Facts";
import { FilingState } from "./FilingState";
import { ConflictCard } from "./ticket/ConflictCard";
import { Acts } from "./ticket/Acts";
import { After } from "./ticket/After";
import { Dialogs } from "./ticket/Dialogs";
import { Fields } from "./ticket/Fields";
import { Told } from "./ticket/Told";
import { Others } from "./talk/Others";
import { hasNoTicket, isMaking } from "./ticket/values";

/** The ticket of the open conversation, and what is still to be done in the PSA. */
export const TicketView = still(({ desk, state }: { desk: Desk; state: State }) => {
    const heading = useRef<HTMLHeadingElement>(null);
    const box = useRef<HTMLElement>(null);
    const [dialog, setDialog] = useState<"attach" | "detach" | null>(null);
    const { focus, options, place } = state;
    const one = state.inbox.find((s) => s.id === place.open);

    useLayoutEffect(() => {
        if (focus.on === "ticket") heading.current?.focus();
    }, [focus.turn]);
    useKeptFocus(box, () => heading.current?.focus());

    const entries = one === undefined ? null : desk.thread(one.id).entries;
    const { number, url } = one?.ticket ?? { number: null, url: null };
    return (
        <>
            <section class="ticket" ref={box} aria-labelledby="ticket-heading">
                <div class="ticket-top">
                    <button type="button" class="button quiet narrow back from-ticket"
                        aria-label={strings.ticket.back} onClick={() => desk.back()}>
                        <span aria-hidden="true">←</span>
                    </button>
                    <h2 id="ticket-heading" ref={heading} tabIndex={-1}>
                        {strings.ticket.heading}
                        {number !== null && url === null && ` #${number}`}
                        {number !== null && url !== null &&
                            <>{" "}
                                <a href={url} target="_blank" rel="noopener noreferrer"
                                    title={strings.ticket.open(number)}>
                                    #{number} <span aria-hidden="true">↗</span>
                                </a>
                            </>}
                    </h2>
                    {one !== undefined && number === null && !hasNoTicket(one) &&
                        <p class="hint">{strings.ticket.none}</p>}
                </div>
                {one !== undefined &&
                    <>
                        <FilingState desk={desk} one={one} />
                        {(entries ?? []).filter((e) => e.conflict.length > 0).map((e) => (
                            <ConflictCard key={e.id} desk={desk} one={one} entry={e}
                                options={options} />
                        ))}
                        {(one.ticket.id !== 0 || isMaking(entries)) &&
                            <Fields desk={desk} state={state} one={one} />}
                        <Acts desk={desk} one={one} entries={entries} onDialog={setDialog} />
                        <Facts one={one} />
                        <Others key={one.person} desk={desk} one={one} />
                        <After desk={desk} state={state} one={one} />
                        <Told id={one.id} entries={entries} options={options} />
                    </>}
            </section>
            {dialog !== null && one !== undefined &&
                <Dialogs desk={desk} one={one} dialog={dialog} onClose={() => setDialog(null)} />}
        </>
    );
}, (old, next) => sameOpen(old.state, next.state));

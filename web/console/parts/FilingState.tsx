import type { Desk } from "../desk";
import type { Summary } from "../protocol";
import { strings } from "../strings";
import { Badge } from "./Badge";
import { hasNoTicket } from "./ticket/values";

/** How far the conversation has got into the PSA, and why it stopped if it did. */
export function FilingState({ desk, one }: { desk: Desk; one: Summary }) {
    const { state, reason } = one.ticket;
    if (hasNoTicket(one)) return null;
    const retrying = desk.thread(one.id).retrying;
    return (
        <div class={`filing filing-${state}`}>
            <p>
                <Badge state={state} />{" "}
                <span class="hint">{strings.filingMore[state]}</span>
            </p>
            {state !== "filed" && reason !== "" &&
                <p class="filing-why">{strings.heard(reason)}</p>}
            {(state === "parked" || (state === "waiting" && reason !== "")) &&
                <button type="button" class="button" aria-disabled={retrying}
                    onClick={() => {
                        if (!retrying) desk.retry(one.id);
                    }}>
                    {retrying ? strings.ticket.retrying
                        : state === "parked" ? strings.ticket.retry : strings.panel.told.again}
                </button>}
        </div>
    );
}

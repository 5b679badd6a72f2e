import type { Desk } from "../desk";
import type { Summary } from "../protocol";
import type { Change } from "../state";
import { strings } from "../strings";

interface Props {
    desk: Desk;
    one: Summary;
    field: Change["field"];
    values: string[];
    changes: Change[];
}

function hintOf(values: string[], change: Change | undefined): string {
    if (change?.state === "sending") return strings.ticket.pendingSend(change.value);
    if (change?.state === "queued") return strings.ticket.pending(change.value);
    if (change?.state === "failed") return strings.ticket.changeFailed(change.reason);
    return values.length === 0 ? strings.ticket.listsMissing : "";
}

/** Status or priority. Only what the account's own list holds is offered. */
export function TicketSelect({ desk, one, field, values, changes }: Props) {
    const change = changes.find((c) => c.conversation === one.id && c.field === field);
    const filed = one.ticket[field];
    const shown = change !== undefined && change.state !== "failed" ? change.value : filed;
    const hint = hintOf(values, change);
    const pending = change !== undefined && change.state !== "failed";
    return (
        <div class={`choice${pending ? " choice-pending" : ""}`}>
            <label for={`choice-${field}`}>{strings.ticket[field]}</label>
            <select id={`choice-${field}`} value={shown} disabled={values.length === 0}
                aria-describedby={hint === "" ? undefined : `choice-${field}-hint`}
                onChange={(event) => desk.change(one.id, field, event.currentTarget.value)}>
                {!values.includes(shown) &&
                    <option value={shown} disabled>{shown || strings.ticket.unset}</option>}
                {values.map((value) => <option key={value} value={value}>{value}</option>)}
            </select>
            {hint !== "" && <p class="hint" id={`choice-${field}-hint`}>{hint}</p>}
        </div>
    );
}

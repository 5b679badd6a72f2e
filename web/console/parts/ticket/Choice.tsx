import type { ComponentChildren } from "preact";

import type { TicketField } from "../../protocol";
import { strings } from "../../strings";

interface Props {
    field: TicketField;
    pending: boolean;
    hint: string;
    children: ComponentChildren;
}

/** One field of the ticket with its label and what is to be said about it. */
export function Choice({ field, pending, hint, children }: Props) {
    return (
        <div class={`choice${pending ? " choice-pending" : ""}`}>
            <label for={`choice-${field}`}>{strings.panel.fields[field]}</label>
            {children}
            {hint !== "" && <p class="hint" id={`choice-${field}-hint`}>{hint}</p>}
        </div>
    );
}

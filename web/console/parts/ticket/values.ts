// The values of a ticket's fields, as people read them.

import type { Entry, Options, Summary, TicketField } from "../../protocol";
import type { Change } from "../../state";
import { strings } from "../../strings";
import { dayFull } from "../../time";

export function shown(field: TicketField, value: string | number, options: Options,
    ticket?: Summary["ticket"]): string {
    if (field === "due")
        return typeof value === "number" && value > 0 ? dayFull(value) : strings.panel.unset;
    if (field !== "assignee") return String(value) || strings.panel.unset;
    if (value === 0) return strings.panel.nobody;
    const one = options.technicians.find((t) => t.id === value);
    if (one !== undefined) return one.name;
    return ticket?.assigneeId === value && ticket.assignee !== "" ? ticket.assignee
        : strings.panel.unknown(Number(value));
}

/** Is its ticket still to be made? */
export function isMaking(entries: Entry[] | null): boolean {
    return (entries ?? []).some((e) => e.kind === "create_ticket" && e.state !== "filed" &&
        e.state !== "given_up");
}

/** It has no ticket, and none is being made. */
export function hasNoTicket({ ticket }: Summary): boolean {
    return ticket.number === null && ticket.state === "filed";
}

/** How a field stands: what the PSA has, what was chosen here, and what to say about it. */
export interface Standing {
    filed: string | number;
    chosen: string | number;
    pending: boolean;
    hint: string;
}

export function standing(one: Summary, field: TicketField, change: Change | undefined,
    options: Options): Standing {
    const { ticket } = one;
    const filed = field === "assignee" ? ticket.assigneeId : ticket[field];
    const waits = ticket.pending[field];
    const words = (value: string | number) => shown(field, value, options, ticket);
    if (change?.state === "failed")
        return { filed, chosen: waits ?? filed, pending: waits !== undefined,
            hint: strings.panel.failed(change.reason) };
    if (change !== undefined)
        return { filed, chosen: change.value, pending: true,
            hint: strings.panel.sending(words(change.value)) };
    if (waits !== undefined)
        return { filed, chosen: waits, pending: true,
            hint: strings.panel.pending(words(filed), words(waits)) };
    return { filed, chosen: filed, pending: false, hint: "" };
}

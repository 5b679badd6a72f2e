import { Component } from "preact";

import type { Desk } from "../desk";
import type { Summary } from "../protocol";
import { strings } from "../strings";
import { clock, dayKey, dayShort, duration } from "../time";
import { Badge } from "./Badge";

interface Props {
    desk: Desk;
    one: Summary;
    now: number;
    open: boolean;
    reachable: boolean;
}

function lastWords(one: Summary): string {
    if (one.lastFrom === "staff") return strings.inbox.you + one.lastBody;
    if (one.lastFrom === "note") return strings.inbox.note + one.lastBody;
    return one.lastBody;
}

function since(one: Summary, now: number): string {
    if (!one.open) return strings.inbox.closed;
    if (one.waitingSince !== null) return strings.inbox.waits(duration(one.waitingSince, now));
    return dayKey(one.lastAt) === dayKey(now) ? clock(one.lastAt) : dayShort(one.lastAt);
}

/** Drawn again only when something of it is different: there may be many. */
export class InboxRow extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
        const { one, now, open, reachable } = this.props;
        return one !== next.one || open !== next.open || reachable !== next.reachable ||
            since(one, now) !== since(next.one, next.now);
    }

    override render() {
        return row(this.props);
    }
}

function row({ desk, one, now, open, reachable }: Props) {
    const { ticket } = one;
    const waits = one.waitingSince !== null;
    return (
        <li>
            <button type="button" class={`row${waits ? " waits" : ""}`}
                aria-current={open ? "true" : undefined} tabIndex={reachable ? 0 : -1}
                onClick={() => desk.open(one.id)}>
                <span class="row-name">{one.name || strings.inbox.someone}</span>
                <span class="row-time">{since(one, now)}</span>
                {one.company !== "" && <span class="row-company">{one.company}</span>}
                <span class="row-subject">{one.subject || strings.inbox.noSubject}</span>
                <span class="row-last">{lastWords(one)}</span>
                <span class="row-ticket">
                    {ticket.number === null ? strings.inbox.noTicket
                        : strings.inbox.ticket(ticket.number)}
                    <Badge state={ticket.state} />
                </span>
            </button>
        </li>
    );
}

import { Component } from "preact";

import type { Desk } from "../../desk";
import { turn, turnTo } from "../../inbox";
import { plain } from "../../plain";
import type { Summary } from "../../protocol";
import { strings } from "../../strings";
import { dueAt, lateness } from "../../targets";
import type { Targets } from "../../targets";
import { clock, dayKey, dayShort, duration, timeOf } from "../../time";
import { Badge } from "../Badge";
import { hasNoTicket } from "../ticket/values";

interface Props {
    desk: Desk;
    one: Summary;
    now: number;
    targets: Targets;
    me: string;
    open: boolean;
    selected: boolean;
    reachable: boolean;
    /** The person has said something that we have not read. */
    unread: boolean;
    /** A note that we have not read names us. */
    named: boolean;
}

const MINUTE = 60_000;

function lastWords(one: Summary): string {
    if (one.lastFrom === "staff") return strings.inbox.you + one.lastBody;
    if (one.lastFrom === "note") return strings.inbox.note + one.lastBody;
    return one.lastBody;
}

/** The subject was made of it, and says it already. */
function isSubject({ lastFrom, lastBody, subject }: Summary): boolean {
    return lastFrom === "person" && subject !== "" &&
        lastBody.startsWith(subject.replace(/…$/, ""));
}

function since(one: Summary, now: number): string {
    if (!one.open) return strings.inbox.closed;
    if (one.snoozedUntil !== null) return strings.views.asleep(timeOf(one.snoozedUntil, now));
    if (one.waitingSince !== null) return strings.inbox.waits(duration(one.waitingSince, now));
    return dayKey(one.lastAt) === dayKey(now) ? clock(one.lastAt) : dayShort(one.lastAt);
}

/** How near its target it is, in words; "" while there is time. */
function late({ one, targets, now }: Props): string {
    const words = strings.views;
    const due = dueAt(one, targets);
    switch (lateness(one, targets, now)) {
        case "no":
            return "";
        case "soon":
            return due - now < MINUTE ? words.soonNow : words.soon(duration(now, due));
        case "over":
            return now - due < MINUTE ? words.overNow : words.over(duration(due, now));
    }
}

const KEYS = ["one", "open", "selected", "reachable", "me", "unread", "named"] as const;

/** Drawn again only when something of it is different: there may be many. */
export class InboxRow extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
        if (KEYS.some((key) => this.props[key] !== next[key])) return true;
        if (this.props.now === next.now && this.props.targets === next.targets) return false;
        return since(this.props.one, this.props.now) !== since(next.one, next.now) ||
            late(this.props) !== late(next);
    }

    override render() {
        return row(this.props);
    }
}

function row(props: Props) {
    const { desk, one, now, targets, me, open, selected, reachable, unread, named } = props;
    const { ticket, staff, tags } = one;
    const name = one.name || strings.inbox.someone;
    const waits = one.open && one.waitingSince !== null && one.snoozedUntil === null;
    const near = lateness(one, targets, now);
    const word = late(props);
    const tab = reachable ? 0 : -1;
    return (
        <div role="listitem" class={`inbox-row${waits ? " waits" : ""}${
            near === "no" ? "" : ` late-${near}`}${selected ? " selected" : ""}${
            open ? " is-open" : ""}`}>
            <label class="row-pick">
                <input type="checkbox" name={one.id} checked={selected} tabIndex={tab}
                    aria-label={strings.bulk.select(name)}
                    onClick={(event) => {
                        if (event.shiftKey) turnTo(desk, one.id);
                        else turn(desk, one.id);
                        // The browser has turned it already, perhaps the other way.
                        event.currentTarget.checked = desk.state.selected.has(one.id);
                    }} />
            </label>
            <button type="button" name={one.id} class={`row${waits ? " waits" : ""}`}
                aria-current={open ? "true" : undefined} tabIndex={tab}
                onClick={(event) => {
                    if (event.shiftKey) turnTo(desk, one.id);
                    else if (event.ctrlKey || event.metaKey) turn(desk, one.id);
                    else desk.open(one.id);
                }}>
                <span class="row-name">
                    {unread && <span class="row-dot" aria-hidden="true" />}
                    {name}
                    {named && <span class="row-named">@ {strings.talk.namesYou}</span>}
                </span>
                {unread && <span class="unseen">{strings.talk.unread}</span>}
                <span class="row-time">{since(one, now)}</span>
                {word !== "" &&
                    <span class="row-late"><span aria-hidden="true">⚑</span> {word}</span>}
                {one.company !== "" && <span class="row-company">{one.company}</span>}
                <span class="row-subject">
                    {plain(one.subject) || strings.inbox.noSubject}
                </span>
                {!isSubject(one) && <span class="row-last">{plain(lastWords(one))}</span>}
                {(staff !== null || tags.length > 0) &&
                    <span class="row-has">
                        {staff !== null && <span>{staff.id === me ? strings.views.yours
                            : strings.views.has(staff.name)}</span>}
                        {tags.map((tag) => <span key={tag} class="tag">{tag}</span>)}
                    </span>}
                <span class="row-ticket">
                    {ticket.number === null ? strings.inbox.noTicket
                        : strings.inbox.ticket(ticket.number)}
                    {!hasNoTicket(one) && <Badge state={ticket.state} />}
                </span>
            </button>
        </div>
    );
}

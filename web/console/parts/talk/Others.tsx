import type { Desk } from "../../desk";
import { readPerson } from "../../rest/people";
import type { PsaTicket, Talk } from "../../rest/people";
import type { Summary } from "../../protocol";
import { strings } from "../../strings";
import { dayShort, iso } from "../../time";
import { useLoad } from "../../use";

const SHOWN = 10;

/** The other conversations of this person, and their tickets without one; the latest first. */
export function useOthers(one: Summary): { talks: Talk[]; tickets: PsaTicket[] } | null {
    const { value } = useLoad(() => readPerson(one.person), `${one.person} ${one.lastSeq}`);
    return value === null ? null
        : { talks: value.talks.filter((talk) => talk.id !== one.id), tickets: value.tickets };
}

/** What else the person has asked. */
export function Others({ desk, one }: { desk: Desk; one: Summary }) {
    const others = useOthers(one);
    const words = strings.talk;
    return (
        <section>
            <h3>{words.others}</h3>
            {others === null && <p class="hint">{words.othersLoading}</p>}
            {others?.talks.length === 0 && others.tickets.length === 0 &&
                <p class="hint">{words.othersNone}</p>}
            <ul class="others">
                {(others?.talks ?? []).slice(0, SHOWN).map((talk) => (
                    <li key={talk.id}>
                        <button type="button" class="other" onClick={() => desk.open(talk.id)}>
                            <span class="other-subject">
                                {talk.subject || strings.inbox.noSubject}
                            </span>
                            <span class="hint">
                                {talk.number === "" ? talk.reference
                                    : strings.inbox.ticket(talk.number)}
                                {" · "}{talk.open ? talk.status || strings.filing.waiting
                                    : words.closed}
                                {" · "}
                                <time dateTime={iso(talk.last)}>{dayShort(talk.last)}</time>
                            </span>
                        </button>
                    </li>
                ))}
                {(others?.tickets ?? []).slice(0, SHOWN).map((ticket) => (
                    <li key={`ticket ${ticket.number}`}>
                        <a class="other" href={ticket.url} target="_blank"
                            rel="noopener noreferrer">
                            <span class="other-subject">
                                {ticket.subject || strings.inbox.noSubject}{" "}
                                <span aria-hidden="true">↗</span>
                            </span>
                            <span class="hint">
                                {strings.inbox.ticket(ticket.number)}
                                {" · "}{ticket.open ? ticket.status : words.closed}
                                {" · "}
                                <time dateTime={iso(ticket.updated)}>
                                    {dayShort(ticket.updated)}
                                </time>
                            </span>
                        </a>
                    </li>
                ))}
            </ul>
        </section>
    );
}

import type { Desk } from "../../desk";
import { readPerson } from "../../rest/people";
import type { Talk } from "../../rest/people";
import type { Summary } from "../../protocol";
import { strings } from "../../strings";
import { dayShort, iso } from "../../time";
import { useLoad } from "../../use";

const SHOWN = 10;

/** The other conversations of this person, the latest first. */
export function useOthers(one: Summary): Talk[] | null {
    const { value } = useLoad(() => readPerson(one.person), `${one.person} ${one.lastSeq}`);
    return value === null ? null : value.talks.filter((talk) => talk.id !== one.id);
}

/** What else the person has asked. */
export function Others({ desk, one }: { desk: Desk; one: Summary }) {
    const others = useOthers(one);
    const words = strings.talk;
    return (
        <section>
            <h3>{words.others}</h3>
            {others === null && <p class="hint">{words.othersLoading}</p>}
            {others?.length === 0 && <p class="hint">{words.othersNone}</p>}
            <ul class="others">
                {(others ?? []).slice(0, SHOWN).map((talk) => (
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
            </ul>
        </section>
    );
}

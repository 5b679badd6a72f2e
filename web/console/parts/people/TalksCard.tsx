import type { House } from "../../house";
import type { PersonPage } from "../../rest/people";
import { strings } from "../../strings";
import { iso, moment } from "../../time";

/** The conversations of a person, the latest first. */
export function TalksCard({ house, of }: { house: House; of: PersonPage }) {
    const words = strings.person;
    return (
        <section class="card" aria-labelledby="talks-heading">
            <h2 id="talks-heading">{words.talks}</h2>
            {of.talks.length === 0 && <p>{words.noTalks}</p>}
            <ul class="rows">
                {of.talks.map((one) => (
                    <li key={one.id}>
                        <p>
                            <a href={`${window.location.pathname}#c=${one.id}`}
                                onClick={(event) => {
                                    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                                    event.preventDefault();
                                    house.showConversation(one.id);
                                }}>
                                {one.subject || strings.inbox.noSubject}
                            </a>
                        </p>
                        <p class="hint">
                            <code>{one.reference}</code>
                            {" · "}{one.number === "" ? words.noTicket : words.ticket(one.number)}
                            {one.status !== "" && ` · ${one.status}`}
                            {!one.open && ` · ${words.closed}`}
                            {" · "}<time dateTime={iso(one.last)}>{moment(one.last)}</time>
                        </p>
                    </li>
                ))}
            </ul>
        </section>
    );
}

import { useState } from "preact/hooks";

import { browserOf } from "../../agent";
import { signOutPerson } from "../../rest/people";
import type { PersonPage, PersonSession } from "../../rest/people";
import { strings } from "../../strings";
import { moment } from "../../time";
import { Confirm } from "../form/Confirm";

interface Props {
    of: PersonPage;
    onDone: (said: string) => void;
}

/** Where a person chats, and an end to it. */
export function BrowsersCard({ of, onDone }: Props) {
    const [asking, setAsking] = useState(false);
    const words = strings.person;
    return (
        <section class="card" aria-labelledby="browsers-heading">
            <h2 id="browsers-heading">{words.sessions}</h2>
            <p class="hint">{words.sessionsMore}</p>
            {of.sessions.length === 0 && <p>{words.noSessions}</p>}
            <ul class="rows">
                {of.sessions.map((one) => (
                    <li key={`${one.created} ${one.agent}`}>
                        <p><strong>{browserOf(one.agent)}</strong></p>
                        <p class="hint">{lineOf(one)}</p>
                    </li>
                ))}
            </ul>
            {of.sessions.some((one) => one.verified) &&
                <button type="button" class="button" onClick={() => setAsking(true)}>
                    {words.end}
                </button>}
            {asking &&
                <Confirm heading={words.endHeading(of.name || strings.people.unnamed)}
                    action={words.end} danger act={() => signOutPerson(of.id)}
                    onDone={() => {
                        setAsking(false);
                        onDone(words.ended);
                    }}
                    onClose={() => setAsking(false)}>
                    <p>{words.endMore}</p>
                </Confirm>}
        </section>
    );
}

function lineOf(one: PersonSession): string {
    const words = strings.person;
    const parts = [one.verified ? words.sessionProved(one.via) : words.sessionUnproved,
        words.since(moment(one.created))];
    if (one.expires !== 0) parts.push(words.until(moment(one.expires)));
    return parts.join(" · ");
}

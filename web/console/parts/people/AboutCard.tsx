import type { PersonPage } from "../../rest/people";
import { strings } from "../../strings";
import { duration, moment } from "../../time";

/** What is known of a person. */
export function AboutCard({ of, now }: { of: PersonPage; now: number }) {
    const words = strings.person;
    return (
        <section class="card" aria-labelledby="about-heading">
            <div class="card-top">
                <h2 id="about-heading">{words.about}</h2>
                {of.blocked && <span class="badge badge-parked">{strings.people.blocked}</span>}
                {of.manager && <span class="badge badge-filed">{strings.people.manager}</span>}
            </div>
            <dl class="facts">
                <dt>{words.email}</dt>
                <dd>{of.email}</dd>
                <dt>{words.provedAt}</dt>
                <dd class={of.verified ? undefined : "warn"}>
                    {of.verifiedAt === 0 ? words.never : moment(of.verifiedAt)}
                </dd>
                <dt>{words.came}</dt>
                <dd>{moment(of.created)}</dd>
                {of.seen !== 0 && <dt>{words.seen}</dt>}
                {of.seen !== 0 && <dd>{duration(of.seen, now)}</dd>}
                {of.mailOffAt !== 0 && <dt>{words.mailOff}</dt>}
                {of.mailOffAt !== 0 && <dd>{words.mailOffSince(moment(of.mailOffAt))}</dd>}
                {of.identities.length > 0 && <dt>{words.identities}</dt>}
                {of.identities.length > 0 &&
                    <dd>
                        {of.identities.map((one) => (
                            <p key={`${one.kind} ${one.issuer} ${one.subject}`}>
                                {words.identity(one.kind, one.issuer, one.subject)}
                            </p>
                        ))}
                    </dd>}
            </dl>
        </section>
    );
}

import type { Summary } from "../protocol";
import { strings } from "../strings";

/** Who the person is. */
export function Facts({ one }: { one: Summary }) {
    return (
        <section>
            <h3>{strings.ticket.about}</h3>
            <dl class="facts">
                <dt class="unseen">{strings.ticket.about}</dt>
                <dd class="facts-name">{one.name || strings.inbox.someone}</dd>
                {one.company !== "" &&
                    <>
                        <dt>{strings.ticket.company}</dt>
                        <dd>{one.company}</dd>
                    </>}
                {one.email !== "" &&
                    <>
                        <dt>{strings.ticket.email}</dt>
                        <dd>
                            {/* Broken behind the @ rather than within a word. */}
                            {one.email.replace(/@.*/, "@")}<wbr />{one.email.replace(/.*@/, "")}
                            <span class={`facts-proof${one.verified ? " good" : ""}`}>
                                {one.verified ? strings.ticket.verified
                                    : strings.ticket.unverified}
                            </span>
                        </dd>
                    </>}
                <dt>{strings.ticket.reference}</dt>
                <dd><code>{one.reference}</code></dd>
            </dl>
        </section>
    );
}

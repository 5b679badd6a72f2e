import type { Entry } from "../protocol";
import { strings } from "../strings";
import { clock, iso } from "../time";
import { Badge } from "./Badge";

/** What was, is and will be told to the PSA, in order. */
export function Outbox({ entries }: { entries: Entry[] | null }) {
    return (
        <section>
            <h3>{strings.ticket.outbox}</h3>
            {entries === null && <p class="hint">{strings.ticket.outboxLoading}</p>}
            {entries?.length === 0 && <p class="hint">{strings.ticket.outboxEmpty}</p>}
            {entries !== null && entries.length > 0 &&
                <ol class="outbox">
                    {entries.map((e) => (
                        <li key={e.id}>
                            <p class="outbox-top">
                                <span>{strings.kinds.get(e.kind) ?? e.kind}</span>
                                <Badge state={e.state} />
                            </p>
                            <p class="hint">{more(e)} <time dateTime={iso(e.at)}>
                                {clock(e.at)}</time></p>
                            {e.state !== "filed" && e.reason !== "" &&
                                <p class="outbox-why">{strings.heard(e.reason)}</p>}
                        </li>
                    ))}
                </ol>}
        </section>
    );
}

function more(e: Entry): string {
    const parts: string[] = [];
    if (e.seqFrom > 0) parts.push(strings.ticket.range(e.seqFrom, e.seqTo || e.seqFrom));
    if (e.attempts > 1) parts.push(strings.ticket.attempts(e.attempts));
    return parts.length > 0 ? `${parts.join(", ")} ·` : "";
}

import { useState } from "preact/hooks";

import type { Entry, Options, TicketField } from "../../protocol";
import { strings } from "../../strings";
import { iso, moment } from "../../time";
import { Badge } from "../Badge";
import { shown } from "./values";

const SHOWN_FIRST = 20;

interface Props {
    /** Of the conversation. */
    id: string;
    entries: Entry[] | null;
    options: Options;
}

/** What was, is and will be told to the PSA, the latest first. */
export function Told({ id, entries, options }: Props) {
    const [all, setAll] = useState(false);
    const words = strings.panel.told;
    const rows = [...(entries ?? [])].reverse();
    const hidden = all ? 0 : Math.max(0, rows.length - SHOWN_FIRST);
    return (
        <section aria-labelledby="told-heading">
            <h3 id="told-heading">{words.heading}</h3>
            {entries === null && <p class="hint">{words.loading}</p>}
            {entries?.length === 0 && <p class="hint">{words.empty}</p>}
            {rows.length > 0 &&
                <ol class="outbox" reversed>
                    {rows.slice(0, rows.length - hidden).map((e) => (
                        <li key={e.id}>
                            <p class="outbox-top">
                                <span>{strings.kinds.get(e.kind) ?? e.kind}</span>
                                <Badge state={e.state} />
                            </p>
                            {e.seqFrom > 0 &&
                                <p>
                                    <a href={`#c=${id}/${e.seqFrom}`}>
                                        {words.range(e.seqFrom, e.seqTo || e.seqFrom)}
                                    </a>
                                </p>}
                            {about(e, options).map((line) => (
                                <p key={line} class="outbox-about">{line}</p>
                            ))}
                            <p class="hint">
                                <time dateTime={iso(e.done || e.at)}>{when(e)}</time>
                                {e.attempts > 1 && ` · ${words.attempts(e.attempts)}`}
                            </p>
                            {e.state !== "filed" && e.reason !== "" &&
                                <p class="outbox-why">{strings.heard(e.reason)}</p>}
                        </li>
                    ))}
                </ol>}
            {hidden > 0 &&
                <button type="button" class="button quiet" onClick={() => setAll(true)}>
                    {words.older(hidden)}
                </button>}
        </section>
    );
}

function about(e: Entry, options: Options): string[] {
    const words = strings.panel.told;
    if (e.seqFrom > 0) return [];
    return Object.entries(e.change).map(([field, value]) => words.change(
        strings.panel.fields[field as TicketField],
        shown(field as TicketField, value, options)));
}

function when(e: Entry): string {
    const words = strings.panel.told;
    if (e.state === "filed" && e.done > 0) return words.done(moment(e.done));
    if (e.state === "given_up" && e.done > 0) return words.left(moment(e.done));
    return words.since(moment(e.at));
}

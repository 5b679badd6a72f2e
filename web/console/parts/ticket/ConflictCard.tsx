import type { Desk } from "../../desk";
import type { Entry, Options, Summary } from "../../protocol";
import { strings } from "../../strings";
import { shown } from "./values";

interface Props {
    desk: Desk;
    one: Summary;
    entry: Entry;
    options: Options;
}

/** A change that met another's in the PSA: what was there, what is, and whose it shall be. */
export function ConflictCard({ desk, one, entry, options }: Props) {
    const words = strings.panel.conflict;
    return (
        <section class="conflict" aria-labelledby={`conflict-${entry.id}`}>
            <h3 id={`conflict-${entry.id}`}>{words.heading}</h3>
            <p>{words.intro}</p>
            {entry.conflict.map(({ field, was, now, mine }) => (
                <dl key={field} class="facts" aria-label={strings.panel.fields[field]}>
                    <dt class="facts-name">{strings.panel.fields[field]}</dt>
                    <dt>{words.was}</dt>
                    <dd>{shown(field, was, options, one.ticket)}</dd>
                    <dt>{words.now}</dt>
                    <dd>{shown(field, now, options, one.ticket)}</dd>
                    <dt>{words.mine}</dt>
                    <dd>{shown(field, mine, options, one.ticket)}</dd>
                </dl>
            ))}
            <div class="conflict-end">
                <button type="button" class="button"
                    onClick={() => desk.settle(one.id, entry.id, true)}>
                    {words.keep}
                </button>
                <button type="button" class="button"
                    onClick={() => desk.settle(one.id, entry.id, false)}>
                    {words.leave}
                </button>
            </div>
        </section>
    );
}

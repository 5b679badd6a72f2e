import { useState } from "preact/hooks";

import type { House } from "../../house";
import { discardParked, listParked, retryParked } from "../../rest/connectors";
import type { Parked } from "../../rest/connectors";
import { strings } from "../../strings";
import { duration } from "../../time";
import { useAct, useLoad } from "../../use";
import { Confirm } from "../form/Confirm";
import { Trouble } from "../form/Trouble";
import { CompanyDialog } from "./CompanyDialog";

interface Props {
    house: House;
    kind: string;
    title: string;
    now: number;
    onChanged: () => void;
}

const AGAIN_MS = 10_000;

/** What has stopped and why, with what an administrator can do about it. */
export function ParkedView({ house, kind, title, now, onChanged }: Props) {
    const { value, problem, reload } = useLoad(() => listParked(kind), kind, AGAIN_MS);
    const [asking, setAsking] = useState<{ what: "company" | "discard"; of: Parked } | null>(null);
    const [said, setSaid] = useState("");
    const act = useAct();
    const words = strings.parked;

    const done = (text: string) => {
        setAsking(null);
        setSaid(text);
        void reload();
        onChanged();
    };
    const retry = async (one: Parked) => {
        if (await act.run(() => retryParked(one.conversation)) !== null)
            done(words.retried(one.reference));
    };
    const all = value?.parked ?? [];
    return (
        <section class="card" aria-labelledby="parked-heading">
            <h2 id="parked-heading">{words.heading}</h2>
            <p class="hint">{words.intro(title)}</p>
            <Trouble problem={problem ?? act.problem} />
            <p role="status" class="field-note">{said}</p>
            {value !== null && all.length === 0 && <p>{words.none}</p>}
            <ul class="parked">
                {all.map((one) => (
                    <li key={one.conversation}>
                        <p class="parked-top">
                            <strong>{one.name || strings.inbox.someone}</strong>
                            {one.company !== "" && ` · ${one.company}`}
                            {one.email !== "" && <span class="hint"> {one.email}</span>}
                        </p>
                        <p class="parked-why">{one.reason}</p>
                        <p class="hint">
                            <code>{one.reference}</code> · {strings.kinds.get(one.kind) ?? one.kind}
                            {" · "}{words.since(duration(one.since, now))}
                            {one.accountDiffers && ` · ${words.otherAccount}`}
                        </p>
                        <div class="parked-do">
                            <button type="button" class="button" aria-disabled={act.busy}
                                aria-label={words.of(words.retry, one.reference)}
                                onClick={() => void retry(one)}>{words.retry}</button>
                            <button type="button" class="button"
                                aria-label={words.of(words.company, one.reference)}
                                onClick={() => setAsking({ what: "company", of: one })}>
                                {words.company}
                            </button>
                            <button type="button" class="button"
                                aria-label={words.of(words.discard, one.reference)}
                                onClick={() => setAsking({ what: "discard", of: one })}>
                                {words.discard}
                            </button>
                            <button type="button" class="button quiet"
                                aria-label={words.of(words.show, one.reference)}
                                onClick={() => house.showConversation(one.conversation)}>
                                {words.show}
                            </button>
                        </div>
                    </li>
                ))}
            </ul>
            {value?.more === true && <p class="hint">{words.more}</p>}
            {asking?.what === "company" &&
                <CompanyDialog kind={kind} title={title} of={asking.of}
                    onDone={() => done(words.retried(asking.of.reference))}
                    onClose={() => setAsking(null)} />}
            {asking?.what === "discard" &&
                <Confirm heading={words.discardHeading(asking.of.reference)} danger
                    action={words.discard} act={() => discardParked(asking.of.conversation)}
                    onDone={() => done(words.discarded(asking.of.reference))}
                    onClose={() => setAsking(null)}>
                    <p>{words.discardMore(title)}</p>
                    <p>{words.discardLater}</p>
                </Confirm>}
        </section>
    );
}

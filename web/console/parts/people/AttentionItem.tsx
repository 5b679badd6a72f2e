import { useState } from "preact/hooks";

import type { House } from "../../house";
import { retryParked } from "../../rest/connectors";
import { linkPerson, unlinkPerson } from "../../rest/people";
import type { Attention } from "../../rest/people";
import { strings } from "../../strings";
import { duration } from "../../time";
import { useAct } from "../../use";
import { Trouble } from "../form/Trouble";
import { Go } from "../shell/Go";
import { Candidates } from "./Candidates";
import { ChooseDialog } from "./ChooseDialog";

interface Props {
    house: House;
    of: Attention;
    admin: boolean;
    now: number;
    onDone: (said: string) => void;
}

function headingOf(one: Attention): string {
    const words = strings.attention;
    if (one.kind === "several") return one.candidates.length === 0 ? words.gone : words.several;
    return words[one.kind];
}

/** One thing to decide, with what is needed to decide it. */
export function AttentionItem({ house, of, admin, now, onDone }: Props) {
    const [choosing, setChoosing] = useState(false);
    const { busy, problem, run } = useAct();
    const words = strings.attention;
    const name = of.name || strings.inbox.someone;
    const { conversation } = of;
    const id = `attention-${of.kind}-${conversation ?? of.person}`;

    const act = async (what: Parameters<typeof run>[0]) => {
        if (await run(what) !== null) onDone(words.done(name));
    };
    return (
        <section class="card" aria-labelledby={id}>
            <h2 id={id}>{name}: {headingOf(of)}</h2>
            <p class="hint">
                {of.email}
                {" · "}{of.verified ? strings.people.proved : strings.people.unproved}
                {" · "}{words.since(duration(of.since, now))}
            </p>
            {of.kind === "parked"
                ? <>
                    <p class="parked-why">{of.reason}</p>
                    <p class="hint"><code>{of.reference}</code> · {of.subject}</p>
                </>
                : of.stopped > 0 && <p>{words.stopped(of.stopped)}</p>}
            {of.kind === "nobody" && <p>{words.nobodyMore}</p>}
            <Candidates all={of.candidates} busy={busy}
                onTake={(one) => void act(() => linkPerson(of.person, one))} />
            <Trouble problem={problem} />
            <div class="card-do">
                {of.kind !== "parked" &&
                    <button type="button" class="button"
                        aria-label={words.of(words.choose, name)}
                        onClick={() => setChoosing(true)}>
                        {of.candidates.length > 0 ? words.noneOf : words.choose}
                    </button>}
                {of.kind !== "parked" &&
                    <button type="button" class="button" aria-disabled={busy}
                        aria-label={words.of(words.leave, name)}
                        onClick={() => void act(() => unlinkPerson(of.person, false))}>
                        {words.leave}
                    </button>}
                {of.kind === "parked" && admin && conversation !== null &&
                    <button type="button" class="button" aria-disabled={busy}
                        aria-label={words.of(words.retry, of.reference)}
                        onClick={() => void act(() => retryParked(conversation))}>
                        {words.retry}
                    </button>}
                {conversation !== null &&
                    <button type="button" class="button quiet"
                        aria-label={words.of(words.show, name)}
                        onClick={() => house.showConversation(conversation)}>{words.show}</button>}
                <Go house={house} to={{ page: "person", id: of.person }} class="button quiet">
                    {words.page}<span class="unseen">: {name}</span>
                </Go>
            </div>
            {choosing &&
                <ChooseDialog id={of.person} name={name} onClose={() => setChoosing(false)}
                    onDone={() => {
                        setChoosing(false);
                        onDone(words.done(name));
                    }} />}
        </section>
    );
}

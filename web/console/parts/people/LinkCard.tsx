import { useState } from "preact/hooks";

import { linkPerson, unlinkPerson } from "../../rest/people";
import type { Candidate, PersonPage } from "../../rest/people";
import { strings } from "../../strings";
import { moment } from "../../time";
import { useAct } from "../../use";
import { Confirm } from "../form/Confirm";
import { Trouble } from "../form/Trouble";
import { Candidates } from "./Candidates";
import { ChooseDialog } from "./ChooseDialog";

interface Props {
    of: PersonPage;
    now: number;
    onDone: (said: string) => void;
}

/** Who a person is in the PSA, how that is known, and another choice. */
export function LinkCard({ of, onDone }: Props) {
    const [asking, setAsking] = useState<"choose" | "unlink" | null>(null);
    const { busy, problem, run } = useAct();
    const words = strings.person;
    const name = of.name || strings.people.unnamed;
    const linked = of.customer !== 0;
    const nobody = of.how === "staff" && !linked;

    const done = (said: string) => {
        setAsking(null);
        onDone(said);
    };
    const take = async (one: Candidate) => {
        if (await run(() => linkPerson(of.id, one)) !== null) done(words.chosen(one.company));
    };
    const again = async () => {
        if (await run(() => unlinkPerson(of.id, true)) !== null) done(words.asked);
    };
    return (
        <section class="card" aria-labelledby="link-heading">
            <h2 id="link-heading">{words.link}</h2>
            {linked && <p><strong>{of.company}</strong></p>}
            <p>{nobody ? words.nobodyChosen : words.hows[of.how]}</p>
            {of.checked !== 0 && <p class="hint">{words.checked(moment(of.checked))}</p>}
            <Candidates all={of.candidates} busy={busy} onTake={(one) => void take(one)} />
            <Trouble problem={problem} />
            <div class="card-do">
                <button type="button" class="button" onClick={() => setAsking("choose")}>
                    {words.choose}
                </button>
                {linked &&
                    <button type="button" class="button" onClick={() => setAsking("unlink")}>
                        {words.unlink}
                    </button>}
                {of.how !== "" &&
                    <button type="button" class="button" aria-disabled={busy}
                        onClick={() => void again()}>{words.again}</button>}
            </div>
            {asking === "choose" &&
                <ChooseDialog id={of.id} name={name} onDone={(company) => (
                    done(words.chosen(company)))} onClose={() => setAsking(null)} />}
            {asking === "unlink" &&
                <Confirm heading={words.unlinkHeading(name)} action={words.unlink}
                    act={() => unlinkPerson(of.id, false)} onDone={() => done(words.unlinked)}
                    onClose={() => setAsking(null)}>
                    <p>{words.unlinkMore}</p>
                </Confirm>}
        </section>
    );
}

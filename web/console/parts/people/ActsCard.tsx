import { useState } from "preact/hooks";

import type { House } from "../../house";
import { blockPerson, exportOf, makeManager } from "../../rest/people";
import type { PersonPage } from "../../rest/people";
import { strings } from "../../strings";
import { Confirm } from "../form/Confirm";
import { EraseDialog } from "./EraseDialog";

interface Props {
    house: House;
    of: PersonPage;
    admin: boolean;
    onDone: (said: string) => void;
}

/** What can be done about a person. */
export function ActsCard({ house, of, admin, onDone }: Props) {
    const [asking, setAsking] = useState<"block" | "manager" | "erase" | null>(null);
    const words = strings.person;
    const name = of.name || strings.people.unnamed;
    const close = () => setAsking(null);
    const done = (said: string) => {
        close();
        onDone(said);
    };
    return (
        <section class="card" aria-labelledby="acts-heading">
            <h2 id="acts-heading">{words.does}</h2>
            <div class="card-do">
                <button type="button" class="button" onClick={() => setAsking("block")}>
                    {of.blocked ? words.unblock : words.block}
                </button>
                {admin &&
                    <button type="button" class="button" onClick={() => setAsking("manager")}>
                        {of.manager ? words.demote : words.promote}
                    </button>}
                {admin &&
                    <a class="button" href={exportOf(of.id)} download="parley-person.json">
                        {words.file}
                    </a>}
                {admin &&
                    <button type="button" class="button danger" onClick={() => setAsking("erase")}>
                        {words.erase}
                    </button>}
            </div>
            {asking === "block" && (of.blocked
                ? <Confirm heading={words.unblockHeading(name)} action={words.unblock}
                    act={() => blockPerson(of.id, false)} onClose={close}
                    onDone={() => done(words.unblockDone(name))}>
                    <p>{words.unblockMore}</p>
                </Confirm>
                : <Confirm heading={words.blockHeading(name)} action={words.block} danger
                    act={() => blockPerson(of.id, true)} onClose={close}
                    onDone={() => done(words.blockDone(name))}>
                    <p>{words.blockMore}</p>
                </Confirm>)}
            {asking === "manager" && (of.manager
                ? <Confirm heading={words.demoteHeading(name)} action={words.demote}
                    act={() => makeManager(of.id, false)} onClose={close}
                    onDone={() => done(words.demoteDone(name))}>
                    <p>{words.demoteMore}</p>
                </Confirm>
                : <Confirm heading={words.promoteHeading(name)} action={words.promote}
                    act={() => makeManager(of.id, true)} onClose={close}
                    onDone={() => done(words.promoteDone(name))}>
                    <p>{words.promoteMore}</p>
                </Confirm>)}
            {asking === "erase" &&
                <EraseDialog of={of} onClose={close} onDone={() => house.go({ page: "people" })} />}
        </section>
    );
}

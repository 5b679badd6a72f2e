import { useState } from "preact/hooks";

import type { Desk } from "../../desk";
import type { Summary } from "../../protocol";
import { strings } from "../../strings";
import { dayShort } from "../../time";
import { useOthers } from "../talk/Others";
import { ActDialog } from "./ActDialog";

interface Props {
    desk: Desk;
    one: Summary;
    onClose: () => void;
}

/** In which of the person's other conversations does this one go on? */
export function MergeDialog({ desk, one, onClose }: Props) {
    const others = useOthers(one)?.talks ?? null;
    const [chosen, setChosen] = useState<string | null>(null);
    const words = strings.talk.join;
    const into = chosen ?? others?.[0]?.id ?? null;

    const go = () => {
        if (into === null) return;
        desk.act({ t: "merge", conversation: one.id, into });
        onClose();
    };
    return (
        <ActDialog heading={words.heading} ones={[one]} go={words.go} onGo={go} onClose={onClose}
            ready={into !== null}>
            <p class="dialog-text">{words.intro}</p>
            {others === null && <p class="hint">{strings.talk.othersLoading}</p>}
            {others?.length === 0 && <p>{words.none}</p>}
            {others !== null && others.length > 0 &&
                <fieldset class="choices choices-long">
                    <legend class="unseen">{words.heading}</legend>
                    {others.map((talk) => (
                        <label key={talk.id} class="check">
                            <input type="radio" name="into" checked={talk.id === into}
                                onChange={() => setChosen(talk.id)} />
                            {[talk.number === "" ? talk.reference
                                : strings.inbox.ticket(talk.number),
                            talk.subject || strings.inbox.noSubject, dayShort(talk.last),
                            talk.open ? "" : strings.talk.closed].filter(Boolean).join(" · ")}
                        </label>
                    ))}
                </fieldset>}
        </ActDialog>
    );
}

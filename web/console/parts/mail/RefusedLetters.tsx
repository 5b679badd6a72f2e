import { useState } from "preact/hooks";

import { decideLetter } from "../../rest/mail";
import type { Letter, Mail } from "../../rest/mail";
import { strings } from "../../strings";
import { duration } from "../../time";
import { useAct } from "../../use";
import { Trouble } from "../form/Trouble";

interface Props {
    mail: Mail;
    onChanged: (mail: Mail) => void;
}

/** Letters that a mail server will not have, each with why. */
export function RefusedLetters({ mail, onChanged }: Props) {
    const [said, setSaid] = useState("");
    const act = useAct();
    const words = strings.mail;

    const decide = async (one: Letter, what: "retry" | "discard") => {
        const done = await act.run(() => decideLetter(one.id, what));
        if (done === null) return;
        onChanged(done.value);
        setSaid(what === "retry" ? words.retried(one.to) : words.discarded(one.to));
    };
    return (
        <>
            {mail.parked.length > 0 && <h3>{words.parkedHeading}</h3>}
            <Trouble problem={act.problem} />
            <p role="status" class="field-note">{said}</p>
            {mail.parked.length > 0 &&
                <ul class="parked">
                    {mail.parked.map((one) => (
                        <li key={one.id}>
                            <p class="parked-top"><strong>{one.to}</strong></p>
                            <p class="parked-why">{strings.heard(one.reason)}</p>
                            <p class="hint">
                                {one.reference !== "" && <><code>{one.reference}</code> · </>}
                                {words.line(words.kinds[one.kind] ?? one.kind,
                                    duration(one.since, Date.now()))}
                            </p>
                            <div class="parked-do">
                                {one.kind !== "code" &&
                                    <button type="button" class="button" aria-disabled={act.busy}
                                        aria-label={words.of(words.retry, one.to)}
                                        onClick={() => void decide(one, "retry")}>
                                        {words.retry}
                                    </button>}
                                <button type="button" class="button" aria-disabled={act.busy}
                                    aria-label={words.of(words.discard, one.to)}
                                    onClick={() => void decide(one, "discard")}>
                                    {words.discard}
                                </button>
                            </div>
                        </li>
                    ))}
                </ul>}
            {mail.more && <p class="hint">{words.more}</p>}
        </>
    );
}

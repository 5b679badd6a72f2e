import { useState } from "preact/hooks";

import { snoozeTimes, timeOfInput } from "../../acts";
import type { SnoozeName } from "../../acts";
import type { Desk } from "../../desk";
import type { Summary } from "../../protocol";
import { strings } from "../../strings";
import { clock } from "../../time";
import { ActDialog } from "./ActDialog";

interface Props {
    desk: Desk;
    ones: readonly Summary[];
    onClose: () => void;
}

/** Until when they sleep. */
export function SnoozeDialog({ desk, ones, onClose }: Props) {
    const [times] = useState(() => snoozeTimes(Date.now()));
    const [chosen, setChosen] = useState<SnoozeName | "own">("hour");
    const [own, setOwn] = useState("");
    const [wrong, setWrong] = useState(false);
    const words = strings.acts.sleep;

    const go = () => {
        const until = chosen === "own" ? timeOfInput(own)
            : times.find(([name]) => name === chosen)?.[1] ?? null;
        if (until === null || until <= Date.now()) {
            setWrong(true);
            document.getElementById("field-until")?.focus();
            return;
        }
        for (const one of ones)
            if (one.open) desk.act({ t: "snooze", conversation: one.id, until });
        onClose();
    };
    return (
        <ActDialog heading={words.heading} ones={ones} go={words.go} onGo={go}
            onClose={onClose}>
            <p class="dialog-text">{words.intro}</p>
            <fieldset class="choices">
                <legend class="unseen">{words.heading}</legend>
                {times.map(([name, at]) => (
                    <label key={name} class="check">
                        <input type="radio" name="until" checked={chosen === name}
                            onChange={() => setChosen(name)} />
                        {words[name](clock(at))}
                    </label>
                ))}
                <label class="check">
                    <input type="radio" name="until" checked={chosen === "own"}
                        onChange={() => setChosen("own")} />
                    {words.own}
                </label>
            </fieldset>
            {chosen === "own" &&
                <div class="field">
                    <label for="field-until">{words.ownLabel}</label>
                    <input id="field-until" type="datetime-local" value={own}
                        aria-invalid={wrong} aria-describedby="field-until-error"
                        onInput={(event) => {
                            setOwn(event.currentTarget.value);
                            setWrong(false);
                        }} />
                    <p id="field-until-error" class={wrong ? "field-error" : "field-note"}
                        role="alert">
                        {wrong ? words.past : ""}
                    </p>
                </div>}
        </ActDialog>
    );
}

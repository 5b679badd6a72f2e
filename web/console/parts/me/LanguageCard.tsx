import { useState } from "preact/hooks";

import type { House } from "../../house";
import { LANGUAGES, readChoice, setChoice } from "../../language";
import { strings } from "../../strings";
import { useAct, useLoad } from "../../use";
import { Choice } from "../form/Choice";
import { Trouble } from "../form/Trouble";

/** What the console speaks to this member. */
export function LanguageCard({ house }: { house: House }) {
    const { value, problem, reload, put } = useLoad(readChoice, "");
    const { busy, problem: refused, run } = useAct();
    const [said, setSaid] = useState("");
    const words = strings.language;

    const choose = async (choice: string) => {
        setSaid("");
        if (await run(() => setChoice(choice)) === null) return;
        put(choice);
        setSaid(words.saved);
        await house.speak(choice);
    };
    const names = LANGUAGES.map((one) => [one, words.names[one] ?? one] as const);
    return (
        <section class="card" aria-labelledby="language-heading">
            <h2 id="language-heading">{words.heading}</h2>
            <Trouble problem={problem} onRetry={() => void reload()} />
            {value !== null && <Choice name="language" label={words.label} value={value}
                disabled={busy} values={[["", words.browser], ...names]}
                onChange={(choice) => void choose(choice)} />}
            <Trouble problem={refused} />
            <p role="status" class="field-note">{said}</p>
        </section>
    );
}

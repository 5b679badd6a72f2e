import { useState } from "preact/hooks";

import { MEANINGS, meaningOf, readStatuses, setStatuses } from "../../rest/statuses";
import type { ActSetting, Status, Statuses } from "../../rest/statuses";
import { strings } from "../../strings";
import { useAct, useLoad } from "../../use";
import { Choice } from "../form/Choice";
import { Trouble } from "../form/Trouble";

const AUTO = "auto";
const OFF = "off";
const ONE = "is ";

const actValue = ({ chosen }: ActSetting): string =>
    chosen === null ? AUTO : chosen === "" ? OFF : ONE + chosen;

/** What the account's statuses mean to people, and which of them people set. */
export function StatusesCard() {
    const { value, problem, loading, reload, put } = useLoad(readStatuses, "");
    const [said, setSaid] = useState("");
    const act = useAct();
    const words = strings.statuses;

    const save = async (now: Statuses) => {
        setSaid("");
        const done = await act.run(() => setStatuses(now));
        if (done === null) return;
        put(done.value);
        setSaid(words.changed);
    };
    const setAct = (all: Statuses, what: "solved" | "help", to: string) => {
        const chosen = to === AUTO ? null : to === OFF ? "" : to.slice(ONE.length);
        void save({ ...all, [what]: { chosen, sets: null } });
    };
    const setWord = (all: Statuses, status: string, to: string) =>
        void save({
            ...all,
            statuses: all.statuses.map((one) => one.status !== status ? one
                : { ...one, chosen: to !== AUTO, word: to === AUTO ? one.byWords : meaningOf(to) }),
        });
    return (
        <section class="card" aria-labelledby="statuses-heading">
            <h2 id="statuses-heading">{words.heading}</h2>
            <p class="hint">{words.intro}</p>
            <Trouble problem={problem ?? act.problem} onRetry={() => void reload()} />
            {loading && <p role="status">{strings.form.loading}</p>}
            {value?.statuses.length === 0 && <p>{words.none}</p>}
            {value !== null && value.statuses.length > 0 && <>
                <div class="form">
                    {(["solved", "help"] as const).map((what) => (
                        <Choice key={what} name={`act-${what}`} label={words.acts[what]}
                            value={actValue(value[what])} values={actChoices(value, what)}
                            disabled={act.busy} onChange={(to) => setAct(value, what, to)} />
                    ))}
                </div>
                <h3>{words.wordsHeading}</h3>
                <div class="form">
                    {value.statuses.map((one, i) => (
                        <Choice key={one.status} name={`status-${i}`} label={one.status}
                            value={one.chosen ? one.word : AUTO} values={wordChoices(one)}
                            disabled={act.busy}
                            onChange={(to) => setWord(value, one.status, to)} />
                    ))}
                </div>
            </>}
            <p role="status" class="field-note">{said}</p>
        </section>
    );
}

function actChoices(all: Statuses, what: "solved" | "help"): [string, string][] {
    const words = strings.statuses;
    const { chosen, sets } = all[what];
    return [
        [AUTO, chosen === null ? words.auto(sets) : words.autoLater],
        ...all.statuses.map(({ status }): [string, string] => [ONE + status, status]),
        [OFF, words.off],
    ];
}

function wordChoices(one: Status): [string, string][] {
    const { byWords, meanings } = strings.statuses;
    return [
        [AUTO, byWords(meanings[one.byWords])],
        ...MEANINGS.map((meaning): [string, string] => [meaning, meanings[meaning]]),
    ];
}

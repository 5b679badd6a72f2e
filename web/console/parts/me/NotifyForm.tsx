import { useState } from "preact/hooks";

import { chime } from "../../chime";
import type { House } from "../../house";
import { minuteOf } from "../../notify_rules";
import type { Notify } from "../../notify_rules";
import { setNotify } from "../../rest/notify";
import type { HeldNotify } from "../../rest/notify";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { here, zones } from "../../zones";
import { Checks } from "../form/Checks";
import { Choice } from "../form/Choice";
import { Field } from "../form/Field";
import { Submit } from "../form/Submit";
import { Trouble } from "../form/Trouble";
import { WaysTable } from "./WaysTable";

/** "8:00, 13:00" in order, each once; null: something of it is no time. */
function timesOf(typed: string): string[] | null {
    const times = typed.split(/[\s,;]+/).filter((one) => one !== "")
        .map((one) => one.padStart(5, "0"));
    return times.some((one) => minuteOf(one) < 0) ? null : [...new Set(times)].sort();
}

export function NotifyForm({ house, held }: { house: House; held: HeldNotify }) {
    const words = strings.notify;
    const [set, setSet] = useState<Notify>({ ...held.value, zone: held.value.zone || here() });
    const [times, setTimes] = useState(held.value.digest.times.join(", "));
    const [wrong, setWrong] = useState<"" | "times" | "quiet">("");
    const [said, setSaid] = useState("");
    const { busy, problem, run } = useAct();
    const { quiet, digest } = set;

    const change = (patch: Partial<Notify>) => {
        setSaid("");
        setSet({ ...set, ...patch });
    };
    const days = words.days.map((day, i) => [String(i + 1), day] as const);
    const fail = (field: "times" | "quiet", id: string) => {
        setWrong(field);
        document.getElementById(id)?.focus();
    };
    const save = async () => {
        const read = timesOf(times);
        setSaid("");
        setWrong("");
        if (quiet.from === quiet.to ? quiet.from !== "" : quiet.from === "" || quiet.to === "") {
            fail("quiet", "notify-from");
            return;
        }
        if (read === null || read.length > 6) {
            fail("times", "field-times");
            return;
        }
        const whole: Notify = { ...set, digest: { ...digest, times: read } };
        if (await run(() => setNotify(whole)) === null) return;
        setTimes(read.join(", "));
        house.notifier?.chose(whole);
        setSaid(words.saved);
    };
    const time = (name: "from" | "to") => (
        <div class="field">
            <label for={`notify-${name}`}>{words[name]}</label>
            <input id={`notify-${name}`} type="time" value={quiet[name]}
                aria-invalid={wrong === "quiet" ? "true" : undefined}
                aria-describedby={wrong === "quiet" ? "quiet-error" : undefined}
                onInput={(event) =>
                    change({ quiet: { ...quiet, [name]: event.currentTarget.value } })} />
        </div>
    );
    return (
        <form class="form notify" noValidate onSubmit={(event) => {
            event.preventDefault();
            void save();
        }}>
            <WaysTable events={set.events} onChange={(events) => change({ events })} />
            <label class="notify-check">
                <input type="checkbox" checked={set.text} aria-describedby="notify-text-hint"
                    onChange={(event) => change({ text: event.currentTarget.checked })} />{" "}
                {words.text}
            </label>
            <p class="hint" id="notify-text-hint">{words.textHint}</p>
            <div class="field">
                <label for="notify-volume">{words.volume}</label>
                <div class="notify-volume">
                    <input id="notify-volume" type="range" min={0} max={100} step={5}
                        value={set.volume} onInput={(event) =>
                            change({ volume: Number(event.currentTarget.value) })} />
                    <button type="button" class="button" onClick={() => chime(set.volume)}>
                        {words.test}
                    </button>
                </div>
            </div>
            <Choice name="notify-zone" label={words.zone} value={set.zone} values={zones(set.zone)}
                onChange={(zone) => change({ zone })} />
            <h3>{words.quiet}</h3>
            <p class="hint">{words.quietHint}</p>
            <div class="notify-times">{time("from")}{time("to")}</div>
            {wrong === "quiet" && <p class="field-error" id="quiet-error">{words.badQuiet}</p>}
            <Checks name="quiet-day" legend={words.quietDays} values={days} error=""
                chosen={quiet.days.map(String)}
                onChange={(all) => change({ quiet: { ...quiet, days: all.map(Number) } })} />
            <h3>{words.digest}</h3>
            <p class="hint">{words.digestHint}</p>
            {!held.mail && <p class="box">{words.noMail}</p>}
            <Field name="times" label={words.times} hint={words.timesHint} value={times}
                max={60} required={false} error={wrong === "times" ? words.badTimes : ""}
                onInput={(typed) => {
                    setSaid("");
                    setTimes(typed);
                }} />
            <Checks name="digest-day" legend={words.digestDays} values={days} error=""
                chosen={digest.days.map(String)}
                onChange={(all) => change({ digest: { ...digest, days: all.map(Number) } })} />
            <Trouble problem={problem} />
            <p role="status" class="field-note">{said}</p>
            <div class="form-end"><Submit label={words.save} busy={busy} /></div>
        </form>
    );
}

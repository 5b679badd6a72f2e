import { useState } from "preact/hooks";

import { readHours, setHours } from "../../rest/routing";
import type { Held, Hours, Span } from "../../rest/routing";
import { strings } from "../../strings";
import { written } from "../../time";
import { useAct, useLoad } from "../../use";
import { here, zones } from "../../zones";
import { Choice } from "../form/Choice";
import { Field } from "../form/Field";
import { Lines } from "../form/Lines";
import { Submit } from "../form/Submit";
import { Trouble } from "../form/Trouble";

/** By the clock of this browser, which may be another than that of the hours. */
const OPENS = {
    weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit",
    timeZoneName: "short",
} as const;

const spansText = (spans: readonly Span[]) =>
    spans.map(({ from, to }) => `${from}-${to}`).join(", ");

/** null: it is none. */
function spansOf(typed: string): Span[] | null {
    const spans: Span[] = [];
    for (const part of typed.split(",").map((one) => one.trim())) {
        if (part === "") continue;
        const found = /^(\d{1,2}:\d\d)\s*[-–]\s*(\d{1,2}:\d\d)$/.exec(part);
        if (found === null) return null;
        const [from = "", to = ""] = found.slice(1).map((one) => one.padStart(5, "0"));
        spans.push({ from, to });
    }
    return spans;
}

const holidaysOf = (typed: string) =>
    typed.split("\n").map((line) => line.trim()).filter((line) => line !== "").map((line) => {
        const end = line.search(/\s/);
        return end < 0 ? { date: line, name: "" }
            : { date: line.slice(0, end), name: line.slice(end).trim() };
    });

/** When somebody is there. */
export function HoursCard() {
    const { value, problem, loading, reload } = useLoad(readHours, "");
    return (
        <section class="card" aria-labelledby="hours-heading">
            <h2 id="hours-heading">{strings.routing.hours}</h2>
            <p class="hint">{strings.routing.hoursIntro}</p>
            <Trouble problem={problem} onRetry={() => void reload()} />
            {loading && <p role="status">{strings.form.loading}</p>}
            {value !== null && <HoursForm held={value} onSaved={reload} />}
        </section>
    );
}

function stateOf({ open, opensAt }: Held<Hours>): string {
    const words = strings.routing;
    if (open) return words.openNow;
    if (opensAt === 0) return words.closed;
    return words.closedUntil(written(OPENS, opensAt));
}

function HoursForm({ held, onSaved }: { held: Held<Hours>; onSaved: () => Promise<void> }) {
    const words = strings.routing;
    const [zone, setZone] = useState(held.value.zone);
    const [days, setDays] = useState(held.value.days.map(spansText));
    const [holidays, setHolidays] = useState(
        held.value.holidays.map(({ date, name }) => `${date} ${name}`.trim()).join("\n"));
    const [message, setMessage] = useState(held.value.message);
    const [wrong, setWrong] = useState(-1);
    const [said, setSaid] = useState("");
    const { busy, problem, run } = useAct();

    const save = async () => {
        const spans = days.map(spansOf);
        const bad = spans.indexOf(null);
        setSaid("");
        setWrong(zone === "" ? -1 : bad);
        if (zone !== "" && bad >= 0) {
            document.getElementById(`field-day-${bad}`)?.focus();
            return;
        }
        const done = await run(() => setHours({
            zone, days: spans.map((one) => one ?? []), holidays: holidaysOf(holidays), message,
        }));
        if (done === null) return;
        setSaid(words.saved);
        await onSaved();
    };
    return (
        <form class="form" noValidate onSubmit={(event) => {
            event.preventDefault();
            void save();
        }}>
            <p>{stateOf(held)}</p>
            <Choice name="hours-when" label={words.when} value={zone === "" ? "always" : "week"}
                values={[["always", words.always], ["week", words.byWeek]]}
                onChange={(to) => setZone(to === "always" ? "" : held.value.zone || here())} />
            {zone !== "" && <>
                <Choice name="hours-zone" label={words.zone} value={zone} values={zones(zone)}
                    onChange={setZone} />
                {words.days.map((day, i) => (
                    <Field key={i} name={`day-${i}`} label={day} value={days[i] ?? ""} max={80}
                        required={false} error={wrong === i ? words.badDay(day) : ""}
                        {...(i === 0 && { hint: words.dayHint })}
                        onInput={(now) => setDays(days.map((one, k) => (k === i ? now : one)))} />
                ))}
                <Lines name="holidays" label={words.holidays} value={holidays} rows={4} max={12000}
                    hint={words.holidaysHint} onInput={setHolidays} />
                <Lines name="away-message" label={words.message} value={message} rows={3} max={1900}
                    hint={words.messageHint} onInput={setMessage} />
            </>}
            <Trouble problem={problem} />
            <p role="status" class="field-note">{said}</p>
            <div class="form-end"><Submit label={words.save} busy={busy} /></div>
        </form>
    );
}

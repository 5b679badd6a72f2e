import { useState } from "preact/hooks";

import type { Period, Report } from "../../rest/reports";
import { strings } from "../../strings";
import { Choice } from "../form/Choice";

const OWN = "own";

interface Props {
    /** What is shown now: one's own days begin with its. */
    report: Report | null;
    onChange: (period: Period) => void;
}

/** Which days. */
export function PeriodForm({ report, onChange }: Props) {
    const words = strings.reports;
    const [chosen, setChosen] = useState("30");
    const [from, setFrom] = useState("");
    const [to, setTo] = useState("");
    const choose = (value: string) => {
        setChosen(value);
        setFrom(report?.from ?? "");
        setTo(report?.to ?? "");
        if (value !== OWN) onChange({ days: value });
    };
    return (
        <form class="filters report-period" onSubmit={(event) => {
            event.preventDefault();
            onChange({ from, to });
        }}>
            <Choice name="period" label={words.period} value={chosen}
                values={Object.entries(words.periods)} onChange={choose} />
            {chosen === OWN &&
                <>
                    <Day name="from" label={words.from} value={from} onInput={setFrom} />
                    <Day name="to" label={words.to} value={to} onInput={setTo} />
                    <button type="submit" class="button primary">{words.show}</button>
                </>}
        </form>
    );
}

interface DayProps {
    name: string;
    label: string;
    value: string;
    onInput: (value: string) => void;
}

function Day({ name, label, value, onInput }: DayProps) {
    const id = `field-${name}`;
    return (
        <div class="field">
            <label for={id}>{label}</label>
            <input id={id} name={name} type="date" required value={value}
                onInput={(event) => onInput(event.currentTarget.value)} />
        </div>
    );
}

interface Props {
    legend: string;
    /** Each value and what it is called. */
    values: readonly (readonly [string, string])[];
    chosen: readonly string[];
    error: string;
    onChange: (chosen: string[]) => void;
}

/** Some of several. */
export function Checks({ legend, values, chosen, error, onChange }: Props) {
    const turn = (value: string, on: boolean) =>
        onChange(values.map(([one]) => one)
            .filter((one) => (one === value ? on : chosen.includes(one))));
    return (
        <fieldset class="kinds" aria-describedby={error === "" ? undefined : "checks-error"}>
            <legend>{legend}</legend>
            {values.map(([value, label], i) => (
                <label key={value}>
                    <input id={`check-${i}`} type="checkbox" checked={chosen.includes(value)}
                        onChange={(event) => turn(value, event.currentTarget.checked)} />{" "}
                    {label}
                </label>
            ))}
            {error !== "" && <p class="field-error" id="checks-error">{error}</p>}
        </fieldset>
    );
}

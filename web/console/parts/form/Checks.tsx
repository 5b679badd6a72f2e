interface Props {
    /** Told apart from others on the page by it. */
    name?: string;
    legend: string;
    /** Each value and what it is called. */
    values: readonly (readonly [string, string])[];
    chosen: readonly string[];
    error: string;
    onChange: (chosen: string[]) => void;
}

/** Some of several. */
export function Checks({ name = "check", legend, values, chosen, error, onChange }: Props) {
    const turn = (value: string, on: boolean) =>
        onChange(values.map(([one]) => one)
            .filter((one) => (one === value ? on : chosen.includes(one))));
    return (
        <fieldset class="kinds" aria-describedby={error === "" ? undefined : `${name}s-error`}>
            <legend>{legend}</legend>
            {values.map(([value, label], i) => (
                <label key={value}>
                    <input id={`${name}-${i}`} type="checkbox" checked={chosen.includes(value)}
                        onChange={(event) => turn(value, event.currentTarget.checked)} />{" "}
                    {label}
                </label>
            ))}
            {error !== "" && <p class="field-error" id={`${name}s-error`}>{error}</p>}
        </fieldset>
    );
}

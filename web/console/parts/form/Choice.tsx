interface Props {
    name: string;
    label: string;
    value: string;
    values: readonly (readonly [string, string])[];
    onChange: (value: string) => void;
    hint?: string;
    disabled?: boolean;
}

/** One of a list. A value that the list does not hold is shown all the same. */
export function Choice({ name, label, value, values, onChange, hint, disabled }: Props) {
    const id = `field-${name}`;
    const known = values.some(([one]) => one === value);
    return (
        <div class="field">
            <label for={id}>{label}</label>
            {hint !== undefined && <p class="hint" id={`${id}-hint`}>{hint}</p>}
            <select id={id} name={name} value={value} disabled={disabled}
                aria-describedby={hint !== undefined ? `${id}-hint` : undefined}
                onChange={(event) => onChange(event.currentTarget.value)}>
                {!known && <option value={value}>{value}</option>}
                {values.map(([one, text]) => <option key={one} value={one}>{text}</option>)}
            </select>
        </div>
    );
}

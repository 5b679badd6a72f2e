interface Props {
    name: string;
    label: string;
    value: string;
    rows: number;
    max: number;
    hint: string;
    onInput: (value: string) => void;
}

/** Several lines to fill in. */
export function Lines({ name, label, value, rows, max, hint, onInput }: Props) {
    const id = `field-${name}`;
    return (
        <div class="field">
            <label for={id}>{label}</label>
            <p class="hint" id={`${id}-hint`}>{hint}</p>
            <textarea id={id} name={name} rows={rows} maxLength={max} value={value} dir="auto"
                aria-describedby={`${id}-hint`}
                onInput={(event) => onInput(event.currentTarget.value)} />
        </div>
    );
}

import type { ComponentChildren, Ref } from "preact";

interface Props {
    name: string;
    label: string;
    value: string;
    onInput: (value: string) => void;
    onBlur?: () => void;
    type?: "text" | "email" | "search";
    hint?: ComponentChildren;
    error?: string;
    autoComplete?: string;
    inputMode?: "numeric" | "text" | "email" | "url";
    max?: number;
    required?: boolean;
    code?: boolean;
    field?: Ref<HTMLInputElement>;
}

/** A line to fill in: its label, what to know beforehand, and what is wrong with it. */
export function Field(props: Props) {
    const { name, label, value, onInput, hint, error = "", code = false } = props;
    const id = `field-${name}`;
    const about = [hint !== undefined && `${id}-hint`, error !== "" && `${id}-error`]
        .filter(Boolean).join(" ");
    return (
        <div class="field">
            <label for={id}>{label}</label>
            {hint !== undefined && <p class="hint" id={`${id}-hint`}>{hint}</p>}
            <input id={id} name={name} ref={props.field} type={props.type ?? "text"} value={value}
                autoComplete={props.autoComplete ?? "off"} inputMode={props.inputMode}
                maxLength={props.max} required={props.required ?? true} dir="auto"
                class={code ? "code" : undefined} autoCapitalize="none"
                spellcheck={false} aria-invalid={error !== "" ? "true" : undefined}
                aria-describedby={about || undefined}
                onBlur={props.onBlur}
                onInput={(event) => onInput(event.currentTarget.value)} />
            {error !== "" && <p class="field-error" id={`${id}-error`}>{error}</p>}
        </div>
    );
}

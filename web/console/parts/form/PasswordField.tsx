import type { Ref } from "preact";
import { useState } from "preact/hooks";

import { strings } from "../../strings";

interface Props {
    name: string;
    label: string;
    value: string;
    onInput: (value: string) => void;
    autoComplete: "current-password" | "new-password" | "off";
    hint?: string;
    error?: string;
    max?: number;
    field?: Ref<HTMLInputElement>;
}

/** A secret to fill in. It can be looked at, and Caps Lock is told. */
export function PasswordField(props: Props) {
    const { name, label, value, onInput, hint, error = "" } = props;
    const [shown, setShown] = useState(false);
    const [caps, setCaps] = useState(false);
    const id = `field-${name}`;
    const about = [hint !== undefined && `${id}-hint`, `${id}-caps`,
        error !== "" && `${id}-error`].filter(Boolean).join(" ");
    const look = (event: KeyboardEvent) => {
        if (typeof event.getModifierState === "function")
            setCaps(event.getModifierState("CapsLock"));
    };
    return (
        <div class="field">
            <label for={id}>{label}</label>
            {hint !== undefined && <p class="hint" id={`${id}-hint`}>{hint}</p>}
            <div class="field-secret">
                <input id={id} name={name} ref={props.field} type={shown ? "text" : "password"}
                    value={value} autoComplete={props.autoComplete} required
                    maxLength={props.max ?? 256} autoCapitalize="none" spellcheck={false}
                    aria-invalid={error !== "" ? "true" : undefined} aria-describedby={about}
                    onKeyDown={look} onKeyUp={look} onBlur={() => setCaps(false)}
                    onInput={(event) => onInput(event.currentTarget.value)} />
                <button type="button" class="button quiet" aria-pressed={shown}
                    aria-label={strings.form.showOf(label)} onClick={() => setShown(!shown)}>
                    {shown ? strings.form.hide : strings.form.show}
                </button>
            </div>
            <p class="field-note" id={`${id}-caps`} role="status">
                {caps && strings.form.caps}
            </p>
            {error !== "" && <p class="field-error" id={`${id}-error`}>{error}</p>}
        </div>
    );
}

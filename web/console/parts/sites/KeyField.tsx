import { strings } from "../../strings";

interface Props {
    value: string;
    error: string;
    onInput: (value: string) => void;
}

/** A public key, pasted. */
export function KeyField({ value, error, onInput }: Props) {
    const words = strings.sites;
    const about = `field-public_key-hint${error === "" ? "" : " field-public_key-error"}`;
    return (
        <div class="field">
            <label for="field-public_key">{words.publicKey}</label>
            <p class="hint" id="field-public_key-hint">{words.publicKeyHint}</p>
            <textarea id="field-public_key" class="code" rows={5} value={value} maxLength={12000}
                spellcheck={false} autoCapitalize="none" aria-describedby={about}
                aria-invalid={error === "" ? undefined : "true"}
                onInput={(event) => onInput(event.currentTarget.value)} />
            {error !== "" && <p class="field-error" id="field-public_key-error">{error}</p>}
        </div>
    );
}

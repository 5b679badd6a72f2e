import { strings } from "../../strings";
import { Copy } from "./Copy";
import { Dialog } from "./Dialog";

interface Props {
    heading: string;
    more: string;
    label: string;
    copy: string;
    text: string;
    onClose: () => void;
}

/** The one time that a secret is shown. */
export function OnceDialog({ heading, more, label, copy, text, onClose }: Props) {
    return (
        <Dialog heading={heading} onClose={onClose}>
            <p class="dialog-text">{more}</p>
            <label for="one-secret">{label}</label>
            <input id="one-secret" class="code wide" readOnly value={text}
                onFocus={(event) => event.currentTarget.select()} />
            <div class="dialog-end">
                <Copy text={text} label={copy} class="primary" />
                <button type="button" class="button" onClick={onClose}>
                    {strings.form.close}
                </button>
            </div>
        </Dialog>
    );
}

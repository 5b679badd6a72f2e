import { strings } from "../../strings";
import { Copy } from "../form/Copy";
import { Dialog } from "../form/Dialog";

interface Props {
    name: string;
    siteKey: string;
    secret: string;
    onClose: () => void;
}

/** The one time that a secret is shown. */
export function SecretDialog({ name, siteKey, secret, onClose }: Props) {
    const words = strings.sites;
    return (
        <Dialog heading={words.secretHeading(name)} onClose={onClose}>
            <p class="dialog-text">{words.secretMore}</p>
            <label for="one-secret">{words.secret}</label>
            <input id="one-secret" class="code wide" readOnly value={secret}
                onFocus={(event) => event.currentTarget.select()} />
            <p class="dialog-text">{words.keyOf(siteKey)}</p>
            <div class="dialog-end">
                <Copy text={secret} label={words.copySecret} class="primary" />
                <button type="button" class="button" onClick={onClose}>
                    {strings.form.close}
                </button>
            </div>
        </Dialog>
    );
}

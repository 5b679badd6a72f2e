import { strings } from "../../strings";
import { Copy } from "../form/Copy";
import { Dialog } from "../form/Dialog";

interface Props {
    link: string;
    name: string;
    kind: "invite" | "reset";
    onClose: () => void;
}

/** The one time that a link is shown. */
export function LinkDialog({ link, name, kind, onClose }: Props) {
    return (
        <Dialog heading={strings.staff.linkHeading(name)} onClose={onClose}>
            <p class="dialog-text">{strings.staff.linkMore[kind](name)}</p>
            <label for="one-link">{strings.staff.link}</label>
            <input id="one-link" class="code wide" readOnly value={link}
                onFocus={(event) => event.currentTarget.select()} />
            <div class="dialog-end">
                <Copy text={link} label={strings.staff.copyLink} class="primary" />
                <button type="button" class="button" onClick={onClose}>
                    {strings.form.close}
                </button>
            </div>
        </Dialog>
    );
}

import type { Desk } from "../desk";
import { strings } from "../strings";
import { Dialog } from "./form/Dialog";

/** The list of keys. Single letters can be turned off (WCAG 2.1.4). */
export function Help({ desk, keys }: { desk: Desk; keys: boolean }) {
    return (
        <Dialog heading={strings.help.heading} class="help" onClose={() => desk.help(false)}>
            <dl>
                {strings.help.keys.map(([key, what]) => (
                    <div key={key}>
                        <dt><kbd>{key}</kbd></dt>
                        <dd>{what}</dd>
                    </div>
                ))}
            </dl>
            <label class="check">
                <input type="checkbox" checked={keys}
                    onChange={(event) => desk.useKeys(event.currentTarget.checked)} />
                {strings.help.letters}
            </label>
            <button type="button" class="button" onClick={() => desk.help(false)}>
                {strings.help.close}
            </button>
        </Dialog>
    );
}

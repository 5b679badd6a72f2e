import { COMMANDS } from "../commands";
import type { Desk } from "../desk";
import { keyName } from "../keys";
import { strings } from "../strings";
import { Dialog } from "./form/Dialog";

/** The list of keys. Single letters can be turned off (WCAG 2.1.4). */
export function Help({ desk, keys }: { desk: Desk; keys: boolean }) {
    const words = strings.commands;
    return (
        <Dialog heading={strings.help.heading} class="help" onClose={() => desk.help(false)}>
            <label class="check">
                <input type="checkbox" checked={keys}
                    onChange={(event) => desk.useKeys(event.currentTarget.checked)} />
                {strings.help.letters}
            </label>
            <dl>
                {COMMANDS.map((one) => (
                    <div key={one.name}>
                        <dt>
                            {one.keys.map((key, i) => (
                                <span key={key}>
                                    {i > 0 && ` ${words.or} `}<kbd>{keyName(key)}</kbd>
                                </span>
                            ))}
                        </dt>
                        <dd>{words.names[one.name]}</dd>
                    </div>
                ))}
            </dl>
            <button type="button" class="button" onClick={() => desk.help(false)}>
                {strings.help.close}
            </button>
        </Dialog>
    );
}

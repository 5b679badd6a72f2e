import { useRef, useState } from "preact/hooks";

import type { Desk } from "../../desk";
import { changeShared, keepView } from "../../inbox";
import type { State } from "../../state";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { SAVED_MAX, VIEW_NAME_MAX } from "../../views";
import { Dialog } from "../form/Dialog";
import { Field } from "../form/Field";
import { Submit } from "../form/Submit";
import { Trouble } from "../form/Trouble";

interface Props {
    desk: Desk;
    state: State;
    admin: boolean;
    onClose: () => void;
}

/** The view that is shown gets a name. */
export function SaveView({ desk, state, admin, onClose }: Props) {
    const [name, setName] = useState("");
    const [forAll, setForAll] = useState(false);
    const [wrong, setWrong] = useState("");
    const field = useRef<HTMLInputElement>(null);
    const { busy, problem, run } = useAct();
    const words = strings.views;

    const save = async () => {
        const said = name.trim();
        const others = (forAll ? state.shared : state.own).filter((one) => one.name !== said);
        if (said === "" || new TextEncoder().encode(said).length > VIEW_NAME_MAX)
            setWrong(words.needName);
        else if (others.length >= SAVED_MAX) setWrong(words.tooMany);
        else {
            const view = { name: said, ...state.view };
            const done = await run<unknown>(() => (forAll
                ? changeShared(desk, (all) => [...all.filter((one) => one.name !== said), view])
                : keepView(desk, view)));
            if (done === null) return;
            desk.say(words.savedAs(said));
            onClose();
            return;
        }
        field.current?.focus();
    };
    return (
        <Dialog heading={words.saveHeading} onClose={onClose}>
            <form class="form" noValidate onSubmit={(event) => {
                event.preventDefault();
                void save();
            }}>
                <p>{words.saveMore}</p>
                <Field name="view-name" label={words.name} value={name} max={VIEW_NAME_MAX}
                    error={wrong} field={field} onInput={(typed) => {
                        setName(typed);
                        setWrong("");
                    }} />
                {admin &&
                    <label class="check">
                        <input type="checkbox" checked={forAll}
                            onChange={(event) => setForAll(event.currentTarget.checked)} />{" "}
                        {words.forAll}
                    </label>}
                <Trouble problem={problem} />
                <div class="dialog-end">
                    <button type="button" class="button" onClick={onClose}>
                        {strings.form.cancel}
                    </button>
                    <Submit label={strings.form.save} busy={busy} />
                </div>
            </form>
        </Dialog>
    );
}

import { useLayoutEffect, useRef, useState } from "preact/hooks";

import type { Role } from "../../rest/account";
import { addStaff } from "../../rest/office";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { Choice } from "../form/Choice";
import { Dialog } from "../form/Dialog";
import { Field } from "../form/Field";
import { Submit } from "../form/Submit";
import { Trouble } from "../form/Trouble";

interface Props {
    onAdded: (name: string, link: string) => void;
    onClose: () => void;
}

const roles = (): readonly (readonly [Role, string])[] => [
    ["technician", strings.roles.technician], ["admin", strings.roles.admin],
];

/** A new colleague, who gets a link to choose a password with. */
export function AddStaffDialog({ onAdded, onClose }: Props) {
    const [name, setName] = useState("");
    const [email, setEmail] = useState("");
    const [role, setRole] = useState<Role>("technician");
    const [faults, setFaults] = useState({ name: "", email: "" });
    const { busy, problem, run } = useAct();
    const first = useRef<HTMLInputElement>(null);
    useLayoutEffect(() => first.current?.focus(), []);

    const go = async () => {
        const all = {
            name: name.trim() === "" ? strings.link.needName : "",
            email: /^\S+@\S+\.\S+$/.test(email.trim()) ? "" : strings.link.badEmail,
        };
        setFaults(all);
        if (all.name !== "" || all.email !== "") {
            document.getElementById(all.name !== "" ? "field-name" : "field-email")?.focus();
            return;
        }
        const done = await run(() => addStaff(name.trim(), email.trim(), role));
        if (done !== null) onAdded(name.trim(), done.value);
    };
    const faultOf = (field: "name" | "email") =>
        faults[field] || (problem?.field === field ? problem.text : "");
    return (
        <Dialog heading={strings.staff.addHeading} onClose={onClose}>
            <form class="form" noValidate onSubmit={(event) => {
                event.preventDefault();
                void go();
            }}>
                <Field name="name" label={strings.staff.name} value={name} max={100}
                    onInput={setName} field={first} error={faultOf("name")} />
                <Field name="email" label={strings.door.email} type="email" value={email} max={254}
                    inputMode="email" onInput={setEmail} error={faultOf("email")} />
                <Choice name="role" label={strings.staff.role} hint={strings.staff.roleHint}
                    value={role} values={roles()}
                    onChange={(value) => setRole(value === "admin" ? "admin" : "technician")} />
                <Trouble problem={problem} />
                <div class="dialog-end">
                    <button type="button" class="button" onClick={onClose}>
                        {strings.form.cancel}
                    </button>
                    <Submit label={strings.staff.addGo} busy={busy} />
                </div>
            </form>
        </Dialog>
    );
}

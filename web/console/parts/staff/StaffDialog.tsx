import type { Answer } from "../../rest/call";
import { changeStaff, resetStaff } from "../../rest/office";
import type { Colleague } from "../../rest/office";
import { strings } from "../../strings";
import { Confirm } from "../form/Confirm";

export type StaffAct = "promote" | "demote" | "disable" | "enable" | "reset";

interface Props {
    act: StaffAct;
    of: Colleague;
    /** With the link to hand over, or "". */
    onDone: (link: string) => void;
    onClose: () => void;
}

async function perform(act: StaffAct, id: string): Promise<Answer<string>> {
    if (act === "reset") return resetStaff(id);
    const change = act === "promote" ? { role: "admin" as const }
        : act === "demote" ? { role: "technician" as const } : { disabled: act === "disable" };
    const answer = await changeStaff(id, change);
    return answer.ok ? { ok: true, value: "" } : answer;
}

/** Says what a change means for a colleague, and does it. */
export function StaffDialog({ act, of, onDone, onClose }: Props) {
    const words = strings.staff.acts[act];
    return (
        <Confirm heading={words.heading(of.name)} action={words.action} danger={act === "disable"}
            act={() => perform(act, of.id)} onDone={onDone} onClose={onClose}>
            <p>{words.text}</p>
        </Confirm>
    );
}

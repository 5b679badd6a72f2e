import { useState } from "preact/hooks";

import type { Desk } from "../../desk";
import type { Member, Summary } from "../../protocol";
import type { State } from "../../state";
import { strings } from "../../strings";
import { ActDialog } from "./ActDialog";

interface Props {
    desk: Desk;
    state: State;
    ones: readonly Summary[];
    onClose: () => void;
}

function nameOf(member: Member, me: string): string {
    const words = strings.acts.assign;
    if (member.id === me) return words.me(member.name);
    if (!member.present) return words.gone(member.name);
    return member.away ? words.away(member.name) : member.name;
}

/** To whom, and a note that goes with it. Who is there comes first. */
export function AssignDialog({ desk, state, ones, onClose }: Props) {
    const first = ones.length === 1 ? ones[0]?.staff?.id : undefined;
    const [to, setTo] = useState(first ?? state.myId);
    const [note, setNote] = useState("");
    const words = strings.acts.assign;
    const rank = (m: Member) => (m.id === state.myId ? 0 : m.present && !m.away ? 1 : 2);
    const team = [...state.team].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));

    const go = () => {
        for (const one of ones) {
            const was = one.staff?.id ?? null;
            const body = note.trim();
            if (was === (to || null) && body === "") continue;
            desk.act({ t: "assign", conversation: one.id, staff: to || null, was,
                ...(body !== "" && { body }) });
        }
        onClose();
    };
    return (
        <ActDialog heading={words.heading} count={ones.length} go={words.go} onGo={go}
            onClose={onClose}>
            <fieldset class="choices choices-long">
                <legend class="unseen">{words.heading}</legend>
                {team.map((member) => (
                    <label key={member.id} class="check">
                        <input type="radio" name="to" checked={to === member.id}
                            onChange={() => setTo(member.id)} />
                        {nameOf(member, state.myId)}
                    </label>
                ))}
                <label class="check">
                    <input type="radio" name="to" checked={to === ""}
                        onChange={() => setTo("")} />
                    {words.nobody}
                </label>
            </fieldset>
            <div class="field">
                <label for="field-note">{words.note}</label>
                <p class="hint" id="field-note-hint">{words.noteHint}</p>
                <textarea id="field-note" rows={2} value={note} maxLength={2000}
                    aria-describedby="field-note-hint"
                    onInput={(event) => setNote(event.currentTarget.value)} />
            </div>
        </ActDialog>
    );
}

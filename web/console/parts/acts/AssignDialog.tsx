import { useRef, useState } from "preact/hooks";

import type { Desk } from "../../desk";
import type { Member, Summary } from "../../protocol";
import type { State } from "../../state";
import { strings } from "../../strings";
import { MentionList, mentionField } from "../talk/MentionList";
import { useMention } from "../talk/useMention";
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
    const field = useRef<HTMLTextAreaElement>(null);
    const mention = useMention(field, desk, true, note, setNote);
    // As it was when it was asked: who took it meanwhile is not overlooked.
    const has = () => new Map(ones.map((one) => [one.id, one.staff?.id ?? null]));
    const [was, setWas] = useState(has);
    const [news, setNews] = useState("");
    const words = strings.acts.assign;
    const rank = (m: Member) => (m.id === state.myId ? 0 : m.present && !m.away ? 1 : 2);
    const team = [...state.team].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));

    const go = () => {
        const moved = ones.find((one) => was.get(one.id) !== (one.staff?.id ?? null));
        if (moved !== undefined) {
            setWas(has());
            const { staff } = moved;
            setNews(words.moved(staff === null ? strings.acts.nobody
                : staff.id === state.myId ? strings.acts.mine : strings.acts.has(staff.name)));
            return;
        }
        const body = note.trim();
        for (const one of ones) {
            const now = was.get(one.id) ?? null;
            if (now === (to || null) && body === "") continue;
            desk.act({ t: "assign", conversation: one.id, staff: to || null, was: now,
                ...(body !== "" && { body }) });
        }
        onClose();
    };
    return (
        <ActDialog heading={words.heading} ones={ones} go={words.go} onGo={go}
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
                <textarea id="field-note" ref={field} rows={2} value={note} maxLength={2000}
                    aria-describedby="field-note-hint" {...mentionField(mention)}
                    onKeyDown={(event) => mention.key(event)} onClick={mention.look}
                    onBlur={mention.close}
                    onInput={(event) => {
                        setNote(event.currentTarget.value);
                        mention.look();
                    }} />
                <MentionList box={mention} />
            </div>
            <p role="alert" class={news === "" ? "field-note" : "field-error"}>{news}</p>
        </ActDialog>
    );
}

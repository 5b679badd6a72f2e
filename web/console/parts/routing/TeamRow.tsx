import type { Member } from "../../protocol";
import type { Colleague } from "../../rest/office";
import { strings } from "../../strings";
import { Field } from "../form/Field";
import type { Typed } from "./RoutingCard";
import { presenceOf } from "./TeamPage";

interface Props {
    colleague: Colleague;
    typed: Typed;
    member: Member | undefined;
    onChange: (now: Typed) => void;
}

/** One of staff: are they here, and what they are given. */
export function TeamRow({ colleague, typed, member, onChange }: Props) {
    const words = strings.routing;
    return (
        <fieldset class="team-row">
            <legend>{colleague.name} <span class="hint">{words[presenceOf(member)]}</span></legend>
            <label class="check">
                <input type="checkbox" checked={typed.takes}
                    onChange={(event) =>
                        onChange({ ...typed, takes: event.currentTarget.checked })} />{" "}
                {words.takes}
            </label>
            <Field name={`skills-${colleague.id}`} label={words.skills} hint={words.skillsHint}
                value={typed.skills} required={false}
                onInput={(skills) => onChange({ ...typed, skills })} />
            <Field name={`limit-${colleague.id}`} label={words.ownLimit} hint={words.ownLimitHint}
                value={typed.limit} required={false} inputMode="numeric" max={3}
                onInput={(limit) => onChange({ ...typed, limit })} />
        </fieldset>
    );
}

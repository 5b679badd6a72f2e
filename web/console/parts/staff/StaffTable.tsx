import type { Colleague } from "../../rest/office";
import { strings } from "../../strings";
import { duration } from "../../time";
import type { StaffAct } from "./StaffDialog";

interface Props {
    all: Colleague[];
    /** The email of who looks. */
    me: string;
    now: number;
    onAct: (act: StaffAct, of: Colleague) => void;
}

function stateOf(one: Colleague): "disabled" | "invited" | "active" {
    if (one.disabled) return "disabled";
    return one.invited ? "invited" : "active";
}

function actsFor(one: Colleague, me: boolean): StaffAct[] {
    if (one.disabled) return ["enable"];
    if (me) return [];
    return [one.role === "admin" ? "demote" : "promote", "reset", "disable"];
}

/** One row a person; on a phone each row becomes a card. */
export function StaffTable({ all, me, now, onAct }: Props) {
    const words = strings.staff;
    return (
        <table class="table table-cards">
            <caption class="unseen">{strings.menu.staff}</caption>
            <thead>
                <tr>
                    <th scope="col">{words.name}</th>
                    <th scope="col">{words.role}</th>
                    <th scope="col">{words.state}</th>
                    <th scope="col">{words.totp}</th>
                    <th scope="col">{words.seen}</th>
                    <th scope="col">{words.does}</th>
                </tr>
            </thead>
            <tbody>
                {all.map((one) => (
                    <tr key={one.id} class={one.disabled ? "row-off" : undefined}>
                        <th scope="row">
                            {one.name}{one.email === me && ` ${words.you}`}
                            <span class="hint cell-more">{one.email}</span>
                        </th>
                        <td data-label={words.role}>{strings.roles[one.role]}</td>
                        <td data-label={words.state}>{words.states[stateOf(one)]}</td>
                        <td data-label={words.totp}>{one.totp ? words.on : words.off}</td>
                        <td data-label={words.seen}>
                            {one.lastSeen === 0 ? words.never : duration(one.lastSeen, now)}
                        </td>
                        <td class="cell-acts">
                            {actsFor(one, one.email === me).map((act) => (
                                <button type="button" class="button" key={act}
                                    aria-label={words.acts[act].of(one.name)}
                                    onClick={() => onAct(act, one)}>
                                    {words.acts[act].action}
                                </button>
                            ))}
                        </td>
                    </tr>
                ))}
            </tbody>
        </table>
    );
}

import type { Desk } from "../../desk";
import type { Options, Summary, TicketField } from "../../protocol";
import type { Change } from "../../state";
import { strings } from "../../strings";
import { Choice } from "./Choice";
import { shown, standing } from "./values";

interface Props {
    desk: Desk;
    one: Summary;
    field: Exclude<TicketField, "due">;
    values: readonly (string | number)[];
    options: Options;
    change: Change | undefined;
    /** To be said while nothing else is. */
    note?: string;
}

/** A field whose values the account lists; no other is offered. */
export function TicketSelect(props: Props) {
    const { desk, one, field, values, options, change, note = "" } = props;
    const now = standing(one, field, change, options);
    const hint = now.hint || (values.length === 0 ? strings.panel.listsMissing : note);
    const key = (value: string | number) => String(value);
    return (
        <Choice field={field} pending={now.pending} hint={hint}>
            <select id={`choice-${field}`} value={key(now.chosen)} disabled={values.length === 0}
                aria-describedby={hint === "" ? undefined : `choice-${field}-hint`}
                onChange={(event) => {
                    const value = values.find((v) => key(v) === event.currentTarget.value);
                    if (value !== undefined) desk.change(one.id, field, value);
                }}>
                {!values.includes(now.chosen) &&
                    <option value={key(now.chosen)} disabled>
                        {shown(field, now.chosen, options, one.ticket)}
                    </option>}
                {values.map((value) => (
                    <option key={value} value={key(value)}>
                        {shown(field, value, options, one.ticket)}
                    </option>
                ))}
            </select>
        </Choice>
    );
}

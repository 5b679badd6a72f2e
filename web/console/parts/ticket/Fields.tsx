import type { Desk } from "../../desk";
import type { Summary, TicketField } from "../../protocol";
import type { State } from "../../state";
import { strings } from "../../strings";
import { DueField } from "./DueField";
import { TicketSelect } from "./TicketSelect";

/** What of the ticket can be set here. */
export function Fields({ desk, state, one }: { desk: Desk; state: State; one: Summary }) {
    const { options } = state;
    const change = (field: TicketField) => state.changes.find((c) =>
        c.conversation === one.id && c.field === field);
    const technicians = options.technicians.map((t) => t.id);
    return (
        <>
            <TicketSelect desk={desk} one={one} field="status" values={options.statuses}
                options={options} change={change("status")} />
            <TicketSelect desk={desk} one={one} field="priority" values={options.priorities}
                options={options} change={change("priority")} />
            <TicketSelect desk={desk} one={one} field="issueType" values={options.issueTypes}
                options={options} change={change("issueType")} />
            <TicketSelect desk={desk} one={one} field="assignee"
                values={technicians.length > 0 ? [0, ...technicians] : []}
                options={options} change={change("assignee")}
                note={options.seenOnly ? strings.panel.seenOnly : ""} />
            <DueField desk={desk} one={one} options={options} change={change("due")} />
        </>
    );
}

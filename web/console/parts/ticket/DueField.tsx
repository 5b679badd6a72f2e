import type { Desk } from "../../desk";
import type { Options, Summary } from "../../protocol";
import type { Change } from "../../state";
import { strings } from "../../strings";
import { dayInput, noonOf } from "../../time";
import { Choice } from "./Choice";
import { standing } from "./values";

interface Props {
    desk: Desk;
    one: Summary;
    options: Options;
    change: Change | undefined;
}

/** The day on which the ticket is due. */
export function DueField({ desk, one, options, change }: Props) {
    const now = standing(one, "due", change, options);
    const day = typeof now.chosen === "number" && now.chosen > 0 ? dayInput(now.chosen) : "";
    return (
        <Choice field="due" pending={now.pending} hint={now.hint}>
            <input id="choice-due" type="date" value={day} required
                aria-describedby={now.hint === "" ? undefined : "choice-due-hint"}
                onChange={(event) => {
                    const due = noonOf(event.currentTarget.value);
                    // Half a date, or the one that is there.
                    if (due === null || event.currentTarget.value === day)
                        event.currentTarget.value = day;
                    else desk.change(one.id, "due", due);
                }} />
            {day !== "" &&
                <button type="button" class="button small"
                    onClick={() => desk.change(one.id, "due", 0)}>
                    {strings.panel.clearDue}
                </button>}
        </Choice>
    );
}

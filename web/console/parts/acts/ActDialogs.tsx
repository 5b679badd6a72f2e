import type { Desk } from "../../desk";
import { findSummary } from "../../inbox";
import type { Summary } from "../../protocol";
import type { State } from "../../state";
import { AssignDialog } from "./AssignDialog";
import { CloseDialog } from "./CloseDialog";
import { MergeDialog } from "./MergeDialog";
import { SnoozeDialog } from "./SnoozeDialog";
import { TagsDialog } from "./TagsDialog";

/** What is being asked now, if anything is. */
export function ActDialogs({ desk, state }: { desk: Desk; state: State }) {
    const { ask } = state;
    if (ask === null) return null;
    const ones = ask.ids.map((id) => findSummary(state, id))
        .filter((one): one is Summary => one !== undefined);
    const onClose = () => desk.ask(null);
    if (ones.length === 0) return null;
    switch (ask.kind) {
        case "assign":
            return <AssignDialog desk={desk} state={state} ones={ones} onClose={onClose} />;
        case "snooze":
            return <SnoozeDialog desk={desk} ones={ones} onClose={onClose} />;
        case "close":
            return (
                <CloseDialog desk={desk} options={state.options} ones={ones}
                    onClose={onClose} />
            );
        case "tags":
            return <TagsDialog desk={desk} state={state} ones={ones} onClose={onClose} />;
        case "merge":
            return ones[0] === undefined ? null
                : <MergeDialog desk={desk} one={ones[0]} onClose={onClose} />;
    }
}

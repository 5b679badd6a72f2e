import type { Desk } from "../../desk";
import type { Summary } from "../../protocol";
import { AttachDialog } from "./AttachDialog";
import { DetachDialog } from "./DetachDialog";

interface Props {
    desk: Desk;
    one: Summary;
    dialog: "attach" | "detach";
    onClose: () => void;
}

/** Stands beside the panel, not in it: a window made narrow hides that, and a dialog in it. */
export function Dialogs({ desk, one, dialog, onClose }: Props) {
    const { id, number } = one.ticket;
    const done = (text: string) => {
        onClose();
        desk.say(text);
    };
    return dialog === "attach"
        ? <AttachDialog conversation={one.id} was={id} onDone={done} onClose={onClose} />
        : <DetachDialog conversation={one.id} ticket={id} number={number ?? ""} onDone={done}
            onClose={onClose} />;
}

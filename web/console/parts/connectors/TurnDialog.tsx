import { consequences, turnConnector } from "../../rest/connectors";
import type { Turn } from "../../rest/connectors";
import { strings } from "../../strings";
import { useLoad } from "../../use";
import { Confirm } from "../form/Confirm";
import { Trouble } from "../form/Trouble";

interface Props {
    kind: string;
    title: string;
    turn: Turn;
    onDone: () => void;
    onClose: () => void;
}

/** Pause, resume or remove, after saying what that does to the work that waits. */
export function TurnDialog({ kind, title, turn, onDone, onClose }: Props) {
    const { value, problem } = useLoad(() => consequences(kind), kind);
    const words = strings.turn[turn];
    return (
        <Confirm heading={words.heading(title)} action={words.action} danger={turn === "remove"}
            act={() => turnConnector(kind, turn)} onDone={onDone} onClose={onClose}>
            <p>{words.text(title)}</p>
            <Trouble problem={problem} />
            {value === null
                ? problem === null && <p role="status">{strings.turn.counting}</p>
                : <ul class="plain">
                    <li>{strings.turn.waiting(value.waiting, turn)}</li>
                    {value.inDoubt > 0 &&
                        <li>{strings.turn.inDoubt(value.inDoubt, turn)}</li>}
                    {value.parked > 0 && <li>{strings.turn.parked(value.parked, turn)}</li>}
                </ul>}
        </Confirm>
    );
}

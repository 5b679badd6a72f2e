import type { Answer } from "../../rest/call";
import type { Connector } from "../../rest/connectors";
import { strings } from "../../strings";
import { Confirm } from "../form/Confirm";

interface Props {
    save: () => Promise<Answer<Connector>>;
    /** A test of these values ran, and was not good. */
    tested: boolean;
    onSaved: (connector: Connector) => void;
    onClose: () => void;
}

/** To save what no test has shown to work needs a second word. */
export function InsistDialog({ save, tested, onSaved, onClose }: Props) {
    return (
        <Confirm heading={strings.connect.insist} action={strings.connect.insistSave} act={save}
            onDone={onSaved} onClose={onClose}>
            <p>{tested ? strings.connect.insistFailed : strings.connect.insistUntested}</p>
            <p>{strings.connect.insistMore}</p>
        </Confirm>
    );
}

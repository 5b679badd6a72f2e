import type { Connector } from "../../rest/connectors";
import { strings } from "../../strings";
import { DefaultsForm } from "../connectors/DefaultsForm";
import { StepEnd } from "./StepEnd";

interface Props {
    connector: Connector | null;
    onBack: () => void;
    onNext: () => void;
    onSaved: (connector: Connector) => void;
}

/** Where tickets of unknown people go, and what new tickets begin with. */
export function DefaultsStep({ connector, onBack, onNext, onSaved }: Props) {
    return (
        <>
            {connector === null
                ? <p class="box">{strings.setup.notConnected}</p>
                : <DefaultsForm connector={connector} action={strings.setup.saveNext}
                    onSaved={onSaved} />}
            <StepEnd onBack={onBack} onSkip={onNext} />
        </>
    );
}

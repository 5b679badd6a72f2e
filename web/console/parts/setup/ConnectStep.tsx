import type { Connector, Psa } from "../../rest/connectors";
import { strings } from "../../strings";
import { ConnectForm } from "../connectors/ConnectForm";
import { Guide } from "../connectors/Guide";
import { StepEnd } from "./StepEnd";

interface Props {
    psa: Psa;
    connector: Connector | null;
    onBack: () => void;
    onNext: () => void;
    onSaved: (connector: Connector) => void;
}

/** The guide, and beside it the fields. */
export function ConnectStep({ psa, connector, onBack, onNext, onSaved }: Props) {
    return (
        <>
            {connector !== null &&
                <p class="box box-good">
                    {strings.connect.already(connector.account, connector.tokenEnd)}
                </p>}
            <div class="beside">
                <ConnectForm psa={psa} connector={connector} onSaved={onSaved} />
                <Guide psa={psa} />
            </div>
            <StepEnd onBack={onBack} onSkip={onNext}
                skip={connector === null ? strings.setup.skipConnect : strings.setup.goOn} />
        </>
    );
}

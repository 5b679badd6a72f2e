import { useState } from "preact/hooks";

import type { Psa } from "../../rest/connectors";
import { strings } from "../../strings";
import { StepEnd } from "./StepEnd";

interface Props {
    psas: Psa[];
    onBack: () => void;
    onNext: () => void;
}

/** Which PSA. */
export function PsaStep({ psas, onBack, onNext }: Props) {
    const [kind, setKind] = useState(psas[0]?.kind ?? "");
    return (
        <form onSubmit={(event) => {
            event.preventDefault();
            onNext();
        }}>
            <fieldset class="options">
                <legend>{strings.connectors.psas}</legend>
                {psas.map((psa) => (
                    <label key={psa.kind} class="option">
                        <input type="radio" name="psa" value={psa.kind} checked={psa.kind === kind}
                            onChange={() => setKind(psa.kind)} />
                        <span>
                            <strong>{psa.title}</strong>
                            <span class="hint">{strings.setup.psaHint(psa.title)}</span>
                        </span>
                    </label>
                ))}
            </fieldset>
            <StepEnd onBack={onBack}>
                <button type="submit" class="button primary">{strings.setup.next}</button>
            </StepEnd>
        </form>
    );
}

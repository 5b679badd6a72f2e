import { STEPS } from "../../rest/account";
import type { Step } from "../../rest/account";
import { strings } from "../../strings";

interface Props {
    shown: Step;
    /** The furthest step that has been reached, from 0. */
    furthest: number;
    onGo: (step: Step) => void;
}

/** Where in the wizard one is. What has been reached can be gone to. */
export function Steps({ shown, furthest, onGo }: Props) {
    const at = STEPS.indexOf(shown);
    return (
        <nav aria-label={strings.setup.steps}>
            <p class="steps-short">
                {strings.setup.stepOf(at + 1, STEPS.length)}
            </p>
            <ol class="steps">
                {STEPS.map((step, i) => {
                    const sign = i < at || (i < furthest && i !== at) ? "✓" : String(i + 1);
                    const text = (
                        <>
                            <span class="steps-sign" aria-hidden="true">{sign}</span>
                            {strings.setup.names[step]}
                        </>
                    );
                    return (
                        <li key={step} class={i === at ? "steps-here" : undefined}
                            aria-current={i === at ? "step" : undefined}>
                            {i !== at && i <= furthest
                                ? <button type="button" onClick={() => onGo(step)}>{text}</button>
                                : <span class="steps-text">{text}</span>}
                        </li>
                    );
                })}
            </ol>
        </nav>
    );
}

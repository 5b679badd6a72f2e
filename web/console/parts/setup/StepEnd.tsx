import type { ComponentChildren } from "preact";

import { strings } from "../../strings";

interface Props {
    onBack?: (() => void) | undefined;
    onSkip?: (() => void) | undefined;
    skip?: string;
    children?: ComponentChildren;
}

/** The end of a step: back, skip, and what goes on. */
export function StepEnd({ onBack, onSkip, skip = strings.setup.skip, children }: Props) {
    return (
        <div class="step-end">
            {onBack !== undefined &&
                <button type="button" class="button" onClick={onBack}>{strings.setup.back}</button>}
            <span class="step-end-gap" />
            {onSkip !== undefined &&
                <button type="button" class="button quiet" onClick={onSkip}>{skip}</button>}
            {children}
        </div>
    );
}

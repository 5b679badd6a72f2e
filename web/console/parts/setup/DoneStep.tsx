import type { House } from "../../house";
import { strings } from "../../strings";
import { Go } from "../shell/Go";
import { StepEnd } from "./StepEnd";

/** What can be done next. */
export function DoneStep({ house, onBack }: { house: House; onBack: () => void }) {
    return (
        <>
            <ul class="next">
                {strings.setup.nexts.map(({ page, title, text }) => (
                    <li key={page}>
                        <Go house={house} to={{ page }}>{title}</Go>
                        <p class="hint">{text}</p>
                    </li>
                ))}
            </ul>
            <StepEnd onBack={onBack} />
        </>
    );
}

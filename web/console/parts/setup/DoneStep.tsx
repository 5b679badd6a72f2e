import type { House } from "../../house";
import { strings } from "../../strings";
import { Go } from "../shell/Go";
import { StepEnd } from "./StepEnd";

const NEXT = ["inbox", "staff", "me", "connectors"] as const;

/** What can be done next. */
export function DoneStep({ house, onBack }: { house: House; onBack: () => void }) {
    return (
        <>
            <ul class="next">
                {NEXT.map((page) => (
                    <li key={page}>
                        <Go house={house} to={{ page }}>{strings.setup.nexts[page].title}</Go>
                        <p class="hint">{strings.setup.nexts[page].text}</p>
                    </li>
                ))}
            </ul>
            <StepEnd onBack={onBack} />
        </>
    );
}

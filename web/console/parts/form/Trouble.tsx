import type { Problem } from "../../rest/call";
import { strings } from "../../strings";

interface Props {
    problem: Problem | null;
    onRetry?: () => void;
}

/** What went wrong and what to do. Says nothing of what stands at a field already. */
export function Trouble({ problem, onRetry }: Props) {
    return (
        <div role="alert">
            {problem !== null &&
                <div class="box box-bad">
                    <p>{problem.text}</p>
                    {onRetry !== undefined &&
                        <button type="button" class="button" onClick={onRetry}>
                            {strings.form.again}
                        </button>}
                </div>}
        </div>
    );
}

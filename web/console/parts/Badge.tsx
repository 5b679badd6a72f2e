import type { Filing } from "../protocol";
import { strings } from "../strings";

const SIGNS: Record<Filing, string> = {
    waiting: "◷", sending: "↑", in_doubt: "?", filed: "✓", parked: "‖", given_up: "×",
};

/** The state of the way to the PSA: a sign and a word, not colour alone. */
export function Badge({ state }: { state: Filing }) {
    return (
        <span class={`badge badge-${state}`}>
            <span aria-hidden="true">{SIGNS[state]}</span> {strings.filing[state]}
        </span>
    );
}

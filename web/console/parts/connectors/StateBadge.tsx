import type { ConnectorState } from "../../rest/connectors";
import { strings } from "../../strings";

const SIGNS: Record<ConnectorState, string> = { ok: "✓", held: "‖", paused: "◷", new: "○" };
const LOOKS: Record<ConnectorState, string> = {
    ok: "filed", held: "parked", paused: "in_doubt", new: "waiting",
};

/** How a connector is: a sign and a word, not colour alone. */
export function StateBadge({ state }: { state: ConnectorState }) {
    return (
        <span class={`badge badge-${LOOKS[state]}`}>
            <span aria-hidden="true">{SIGNS[state]}</span> {strings.connectors.states[state]}
        </span>
    );
}

import type { State } from "../state";

/** What a screen reader is told. The same words twice differ by a space, to be said twice. */
export function Live({ announce }: { announce: State["announce"] }) {
    return (
        <div class="unseen" role="status" aria-live="polite">
            {announce.text + (announce.turn % 2 === 1 ? "\u00a0" : "")}
        </div>
    );
}

import type { Thread } from "../../state";
import { strings } from "../../strings";

/** Who else of staff looks at the conversation now. */
export function Looking({ thread }: { thread: Thread }) {
    const { looking } = thread;
    return (
        <p class="looking" role="status">
            {looking.length > 0 && strings.talk.looks(looking.map((one) => one.name).join(", "))}
        </p>
    );
}

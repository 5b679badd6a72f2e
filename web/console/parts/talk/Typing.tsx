import type { Thread } from "../../state";
import { strings } from "../../strings";

/** Who writes: the person, or a colleague in one of the boxes. */
export function Typing({ thread, name }: { thread: Thread; name: string }) {
    const { typing } = thread;
    if (typing === null) return null;
    const words = strings.talk;
    return (
        <p class="typing">
            {typing.who !== "staff" ? strings.thread.typing(name)
                : typing.box === "note" ? words.writesNote(typing.name)
                    : words.writes(typing.name)}
        </p>
    );
}

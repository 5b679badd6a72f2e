import type { Desk } from "../desk";
import type { State } from "../state";
import { strings } from "../strings";
import { Words } from "./Words";

interface Props {
    desk: Desk;
    door: Exclude<State["door"], "open">;
    line: State["line"];
}

/** What is shown before one is in: that it opens, or why not. */
export function Door({ desk, door, line }: Props) {
    const text = door === "opening" && line === "down" ? strings.door.unreachable
        : strings.door[door];
    const stuck = text !== strings.door.opening;
    return (
        <main class="door">
            <h1>{strings.title}</h1>
            <p role={stuck ? "alert" : "status"}><Words text={text} /></p>
            {(door === "ended" || text === strings.door.unreachable) &&
                <button type="button" class="button" onClick={() => void desk.enter()}>
                    {strings.door.again}
                </button>}
        </main>
    );
}

import { strings } from "../../strings";
import type { CannedBox } from "./useCanned";

/** Why what is written is held back, and what in it is no variable. */
export function CannedNotes({ box }: { box: CannedBox }) {
    const words = strings.canned;
    const { missing, values, odd } = box;
    const known = missing.filter((name) => values[name] !== "");
    return (
        <div id="canned-notes" role="status">
            {missing.map((name) => (
                <p key={name} class="field-error">
                    <strong>{words.held}</strong>{" "}
                    {values[name] === "" ? words.missing[name] : words.canFill(`{${name}}`)}
                </p>
            ))}
            {known.length > 0 &&
                <button type="button" class="button" onClick={box.fillIn}>
                    {words.fillIn}
                </button>}
            {odd.map((one) => <p key={one} class="hint">{words.noVariable(one)}</p>)}
        </div>
    );
}

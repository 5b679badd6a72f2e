import type { Desk } from "../desk";
import { strings } from "../strings";

/** Why something was not done, for all eyes; it is spoken beside. Stays until it was seen. */
export function Notice({ desk, text }: { desk: Desk; text: string }) {
    if (text === "") return null;
    return (
        <section class="notice" aria-label={strings.line.undone}>
            <p>{text}</p>
            <button type="button" class="button small" onClick={() => desk.dismiss()}>
                {strings.form.close}
            </button>
        </section>
    );
}

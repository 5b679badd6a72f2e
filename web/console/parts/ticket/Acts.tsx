import type { Desk } from "../../desk";
import type { Entry, Summary } from "../../protocol";
import { detachTicket } from "../../rest/ticket";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { Trouble } from "../form/Trouble";
import { isMaking } from "./values";

interface Props {
    desk: Desk;
    one: Summary;
    entries: Entry[] | null;
    onDialog: (dialog: "attach" | "detach") => void;
}

/** Another ticket for the conversation, or none. */
export function Acts({ desk, one, entries, onDialog }: Props) {
    const { busy, problem, run } = useAct();
    const words = strings.panel.acts;
    const { id } = one.ticket;
    const making = isMaking(entries);

    const make = async () => {
        if (await run(() => detachTicket(one.id, 0, "new")) !== null) desk.say(words.making);
    };
    return (
        <section class="ticket-acts" aria-labelledby="acts-heading">
            <h3 id="acts-heading">{words.heading}</h3>
            {id === 0 && <p class="hint">{making ? words.making : words.none}</p>}
            <div class="ticket-acts-row">
                <button type="button" class="button" onClick={() => onDialog("attach")}>
                    {words.attach}
                </button>
                {id !== 0 &&
                    <button type="button" class="button" onClick={() => onDialog("detach")}>
                        {words.detach}
                    </button>}
                {id === 0 && entries !== null && !making &&
                    <button type="button" class="button" aria-disabled={busy}
                        onClick={() => void make()}>
                        {words.make}
                    </button>}
            </div>
            <Trouble problem={problem} />
        </section>
    );
}

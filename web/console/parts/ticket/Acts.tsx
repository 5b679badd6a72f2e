import { useState } from "preact/hooks";

import type { Desk } from "../../desk";
import type { Entry, Summary } from "../../protocol";
import { detachTicket } from "../../rest/ticket";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { Trouble } from "../form/Trouble";
import { AttachDialog } from "./AttachDialog";
import { DetachDialog } from "./DetachDialog";
import { isMaking } from "./values";

interface Props {
    desk: Desk;
    one: Summary;
    entries: Entry[] | null;
}

/** Another ticket for the conversation, or none. */
export function Acts({ desk, one, entries }: Props) {
    const [dialog, setDialog] = useState<"attach" | "detach" | null>(null);
    const { busy, problem, run } = useAct();
    const words = strings.panel.acts;
    const { id, number } = one.ticket;
    const making = isMaking(entries);

    const done = (text: string) => {
        setDialog(null);
        desk.say(text);
    };
    const make = async () => {
        if (await run(() => detachTicket(one.id, 0, "new")) !== null) desk.say(words.making);
    };
    return (
        <section class="ticket-acts" aria-labelledby="acts-heading">
            <h3 id="acts-heading">{words.heading}</h3>
            {id === 0 && <p class="hint">{making ? words.making : words.none}</p>}
            <div class="ticket-acts-row">
                <button type="button" class="button" onClick={() => setDialog("attach")}>
                    {words.attach}
                </button>
                {id !== 0 &&
                    <button type="button" class="button" onClick={() => setDialog("detach")}>
                        {words.detach}
                    </button>}
                {id === 0 && entries !== null && !making &&
                    <button type="button" class="button" aria-disabled={busy}
                        onClick={() => void make()}>
                        {words.make}
                    </button>}
            </div>
            <Trouble problem={problem} />
            {dialog === "attach" &&
                <AttachDialog conversation={one.id} was={id} onDone={done}
                    onClose={() => setDialog(null)} />}
            {dialog === "detach" &&
                <DetachDialog conversation={one.id} ticket={id} number={number ?? ""}
                    onDone={done} onClose={() => setDialog(null)} />}
        </section>
    );
}

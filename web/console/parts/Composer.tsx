import { useLayoutEffect, useState } from "preact/hooks";

import type { Desk } from "../desk";
import type { Box } from "../keep";
import type { State } from "../state";
import { strings } from "../strings";
import { WriteBox } from "./WriteBox";

interface Props {
    desk: Desk;
    focus: State["focus"];
    id: string;
    name: string;
}

const BOXES: readonly Box[] = ["reply", "note"];

/** Reply and note are two boxes with two drafts: what is written in one never leaves as the other.
 * A tab chosen by hand keeps the focus; the keys r and n go into the box. */
export function Composer({ desk, focus, id, name }: Props) {
    const [box, setBox] = useState<Box>("reply");
    const [turn, setTurn] = useState(0);

    useLayoutEffect(() => {
        if (focus.on !== "reply" && focus.on !== "note") return;
        setBox(focus.on);
        setTurn(focus.turn);
    }, [focus.turn]);

    const choose = (next: Box) => {
        setBox(next);
        setTurn(0);
    };
    const other = (event: KeyboardEvent) => {
        if (!/^(ArrowLeft|ArrowRight|Home|End)$/.test(event.key)) return;
        event.preventDefault();
        const next = box === "reply" ? "note" : "reply";
        choose(next);
        document.getElementById(`tab-${next}`)?.focus();
    };

    return (
        <section class={`composer composer-${box}`}>
            <div class="tabs" role="tablist" aria-label={strings.box.tabs}>
                {BOXES.map((one) => (
                    <button type="button" role="tab" key={one} id={`tab-${one}`}
                        class={`tab tab-${one}`} aria-selected={box === one}
                        aria-controls={box === one ? "write-panel" : undefined}
                        tabIndex={box === one ? 0 : -1}
                        onClick={() => choose(one)} onKeyDown={other}>
                        {strings.box[one]}
                    </button>
                ))}
            </div>
            <WriteBox key={box} desk={desk} id={id} box={box} name={name} turn={turn} />
        </section>
    );
}

import { useLayoutEffect, useState } from "preact/hooks";

import type { Desk } from "../../desk";
import type { Options, Summary } from "../../protocol";
import { strings } from "../../strings";
import { Choice } from "../form/Choice";
import { ActDialog } from "./ActDialog";

interface Props {
    desk: Desk;
    options: Options;
    ones: readonly Summary[];
    onClose: () => void;
}

const USUAL = "\u0000usual"; // no status of an account has it

/** Close, and what becomes of the ticket. */
export function CloseDialog({ desk, options, ones, onClose }: Props) {
    const [status, setStatus] = useState(USUAL);
    // What was there when it was asked: what the person says meanwhile is not closed away.
    const last = () => new Map(ones.map((one) => [one.id, one.lastSeq]));
    const [seen, setSeen] = useState(last);
    const [news, setNews] = useState("");
    const words = strings.acts.end;
    const values: (readonly [string, string])[] = [[USUAL, words.usual], ["", words.leave],
        ...options.statuses.map((one) => [one, one] as const)];

    // As mostly it is closed without another choice, Enter does it.
    useLayoutEffect(() => document.querySelector<HTMLElement>(".dialog .primary")?.focus(), []);

    const go = () => {
        const written = ones.find((one) => one.lastFrom === "person" &&
            one.lastSaid > (seen.get(one.id) ?? 0));
        if (written !== undefined) {
            setSeen(last());
            setNews(words.written(written.name || strings.inbox.someone));
            return;
        }
        for (const one of ones)
            if (one.open)
                desk.act({ t: "close", conversation: one.id, seen: seen.get(one.id) ?? 0,
                    ...(status !== USUAL && { status }) });
        onClose();
    };
    return (
        <ActDialog heading={words.heading} ones={ones} go={words.go} onGo={go}
            onClose={onClose}>
            <p class="dialog-text">{words.intro}</p>
            <Choice name="end-status" label={words.status} value={status} values={values}
                onChange={setStatus} />
            <p role="alert" class={news === "" ? "field-note" : "field-error"}>{news}</p>
        </ActDialog>
    );
}

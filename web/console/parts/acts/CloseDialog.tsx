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
    const words = strings.acts.end;
    const values: (readonly [string, string])[] = [[USUAL, words.usual], ["", words.leave],
        ...options.statuses.map((one) => [one, one] as const)];

    // As mostly it is closed without another choice, Enter does it.
    useLayoutEffect(() => document.querySelector<HTMLElement>(".dialog .primary")?.focus(), []);

    const go = () => {
        for (const one of ones)
            if (one.open)
                desk.act({ t: "close", conversation: one.id,
                    ...(status !== USUAL && { status }) });
        onClose();
    };
    return (
        <ActDialog heading={words.heading} count={ones.length} go={words.go} onGo={go}
            onClose={onClose}>
            <p class="dialog-text">{words.intro}</p>
            <Choice name="end-status" label={words.status} value={status} values={values}
                onChange={setStatus} />
        </ActDialog>
    );
}

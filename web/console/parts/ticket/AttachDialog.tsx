import { useEffect, useState } from "preact/hooks";

import { attachTicket, searchTickets } from "../../rest/ticket";
import type { FoundTicket, FoundTickets } from "../../rest/ticket";
import { strings } from "../../strings";
import { useAct, useSettled } from "../../use";
import { Dialog } from "../form/Dialog";
import { Field } from "../form/Field";
import { Trouble } from "../form/Trouble";

interface Props {
    conversation: string;
    /** The PSA's id of the ticket that it has; 0: none. */
    was: number;
    onDone: (text: string) => void;
    onClose: () => void;
}

const SETTLE_MS = 400;

/** Search a ticket, choose it, and say so once more when it is somebody else's. */
export function AttachDialog({ conversation, was, onDone, onClose }: Props) {
    const [typed, setTyped] = useState("");
    const [chosen, setChosen] = useState<FoundTicket | null>(null);
    const [doubt, setDoubt] = useState<"other_person" | "other_company" | null>(null);
    const { busy, problem, run, clear } = useAct();
    const words = strings.panel.attach;

    const go = async () => {
        if (chosen === null) return;
        const result = await run(async () => {
            const answer = await attachTicket(conversation, was, chosen.id, doubt !== null);
            if (!answer.ok && doubt === null && (answer.problem.code === "other_person" ||
                answer.problem.code === "other_company")) setDoubt(answer.problem.code);
            return answer;
        });
        if (result !== null) onDone(words.done(chosen.number));
    };
    const choose = (one: FoundTicket | null) => {
        setChosen(one);
        setDoubt(null);
        clear();
    };
    const label = doubt === null ? words.go : words.confirmGo;
    return (
        <Dialog heading={words.heading} onClose={onClose}>
            <p class="dialog-text">{words.intro}</p>
            <Field name="ticket" type="search" label={words.label} value={typed} max={100}
                required={false} onInput={(text) => {
                    setTyped(text);
                    choose(null);
                }} />
            <Found words={typed.trim()} chosen={chosen} onChoose={choose} />
            {doubt !== null &&
                <div class="box" role="alert">
                    <p>{words.confirm[doubt]}</p>
                    <p>{words.confirmMore}</p>
                </div>}
            <Trouble problem={problem?.code === doubt ? null : problem} />
            <div class="dialog-end">
                <button type="button" class="button" onClick={onClose}>
                    {strings.form.cancel}
                </button>
                <button type="button" class={`button ${doubt === null ? "primary" : "danger"}`}
                    aria-disabled={busy || chosen === null} onClick={() => void go()}>
                    {busy ? strings.form.busy(label) : label}
                </button>
            </div>
        </Dialog>
    );
}

interface FoundProps {
    words: string;
    chosen: FoundTicket | null;
    onChoose: (one: FoundTicket) => void;
}

function Found({ words: typed, chosen, onChoose }: FoundProps) {
    const [found, setFound] = useState<FoundTickets | null>(null);
    const [trouble, setTrouble] = useState("");
    const settled = useSettled(typed, SETTLE_MS);
    const words = strings.panel.attach;

    useEffect(() => {
        setFound(null);
        setTrouble("");
        if (settled === "") return undefined;
        let here = true;
        void searchTickets(settled).then((answer) => {
            if (!here) return;
            if (answer.ok) setFound(answer.value);
            else setTrouble(answer.problem.text);
        });
        return () => {
            here = false;
        };
    }, [settled]);

    // What was found for other letters is not offered.
    const list = settled === typed ? found?.tickets ?? [] : [];
    return (
        <>
            <p class="field-note" role="status">{stateOf(typed, settled, found, trouble)}</p>
            {list.length > 0 &&
                <fieldset class="choices found-tickets">
                    <legend class="unseen">{words.results}</legend>
                    {list.map((one) => (
                        <label key={one.id} class="check">
                            <input type="radio" name="found" checked={chosen?.id === one.id}
                                onChange={() => onChoose(one)} />
                            <span>
                                #{one.number} {one.subject}
                                <span class="hint">
                                    {words.of(one.company, one.contact)} · {one.status}
                                </span>
                            </span>
                        </label>
                    ))}
                </fieldset>}
        </>
    );
}

function stateOf(typed: string, settled: string, found: FoundTickets | null,
    trouble: string): string {
    const words = strings.panel.attach;
    if (typed === "") return "";
    if (trouble !== "" && settled === typed) return trouble;
    if (found === null || settled !== typed) return words.searching;
    return found.tickets.length === 0 ? words.empty
        : words.found(found.tickets.length, found.more);
}

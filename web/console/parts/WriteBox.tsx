import { useLayoutEffect, useRef, useState } from "preact/hooks";

import type { Desk } from "../desk";
import { draftOf, keepDraft } from "../keep";
import type { Box } from "../keep";
import { BODY_MAX } from "../protocol";
import { strings } from "../strings";

interface Props {
    desk: Desk;
    id: string;
    box: Box;
    name: string;
    /** Not 0 and changed: take the focus, and look at the draft again. */
    turn: number;
}

const WARN_BYTES = 1000;
const encoder = new TextEncoder();

/** One of the two boxes. Ctrl+Enter sends a reply; a note leaves by its button only. */
export function WriteBox({ desk, id, box, name, turn }: Props) {
    const field = useRef<HTMLTextAreaElement>(null);
    const [body, setBody] = useState(() => draftOf(id, box));
    const left = BODY_MAX - encoder.encode(body).length;
    const ready = body.trim() !== "" && left >= 0;

    useLayoutEffect(() => {
        if (turn === 0) return;
        setBody(draftOf(id, box));
        field.current?.focus();
    }, [turn]);

    const write = (text: string) => {
        setBody(text);
        keepDraft(id, box, text);
    };
    const send = () => {
        if (!ready) return;
        desk.post(id, box, body);
        write("");
        field.current?.focus();
    };
    const key = (event: KeyboardEvent) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        if (box === "reply") send();
    };

    return (
        <div class={`write write-${box}`} role="tabpanel" id="write-panel"
            aria-labelledby={`tab-${box}`}>
            <label class={box === "note" ? "write-label" : "unseen"} for="write-field">
                {box === "reply" ? strings.box.replyLabel(name) : strings.box.noteLabel}
            </label>
            <textarea id="write-field" ref={field} rows={3} value={body} dir="auto"
                aria-describedby="write-hint" placeholder={box === "reply"
                    ? strings.box.replyLabel(name) : undefined}
                onKeyDown={key}
                onInput={(event) => {
                    write(event.currentTarget.value);
                    if (box === "reply") desk.typing(id);
                }} />
            <div class="write-end">
                <p id="write-hint" class="write-hint">
                    {box === "reply" ? strings.box.replyHint : strings.box.noteHint}
                    {left < WARN_BYTES && <strong> {strings.box.left(left)}</strong>}
                </p>
                <button type="button" class={`button main main-${box}`} onClick={send}
                    aria-disabled={!ready}>
                    {box === "reply" ? strings.box.replySend : strings.box.noteSend}
                </button>
            </div>
        </div>
    );
}

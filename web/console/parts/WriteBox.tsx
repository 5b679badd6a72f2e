import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { holes, valuesOf } from "../canned";
import type { Desk } from "../desk";
import { draftOf } from "../keep";
import type { Box } from "../keep";
import { BODY_MAX } from "../protocol";
import { fileDraft, fileLimits } from "../files";
import { stressKey } from "../stress";
import { refusals, strings } from "../strings";
import { CannedList, cannedField } from "./canned/CannedList";
import { CannedNotes } from "./canned/CannedNotes";
import { useCanned } from "./canned/useCanned";
import { FileRows } from "./FileRows";
import { MarkdownBar } from "./MarkdownBar";
import { MentionList, mentionField } from "./talk/MentionList";
import { useMention } from "./talk/useMention";

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
    const files = fileDraft(id, box);
    const chooser = useRef<HTMLInputElement>(null);
    const [, redraw] = useState({});
    const [over, setOver] = useState(false);
    const some = body.trim() !== "" || files.list.length > 0;

    useEffect(() => files.subscribe(() => {
        setBody(draftOf(id, box));
        redraw({});
    }), [files]);
    // Before it is painted: the server may tell of the draft at once.
    useLayoutEffect(() => desk.drafts.subscribe(() => setBody(draftOf(id, box))), [desk]);

    useLayoutEffect(() => {
        if (turn === 0) return;
        setBody(draftOf(id, box));
        field.current?.focus();
    }, [turn]);

    const write = (text: string) => {
        setBody(text);
        desk.drafts.write(id, box, text);
        if (files.leaving) files.leaveWhenReady(null);
    };
    const canned = useCanned(field, desk.state.myId, body, write,
        valuesOf(desk.state.inbox.find((one) => one.id === id), desk.state.me));
    const mention = useMention(field, desk, box === "note", body, write);
    const refused = files.list.some((one) => one.trouble !== null);
    const ready = some && left >= 0 && canned.missing.length === 0 && !refused;
    const look = () => {
        canned.look();
        mention.look();
    };
    const send = () => {
        if (!ready || files.leaving) return;
        const seen = desk.seenIn(id);
        files.leaveWhenReady(() => {
            // Another page of theirs may have changed the draft meanwhile.
            if (holes(draftOf(id, box)).length > 0) return;
            const sent = files.take().map((one) => ({ ...one, width: 0, height: 0 }));
            desk.post(id, box, draftOf(id, box), sent, seen);
            setBody("");
        }, () => desk.refuse(strings.thread.said(name,
            `${strings.thread.failed} ${refusals.get("bad_file")}`)));
        field.current?.focus();
    };
    const key = (event: KeyboardEvent) => {
        if (mention.key(event) || canned.key(event)) return;
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        if (box === "reply") send();
    };

    const given = (event: Event, all: FileList | undefined) => {
        if (all === undefined || all.length === 0 || fileLimits().count === 0) return;
        event.preventDefault();
        files.add(all);
    };

    return (
        <div class={`write write-${box}${over ? " write-drop" : ""}`} role="tabpanel"
            id="write-panel" aria-labelledby={`tab-${box}`} onKeyDown={stressKey}
            onPaste={(event) => given(event, event.clipboardData?.files)}
            onDragOver={(event) => {
                if (!event.dataTransfer?.types.includes("Files")) return;
                event.preventDefault();
                setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => {
                setOver(false);
                given(event, event.dataTransfer?.files);
            }}>
            <label class={box === "note" ? "write-label" : "unseen"} for="write-field">
                {box === "reply" ? strings.box.replyLabel(name) : strings.box.noteLabel}
            </label>
            <textarea id="write-field" ref={field} rows={3} value={body} dir="auto"
                aria-describedby="write-hint canned-notes" {...cannedField(canned)}
                {...mentionField(mention)}
                placeholder={box === "reply"
                    ? strings.box.replyLabel(name) : undefined}
                onKeyDown={key} onClick={look} onBlur={() => {
                    canned.close();
                    mention.close();
                }}
                onInput={(event) => {
                    write(event.currentTarget.value);
                    look();
                    desk.typing(id, box);
                }} />
            <MentionList box={mention} />
            <CannedList box={canned} />
            <CannedNotes box={canned} />
            <FileRows draft={files} />
            {(files.tooMany || refused) &&
                <p role="alert" class="field-error">
                    {refused ? strings.files.refused : strings.files.tooMany(fileLimits().count)}
                </p>}
            <MarkdownBar body={body}>
                <p id="write-hint" class="write-hint">
                    {files.leaving ? strings.files.leaving
                        : box === "reply" ? strings.box.replyHint : strings.box.noteHint}
                    {left < WARN_BYTES && <strong> {strings.box.left(left)}</strong>}
                </p>
            </MarkdownBar>
            <div class="write-end">
                <button type="button" class="button write-canned"
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={canned.openByHand}>
                    {strings.canned.open}
                </button>
                {fileLimits().count > 0 && <>
                    <input type="file" multiple hidden ref={chooser} onChange={(event) => {
                        files.add(event.currentTarget.files ?? []);
                        event.currentTarget.value = "";
                    }} />
                    <button type="button" class="button write-files"
                        onClick={() => chooser.current?.click()}>
                        {strings.files.attach}
                    </button>
                </>}
                <button type="button" class={`button main main-${box}`} onClick={send}
                    aria-disabled={!ready || files.leaving}>
                    {box === "reply" ? strings.box.replySend : strings.box.noteSend}
                </button>
            </div>
        </div>
    );
}

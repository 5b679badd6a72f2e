import { useLayoutEffect, useRef, useState } from "preact/hooks";

import type { Desk } from "../desk";
import type { Message } from "../protocol";
import type { State } from "../state";
import { strings } from "../strings";
import { dayKey } from "../time";
import { DayMark } from "./DayMark";
import { Said } from "./Said";
import { Unsent } from "./Unsent";

interface Props {
    desk: Desk;
    state: State;
    id: string;
    name: string;
    now: number;
}

const NEAR_END_PX = 80;

/** The messages. Stays at the end while one is there; else says that there are newer ones. */
export function Log({ desk, state, id, name, now }: Props) {
    const box = useRef<HTMLDivElement>(null);
    const atEnd = useRef(true);
    const [newer, setNewer] = useState(false);
    const thread = desk.thread(id);
    const mine = state.outgoing.filter((o) => o.conversation === id);
    const rated = thread.messages.filter((m) => m.act?.act === "rated").at(-1)?.seq;
    const comment = state.inbox.find((s) => s.id === id)?.rating?.comment ?? "";
    const count = thread.messages.length + mine.length;

    const toEnd = () => {
        box.current?.scrollTo({ top: box.current.scrollHeight });
        setNewer(false);
    };
    const scrolled = () => {
        const b = box.current;
        if (b === null) return;
        atEnd.current = b.scrollHeight - b.scrollTop - b.clientHeight < NEAR_END_PX;
        if (atEnd.current) setNewer(false);
    };

    useLayoutEffect(() => {
        if (atEnd.current || mine.some((o) => o.at >= Date.now() - 100)) toEnd();
        else setNewer(true);
    }, [count, thread.typing !== null]);

    return (
        <div class="log-frame">
            <div class="log" ref={box} role="log" aria-live="off" tabIndex={0}
                aria-label={strings.thread.log} onScroll={scrolled}>
                {thread.loading && <p class="empty">{strings.thread.loading}</p>}
                {!thread.loading && count === 0 && <p class="empty">{strings.thread.empty}</p>}
                {thread.messages.map((m, i) => (
                    <SaidWithDay key={m.seq} message={m} before={thread.messages[i - 1]}
                        person={name} comment={m.seq === rated ? comment : ""} now={now} />
                ))}
                {mine.map((o) => (
                    <Unsent key={o.clientId} desk={desk} out={o} line={state.line} />
                ))}
                {thread.typing !== null &&
                    <p class="typing">
                        {thread.typing.who === "staff" ? strings.thread.colleague
                            : strings.thread.typing(name)}
                    </p>}
            </div>
            {newer &&
                <button type="button" class="button newer" onClick={toEnd}>
                    {strings.thread.newer} <span aria-hidden="true">↓</span>
                </button>}
        </div>
    );
}

interface SaidWithDayProps {
    message: Message;
    before: Message | undefined;
    person: string;
    /** Of the rating that the message tells of. */
    comment: string;
    now: number;
}

function SaidWithDay({ message, before, person, comment, now }: SaidWithDayProps) {
    const newDay = before === undefined || dayKey(before.at) !== dayKey(message.at);
    return (
        <>
            {newDay && <DayMark at={message.at} now={now} />}
            <Said message={message} person={person} comment={comment} />
        </>
    );
}

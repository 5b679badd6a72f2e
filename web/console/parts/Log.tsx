import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import type { Desk } from "../desk";
import type { Message } from "../protocol";
import { lastSeq } from "../state";
import type { State, Thread } from "../state";
import { still } from "../still";
import { strings } from "../strings";
import { dayKey, timeOf } from "../time";
import { useKeptFocus } from "../use";
import { DayMark } from "./DayMark";
import { Said } from "./Said";
import { Typing } from "./talk/Typing";
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
    const last = lastSeq(thread.messages);
    const lastLink = thread.messages.filter(hasLink).at(-1)?.seq;
    const firstNew = firstUnread(thread);
    const noon = new Date(now).setHours(12, 0, 0, 0); // the day is all that the messages show of it
    const lastRead = thread.messages.filter((m) => m.from === "staff" && m.seq <= thread.seen.seq)
        .at(-1)?.seq ?? 0;

    useEffect(() => {
        if (thread.loading || last === 0) return undefined;
        const read = () => {
            // Not while the ticket is in its place.
            if (!document.hidden && atEnd.current && box.current?.clientHeight !== 0)
                desk.readTo(id, last);
        };
        read();
        document.addEventListener("visibilitychange", read);
        return () => document.removeEventListener("visibilitychange", read);
    }, [thread.loading, last, newer, state.place.pane]);

    useKeptFocus(box, () => box.current?.focus());
    const toEnd = () => {
        atEnd.current = true;
        box.current?.scrollTo({ top: box.current.scrollHeight });
        setNewer(false);
    };
    const scrolled = () => {
        const b = box.current;
        if (b === null) return;
        atEnd.current = b.scrollHeight - b.scrollTop - b.clientHeight < NEAR_END_PX;
        if (atEnd.current) setNewer(false);
    };

    // What one writes takes room from it, and pictures come late: who is at the end stays there.
    useLayoutEffect(() => {
        const b = box.current;
        if (b === null) return undefined;
        const stay = () => {
            if (atEnd.current) toEnd();
        };
        const size = new ResizeObserver(stay);
        size.observe(b);
        b.addEventListener("load", stay, true);
        return () => {
            size.disconnect();
            b.removeEventListener("load", stay, true);
        };
    }, []);

    // A message that was asked for is shown once it is here, and then one stays there.
    const sought = state.place.at ?? 0;
    const isHere = sought > 0 && thread.messages.some((m) => m.seq === sought);
    useLayoutEffect(() => {
        const said = box.current?.querySelector(".sought + *");
        if (!isHere || !(said instanceof HTMLElement)) return;
        atEnd.current = false;
        said.scrollIntoView({ block: "center" });
        said.tabIndex = -1;
        said.focus({ preventScroll: true });
    }, [isHere, sought, state.place]);

    useLayoutEffect(() => {
        if (atEnd.current || mine.some((o) => o.at >= Date.now() - 100)) toEnd();
        else setNewer(true);
    }, [count, thread.typing !== null]);

    return (
        <div class="log-frame">
            <div class="log" ref={box} role="log" aria-live="off" tabIndex={0}
                aria-label={strings.thread.log} onScroll={scrolled} onKeyDown={step}>
                {thread.loading && <p class="empty">{strings.thread.loading}</p>}
                {!thread.loading && count === 0 && <p class="empty">{strings.thread.empty}</p>}
                {thread.messages.map((m, i) => (
                    <SaidWithDay key={m.seq} message={m} before={thread.messages[i - 1]}
                        isNew={m.seq === firstNew} readAt={m.seq === lastRead ? thread.seen.at : 0}
                        person={name} comment={m.seq === rated ? comment : ""} now={noon}
                        sought={m.seq === sought} tab={m.seq === lastLink} />
                ))}
                {mine.map((o) => (
                    <Unsent key={o.clientId} desk={desk} out={o} line={state.line} />
                ))}
                <Typing thread={thread} name={name} />
            </div>
            {newer &&
                <button type="button" class="button newer" onClick={() => {
                    toEnd();
                    box.current?.focus();
                }}>
                    {strings.thread.newer} <span aria-hidden="true">↓</span>
                </button>}
        </div>
    );
}

const hasLink = (m: Message): boolean => m.from !== "event" && m.from !== "act";

/** Of the links to the messages one is in the tab order; arrows go to the others. */
function step(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>(".said-link")];
    const at = links.findIndex((one) => one === event.target);
    const places: Readonly<Record<string, number>> = {
        ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: links.length - 1,
    };
    const to = links[places[event.key] ?? -1];
    if (at < 0 || to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    for (const one of links) one.tabIndex = one === to ? 0 : -1;
    to.focus();
}

/** The first message of others that we had not read when it was opened; 0: none, or all are. */
function firstUnread(thread: Thread): number {
    if (thread.readAt <= 0) return 0;
    return thread.messages.find((m) => m.seq > thread.readAt && m.clientId === null &&
        (m.from === "person" || m.from === "staff" || m.from === "note"))?.seq ?? 0;
}

interface SaidWithDayProps {
    message: Message;
    before: Message | undefined;
    /** What we had not read begins here. */
    isNew: boolean;
    /** When the person read it and nothing later of ours; 0: not so. */
    readAt: number;
    person: string;
    /** Of the rating that the message tells of. */
    comment: string;
    now: number;
    sought: boolean;
    /** Its link is in the tab order. */
    tab: boolean;
}

const SaidWithDay = still((props: SaidWithDayProps) => {
    const { message, before, isNew, readAt, person, comment, now, sought, tab } = props;
    const newDay = before === undefined || dayKey(before.at) !== dayKey(message.at);
    return (
        <>
            {newDay && <DayMark at={message.at} now={now} />}
            {isNew && <p class="new-from"><span>{strings.talk.newFrom}</span></p>}
            {sought && <span class="sought" />}
            <Said message={message} person={person} comment={comment} tab={tab} />
            {readAt > 0 && <p class="read-at">{strings.talk.read(timeOf(readAt, now))}</p>}
        </>
    );
});

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import type { Desk } from "../desk";
import { plain } from "../plain";
import type { State } from "../state";
import { sameOpen, still } from "../still";
import { strings } from "../strings";
import { ThreadActs } from "./acts/ThreadActs";
import { Composer } from "./Composer";
import { Log } from "./Log";
import { Looking } from "./talk/Looking";

interface Props {
    desk: Desk;
    state: State;
    now: number;
}

/** The open conversation, or a word on how to open one. */
export const ThreadView = still(({ desk, state, now }: Props) => {
    const heading = useRef<HTMLHeadingElement>(null);
    const { focus, place } = state;
    const id = place.open;
    const one = state.inbox.find((s) => s.id === id);

    useLayoutEffect(() => {
        if (focus.on === "thread") heading.current?.focus();
    }, [focus.turn]);

    useEffect(() => {
        if (id === null) return undefined;
        const look = () => desk.look(id, !document.hidden);
        look();
        document.addEventListener("visibilitychange", look);
        return () => {
            document.removeEventListener("visibilitychange", look);
            desk.look(id, false);
        };
    }, [id]);

    if (id === null) {
        return (
            <section class="thread">
                <div class="empty">
                    <p class="empty-title">{strings.thread.none}</p>
                    <p>{strings.thread.noneMore}</p>
                </div>
            </section>
        );
    }
    const name = one?.name || strings.inbox.someone;
    return (
        <section class="thread" aria-labelledby="thread-heading">
            <div class="thread-top">
                <button type="button" class="button quiet narrow back"
                    aria-label={strings.thread.back} onClick={() => desk.back()}>
                    <span aria-hidden="true">←</span>
                </button>
                <div class="thread-title">
                    <h2 id="thread-heading" ref={heading} tabIndex={-1}>{name}</h2>
                    <p>{[one?.company, plain(one?.subject ?? "")].filter(Boolean).join(" · ")}</p>
                </div>
                <button type="button" class="button quiet to-ticket"
                    onClick={() => desk.show("ticket")}>
                    {strings.thread.ticket}
                    {one?.ticket.number != null && ` #${one.ticket.number}`}
                </button>
            </div>
            {one !== undefined && <ThreadActs desk={desk} state={state} one={one} now={now} />}
            <Log desk={desk} state={state} id={id} name={name} now={now} />
            <Looking thread={desk.thread(id)} />
            {one?.open === false && one.merged === null &&
                <p class="closed">{strings.thread.closed}</p>}
            {one?.merged != null &&
                <p class="closed">
                    {strings.talk.merged}{" "}
                    <button type="button" class="button small"
                        onClick={() => desk.open(one.merged ?? "")}>
                        {strings.talk.toMerged}
                    </button>
                </p>}
            <Composer desk={desk} focus={focus} id={id} name={name} />
        </section>
    );
}, (old, next) => old.now === next.now && sameOpen(old.state, next.state));

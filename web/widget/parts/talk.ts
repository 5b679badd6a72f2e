// The conversation: what was said, in order, followed to its end as long as the person is there.

import type { Chat } from "../chat";
import { el, icon, setAttributes, setText } from "../dom";
import { strings } from "../strings";
import { dayOf } from "../time";
import { Bubble } from "./bubble";
import type { Shown } from "./bubble";
import type { Part } from "./part";

const DOWN = "M11 4h2v12.2l4.6-4.6L19 13l-7 7-7-7 1.4-1.4 4.6 4.6z";
const NEAR_END_PX = 48;

function shownOf(chat: Chat): Shown[] {
    const said = chat.log.messages.map((m) => ({
        key: m.clientId ?? String(m.seq),
        from: m.from,
        name: m.name,
        body: m.body,
        at: m.at,
        mine: m.from === "person" && chat.mayWrite,
        files: m.files,
        pending: [],
        outgoing: null,
    }));
    const leaving = chat.outgoing.map((outgoing) => ({
        key: outgoing.message.id,
        from: "person" as const,
        name: "",
        body: outgoing.message.body,
        at: outgoing.message.at,
        mine: true,
        files: [],
        pending: outgoing.message.files ?? [],
        outgoing,
    }));
    return [...said, ...leaving];
}

export class Talk implements Part {
    readonly root: HTMLElement;
    private readonly list: HTMLElement;
    private readonly typing = el("p", { class: "typing", "aria-live": "off" });
    private readonly jump: HTMLButtonElement;
    private readonly bubbles = new Map<string, Bubble>();
    private readonly days = new Map<string, HTMLElement>();
    private atEnd = true;
    private shown = "";

    constructor(private readonly chat: Chat) {
        this.list = el("div", {
            class: "log",
            role: "log",
            "aria-live": "polite",
            "aria-relevant": "additions text",
            "aria-label": strings.conversation,
            tabindex: 0,
        });
        this.list.addEventListener("scroll", () => {
            const { scrollHeight, scrollTop, clientHeight } = this.list;
            this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
            this.jump.hidden = this.atEnd;
        });
        this.jump = el(
            "button",
            { type: "button", class: "jump", "aria-label": strings.toNewest, hidden: true },
            icon(DOWN),
        );
        this.jump.addEventListener("click", () => {
            this.toEnd();
            this.list.focus();
        });
        this.root = el("div", { class: "talk" }, this.list, this.jump, this.typing);
        // The panel grew or shrank (a keyboard came up): the end stays in sight.
        new ResizeObserver(() => {
            if (this.atEnd) this.toEnd();
        }).observe(this.list);
    }

    update(chat: Chat): void {
        this.root.hidden = chat.view !== "ticket";
        if (this.root.hidden || (this.shown !== chat.shown && this.shown !== chat.became)) {
            this.bubbles.clear();
            this.days.clear();
            this.list.replaceChildren();
            this.atEnd = true;
        }
        this.shown = chat.shown;
        if (this.root.hidden) return;
        setAttributes(this.list, { "aria-busy": String(chat.loading) });
        const all = shownOf(chat);
        const last = all[all.length - 1];
        const spoke = last !== undefined && last.outgoing !== null && !this.bubbles.has(last.key);
        this.arrange(all, chat.connection === "up");
        setText(this.typing, chat.typing.who === "" ? "" : strings.typing(chat.typing.who));
        if (this.atEnd || spoke) this.toEnd();
    }

    private arrange(all: Shown[], up: boolean): void {
        const keys = new Set(all.map(({ key }) => key));
        for (const [key, bubble] of this.bubbles) {
            if (keys.has(key)) continue;
            bubble.root.remove();
            this.bubbles.delete(key);
        }
        let before: Shown | undefined;
        let place = this.list.firstElementChild;
        let day = "";
        const days = new Set<string>();
        for (const shown of all) {
            const now = dayOf(shown.at);
            if (now !== day) {
                day = now;
                days.add(now);
                before = undefined;
                const mark = this.dayMark(now);
                if (mark === place) place = place.nextElementSibling;
                else this.list.insertBefore(mark, place);
            }
            const bubble = this.bubble(shown);
            const follows = before?.from === shown.from && before.name === shown.name;
            bubble.update(shown, follows, up);
            // Moved only when out of its place, so that a screen reader does not hear it again.
            if (bubble.root === place) place = place.nextElementSibling;
            else this.list.insertBefore(bubble.root, place);
            before = shown;
        }
        for (const [one, mark] of this.days) {
            if (days.has(one)) continue;
            mark.remove();
            this.days.delete(one);
        }
    }

    private dayMark(day: string): HTMLElement {
        const held = this.days.get(day);
        if (held !== undefined) return held;
        const mark = el("p", { class: "day" }, day);
        this.days.set(day, mark);
        return mark;
    }

    private bubble(shown: Shown): Bubble {
        const { key } = shown;
        const held = this.bubbles.get(key);
        if (held !== undefined) return held;
        const { outbox } = this.chat;
        const remove = (): void => {
            for (const one of outbox.find(key)?.message.files ?? []) {
                this.chat.uploads.remove(one.clientId);
            }
            outbox.remove(key);
        };
        const bubble = new Bubble(this.chat, shown, () => outbox.retry(key), remove);
        this.bubbles.set(key, bubble);
        return bubble;
    }

    private toEnd(): void {
        this.list.scrollTop = this.list.scrollHeight;
        this.atEnd = true;
        this.jump.hidden = true;
    }
}

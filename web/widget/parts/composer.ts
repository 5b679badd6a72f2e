// The message box. Enter sends, Shift+Enter begins a new line.

import type { Chat } from "../chat";
import { byteLength, el, icon, setAttributes, setText } from "../dom";
import { strings } from "../strings";
import type { Part } from "./part";
import { Picker } from "./picker";

const PLANE = "M3.4 20.6 21.8 12 3.4 3.4 3.3 10l12.2 2-12.2 2z";
/** From this share of the limit on, the room that is left is shown. */
const NEAR_LIMIT = 0.9;

export class Composer implements Part {
    readonly root: HTMLFormElement;
    private readonly input = el("textarea", {
        id: "say",
        rows: 1,
        placeholder: strings.messageHint,
        "aria-describedby": "room",
        enterkeyhint: "send",
    });
    /** Whose draft is in the box: a conversation, or "" for this browser's only one. */
    private of = "";
    private shown: string | null = null;
    private readonly room = el("p", { class: "room", id: "room", "aria-live": "polite" });

    readonly picker: Picker;

    constructor(private readonly chat: Chat) {
        this.picker = new Picker(chat);
        const send = el(
            "button",
            { type: "submit", class: "main round", "aria-label": strings.send },
            icon(PLANE),
        );
        const label = el("label", { for: "say", class: "unseen" }, strings.message);
        this.root = el(
            "form",
            { class: "composer", novalidate: true },
            this.room,
            this.picker.trouble,
            this.picker.list,
            label,
            this.picker.button,
            this.input,
            send,
        );
        this.input.addEventListener("input", () => {
            chat.keep.keepDraft(this.of, this.input.value);
            chat.types();
            this.measure();
        });
        this.input.addEventListener("keydown", (event) => {
            // While an input method composes, Enter chooses a word. (229: Safari's way to say so.)
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            if (event.keyCode === 229) return;
            event.preventDefault();
            this.submit();
        });
        this.root.addEventListener("submit", (event) => {
            event.preventDefault();
            this.submit();
        });
        this.measure();
    }

    focus(): void {
        this.input.focus();
    }

    update(chat: Chat): void {
        this.root.hidden = chat.view !== "ticket" || !chat.mayWrite;
        this.picker.update();
        if (chat.view !== "ticket" || this.shown === chat.shown) return;
        // Another ticket, another draft; that of a start goes along when it becomes one.
        const before = this.input.value;
        const of = chat.signed ? chat.shown : "";
        const same = this.shown !== null && chat.became === this.shown;
        this.shown = chat.shown;
        this.of = of;
        if (!same) this.picker.clear();
        this.input.value = same ? before : chat.keep.draft(of);
        this.measure();
    }

    /** How many bytes may still be written. */
    private measure(): number {
        const max = this.chat.limits.body;
        const left = max - byteLength(this.input.value.trim());
        const near = left < max * (1 - NEAR_LIMIT);
        setText(this.room, !near ? "" : left < 0 ? strings.over(-left) : strings.left(left));
        this.room.hidden = !near;
        this.root.classList.toggle("over", left < 0);
        setAttributes(this.input, { "aria-invalid": left < 0 ? "true" : false });
        return left;
    }

    private submit(): void {
        const body = this.input.value.trim();
        this.focus();
        if ((body === "" && this.picker.empty) || this.measure() < 0 || !this.picker.good) return;
        this.input.value = "";
        this.chat.keep.keepDraft(this.of, "");
        this.measure();
        this.chat.say(body, this.picker.take());
    }
}

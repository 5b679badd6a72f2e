// One line above the message box when something stands in the way.

import type { Chat } from "../chat";
import { el, setText } from "../dom";
import { strings } from "../strings";
import type { Part } from "./part";

export class Notice implements Part {
    readonly root: HTMLElement;
    private readonly text = el("p", { role: "status" });
    private readonly again: HTMLButtonElement;

    constructor(onTry: () => void) {
        this.again = el("button", { type: "button", class: "plain" }, strings.tryNow);
        this.again.addEventListener("click", onTry);
        this.root = el("div", { class: "notice" }, this.text, this.again);
    }

    update(chat: Chat): void {
        const offline = !navigator.onLine;
        const unreachable = !offline && chat.connection === "down";
        const shut = chat.connection === "shut";
        const text = shut ? strings.shut : offline ? strings.offline
            : unreachable ? strings.unreachable : "";
        setText(this.text, text);
        this.again.hidden = !unreachable;
        this.root.classList.toggle("empty", text === "");
    }
}

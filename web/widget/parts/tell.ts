// The switch for the browser's own notifications.

import type { Chat } from "../chat";
import { el } from "../dom";
import { strings } from "../strings";
import type { Part } from "./part";

export class TellSwitch implements Part {
    readonly root: HTMLElement;
    private readonly box = el("input", { type: "checkbox" });

    constructor(chat: Chat) {
        this.root = el("label", { class: "tell" }, this.box, strings.tell);
        this.box.addEventListener("change", () => {
            void chat.tell.set(this.box.checked).then(() => this.update(chat));
        });
    }

    update(chat: Chat): void {
        this.root.hidden = !chat.tell.possible;
        this.box.checked = chat.tell.on;
    }
}

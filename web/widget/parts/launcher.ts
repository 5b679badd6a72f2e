// The round button at the corner, with the count of unread messages.

import type { Chat } from "../chat";
import { el, icon, setAttributes, setText } from "../dom";
import { strings } from "../strings";
import type { Part } from "./part";

const SPEECH =
    "M5 3h14a3 3 0 0 1 3 3v9a3 3 0 0 1-3 3h-6.6l-4.7 3.8" +
    "A1 1 0 0 1 6 21v-3H5a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3z";
const CROSS =
    "M6.4 5 5 6.4 10.6 12 5 17.6 6.4 19l5.6-5.6 5.6 5.6 1.4-1.4-5.6-5.6L19 6.4 17.6 5 12 10.6z";

export class Launcher implements Part {
    readonly root: HTMLButtonElement;
    private readonly badge = el("span", { class: "badge", "aria-hidden": "true", hidden: true });

    constructor(panelId: string, onToggle: () => void) {
        const open = icon(SPEECH);
        const close = icon(CROSS);
        open.classList.add("when-closed");
        close.classList.add("when-open");
        this.root = el(
            "button",
            {
                type: "button",
                class: "launcher",
                "aria-controls": panelId,
                "aria-expanded": "false",
            },
            open,
            close,
            this.badge,
        );
        this.root.addEventListener("click", onToggle);
    }

    update(chat: Chat): void {
        const { open, unread } = chat;
        const name = open ? strings.close : strings.open;
        setAttributes(this.root, {
            "aria-expanded": String(open),
            "aria-label": unread > 0 ? `${name}, ${strings.unread(unread)}` : name,
        });
        this.badge.hidden = unread === 0;
        setText(this.badge, unread > 99 ? "99+" : String(unread));
    }
}

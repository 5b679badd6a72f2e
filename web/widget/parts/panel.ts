// The panel: head, then the form or the conversation. A dialog that leaves the page usable.

import type { Chat } from "../chat";
import { el } from "../dom";
import { strings } from "../strings";
import { Composer } from "./composer";
import { Form } from "./form";
import { Header } from "./header";
import { Notice } from "./notice";
import type { Part } from "./part";
import { Talk } from "./talk";

export const PANEL_ID = "panel";

export class Panel implements Part {
    readonly root: HTMLElement;
    private readonly form: Form;
    private readonly composer: Composer;
    private readonly parts: Part[];
    private readonly loading = el("p", { class: "loading" }, strings.loading);
    private fresh = true;

    constructor(chat: Chat, title: string, onClose: () => void) {
        this.form = new Form(chat);
        this.composer = new Composer(chat);
        const header = new Header(title, "title", onClose);
        const talk = new Talk(chat);
        const notice = new Notice(() => chat.tryNow());
        this.parts = [header, this.form, talk, notice, this.composer];
        const attributes = {
            id: PANEL_ID,
            class: "panel",
            role: "dialog",
            "aria-labelledby": "title",
            tabindex: -1,
            hidden: true,
        };
        this.root = el("section", attributes, ...this.parts.map((part) => part.root));
        talk.root.prepend(this.loading);
        this.root.addEventListener("keydown", (event) => {
            if (event.key !== "Escape" || event.isComposing) return;
            event.stopPropagation();
            onClose();
        });
    }

    update(chat: Chat): void {
        this.root.hidden = !chat.open;
        // What had the focus may be about to go: hand it on within the panel.
        const inside = chat.open && this.fresh !== chat.fresh && this.hasFocus();
        for (const part of this.parts) part.update(chat);
        this.loading.hidden = !chat.loading || chat.log.messages.length > 0;
        this.fresh = chat.fresh;
        if (inside) this.focus();
    }

    /** Where a person goes on. With a touch screen not into a field: its keyboard would jump up. */
    focus(): void {
        if (window.matchMedia("(pointer: coarse)").matches) this.root.focus();
        else if (this.fresh) this.form.focus();
        else this.composer.focus();
    }

    private hasFocus(): boolean {
        const scope = this.root.getRootNode();
        const active = scope instanceof ShadowRoot ? scope.activeElement : null;
        return active !== null && this.root.contains(active);
    }
}

// The panel: head, then the form, the list of tickets or one of them. A dialog that leaves the page
// usable.

import type { Chat } from "../chat";
import { el } from "../dom";
import { strings } from "../strings";
import { After } from "./after";
import { Bar } from "./bar";
import { Composer } from "./composer";
import { Form } from "./form";
import { Header } from "./header";
import { List } from "./list";
import { Notice } from "./notice";
import type { Part } from "./part";
import { ProveView } from "./prove";
import { Talk } from "./talk";
import type { View } from "../view";

export const PANEL_ID = "panel";

export class Panel implements Part {
    readonly root: HTMLElement;
    private readonly form: Form;
    private readonly composer: Composer;
    private readonly parts: Part[];
    private readonly loading = el("p", { class: "loading" }, strings.loading);
    private readonly list: List;
    private view: View = "form";

    constructor(chat: Chat, title: string, onClose: () => void) {
        this.form = new Form(chat);
        this.composer = new Composer(chat);
        const header = new Header(title, "title", onClose);
        this.list = new List(chat);
        const talk = new Talk(chat);
        const notice = new Notice(() => chat.tryNow());
        const prove = new ProveView(chat);
        const bar = new Bar(chat);
        const after = new After(chat);
        this.parts = [
            header, prove, this.form, this.list, bar, talk, after, notice, this.composer,
        ];
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
        this.form.picker.takeFrom(this.root);
        this.composer.picker.takeFrom(this.root);
        this.root.addEventListener("keydown", (event) => {
            if (event.key !== "Escape" || event.isComposing) return;
            event.stopPropagation();
            // One step back, then out.
            if (chat.signed && chat.view !== "list") chat.toList();
            else onClose();
        });
    }

    update(chat: Chat): void {
        this.root.hidden = !chat.open;
        // What had the focus may be about to go: hand it on within the panel.
        const inside = chat.open && this.view !== chat.view && this.hasFocus();
        for (const part of this.parts) part.update(chat);
        this.loading.hidden = !chat.loading || chat.log.messages.length > 0;
        this.view = chat.view;
        if (inside) this.focus();
    }

    /** Where a person goes on. With a touch screen not into a field: its keyboard would jump up. */
    focus(): void {
        if (window.matchMedia("(pointer: coarse)").matches) this.root.focus();
        else if (this.view === "form") this.form.focus();
        else if (this.view === "list") this.list.focus();
        else if (this.composer.root.hidden) this.root.focus();
        else this.composer.focus();
    }

    private hasFocus(): boolean {
        const scope = this.root.getRootNode();
        const active = scope instanceof ShadowRoot ? scope.activeElement : null;
        return active !== null && this.root.contains(active);
    }
}

// The ticket's head: the way back, what it is about, how it stands, and what the person says of it.

import type { Chat } from "../chat";
import { el, icon, setAttributes, setText } from "../dom";
import { strings } from "../strings";
import type { Part } from "./part";
import { TellSwitch } from "./tell";
import { urgencyText } from "./urgency";

const BACK = "M14.5 5 16 6.4 10.3 12l5.7 5.6-1.5 1.4L7.5 12z";

export class Bar implements Part {
    readonly root: HTMLElement;
    private readonly back: HTMLButtonElement;
    private readonly subject = el("h3", { dir: "auto" });
    private readonly facts = el("p", { class: "facts" });
    private readonly note = el("p", { class: "note", role: "status" });
    private readonly trouble = el("p", { class: "error", role: "alert" });
    private readonly buttons = new Map<"solved" | "help", HTMLButtonElement>();

    private readonly tell: TellSwitch;

    constructor(chat: Chat) {
        this.tell = new TellSwitch(chat);
        const label = { type: "button", class: "plain back", "aria-label": strings.back };
        this.back = el("button", label, icon(BACK));
        this.back.addEventListener("click", () => chat.toList());
        for (const act of ["solved", "help"] as const) {
            const button = el("button", { type: "button", class: "say" }, strings[act]);
            button.addEventListener("click", () => chat.act(act));
            this.buttons.set(act, button);
        }
        this.root = el(
            "div",
            { class: "bar" },
            this.back,
            el("div", { class: "about" }, this.subject, this.facts),
            el("div", { class: "acts" }, ...this.buttons.values()),
            this.trouble,
            this.note,
            this.tell.root,
        );
    }

    update(chat: Chat): void {
        this.root.hidden = chat.view !== "ticket" || (!chat.signed && chat.ticket === null);
        if (this.root.hidden) return;
        this.back.hidden = !chat.signed;
        setText(this.subject, chat.signed ? chat.subject : "");
        this.subject.hidden = this.subject.textContent === "";
        setText(this.facts, chat.signed ? this.factsText(chat) : "");
        this.facts.hidden = this.facts.textContent === "";
        const { ticket, may } = chat;
        const acting = chat.acts.now;
        const open = ticket?.open !== false;
        const offered = {
            solved: may.solved && open,
            help: may.help && !open,
        };
        for (const [act, button] of this.buttons) {
            button.hidden = !offered[act] || !chat.mayWrite || chat.shown === "" || ticket === null;
            setAttributes(button, { "aria-disabled": acting === null ? false : "true" });
        }
        setText(this.trouble, chat.acts.trouble);
        setText(this.note, this.noteText(chat, open));
        this.note.hidden = this.note.textContent === "";
        // Others have it under their list.
        this.tell.update(chat);
        if (chat.signed) this.tell.root.hidden = true;
    }

    private factsText({ ticket, reference }: Chat): string {
        if (ticket === null) return "";
        const filed = ticket.number === null ? strings.notFiled : `#${ticket.number}`;
        const parts = [filed, strings.words[ticket.word]];
        if (ticket.priority !== "") parts.push(strings.urgencyIs(urgencyText(ticket.priority)));
        if (ticket.number === null && ticket.state === "delayed") {
            return strings.ticketDelayed(reference);
        }
        return parts.join(" · ");
    }

    private noteText({ reading, mayWrite, may }: Chat, open: boolean): string {
        if (reading === "now") return strings.readingNow;
        if (reading === "failed") return strings.readingFailed;
        if (!mayWrite) return strings.readOnly;
        if (open) return "";
        return may.help ? strings.closedNow : strings.closedNoHelp;
    }
}

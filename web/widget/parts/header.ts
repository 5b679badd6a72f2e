// The panel's head: title, presence, the ticket, the button that closes.

import type { Chat } from "../chat";
import { el, icon, setText } from "../dom";
import { strings } from "../strings";
import { clock, dayOf, exact } from "../time";
import type { Part } from "./part";

const CROSS =
    "M6.4 5 5 6.4 10.6 12 5 17.6 6.4 19l5.6-5.6 5.6 5.6 1.4-1.4-5.6-5.6L19 6.4 17.6 5 12 10.6z";

/** Who is there, and what may be said of when an answer comes. */
function presenceText({ staffHere, promise: { answerMs, opensAt } }: Chat): string {
    const now = Date.now();
    if (opensAt > now) {
        return strings.backAt((dayOf(opensAt) === dayOf(now) ? clock : exact)(opensAt));
    }
    return answerMs > 0 ? strings.usually(Math.round(answerMs / 60_000))
        : staffHere ? strings.here : strings.away;
}

export class Header implements Part {
    readonly root: HTMLElement;
    private readonly presence = el("p", { class: "presence" });
    private readonly ticket = el("p", { class: "ticket", role: "status" });

    constructor(title: string, titleId: string, onClose: () => void) {
        const close = el(
            "button",
            { type: "button", class: "plain close", "aria-label": strings.close },
            icon(CROSS),
        );
        close.addEventListener("click", onClose);
        this.root = el(
            "div",
            { class: "head" },
            el("div", { class: "names" }, el("h2", { id: titleId }, title), this.presence),
            close,
            this.ticket,
        );
    }

    update(chat: Chat): void {
        setText(this.presence, presenceText(chat));
        // Who is at the console while it is closed does not answer.
        this.presence.classList.toggle("here", chat.staffHere && chat.connection === "up" &&
            chat.promise.opensAt <= Date.now());
        setText(this.ticket, this.ticketText(chat));
        this.ticket.hidden = this.ticket.textContent === "";
    }

    private ticketText({ ticket, reference, signed }: Chat): string {
        if (ticket === null || signed) return "";
        if (ticket.number !== null) {
            return `${strings.ticketFiled(ticket.number)} · ${strings.words[ticket.word]}`;
        }
        if (reference === "" || ticket.state === "none") return "";
        const { ticketDelayed, ticketWaiting } = strings;
        return ticket.state === "delayed" ? ticketDelayed(reference) : ticketWaiting(reference);
    }
}

// Once a ticket is closed: its person says how it was, and has what was said sent to them.

import type { Chat } from "../chat";
import { el, setAttributes, setText } from "../dom";
import { strings } from "../strings";
import type { Part } from "./part";

/** Of three bytes each at most: what the server takes. */
const COMMENT_MAX = 333;

export class After implements Part {
    readonly root: HTMLElement;
    private readonly form: HTMLFormElement;
    private readonly stars: { input: HTMLInputElement; star: HTMLElement }[] = [];
    private readonly more: HTMLElement;
    private readonly comment = el("textarea", { id: "comment", rows: 1, maxlength: COMMENT_MAX });
    private readonly send = el("button", { class: "say" }, strings.rateSend);
    private readonly said = el("p", { class: "note", role: "status", tabindex: -1 });
    private readonly change: HTMLButtonElement;
    private readonly copy: HTMLButtonElement;
    private readonly trouble = el("p", { class: "error", role: "alert" });
    private changing = false;
    private of = "";

    constructor(chat: Chat) {
        const row = el("div", { class: "stars" });
        for (let n = 1; n <= 5; n++) {
            const input = el("input", {
                type: "radio", name: "score", value: n, "aria-label": strings.rateScore(n),
            });
            const star = el("span", { "aria-hidden": "true" });
            input.addEventListener("change", () => this.choose(n));
            this.stars.push({ input, star });
            row.append(el("label", { class: "star", title: strings.rateScore(n) }, input, star));
        }
        const label = el("label", { for: "comment" }, strings.rateComment);
        this.more = el("div", { class: "why" }, label, this.comment, this.send);
        const ask = el("fieldset", {}, el("legend", {}, strings.rateAsk), row);
        this.form = el("form", {}, ask, this.more);
        this.form.addEventListener("submit", (event) => {
            event.preventDefault();
            chat.rate(this.score, this.comment.value);
        });
        this.change = el("button", { type: "button", class: "plain" }, strings.rateChange);
        this.change.addEventListener("click", () => {
            chat.after.clear();
            this.changing = true;
            this.comment.value = chat.rating?.comment ?? "";
            this.choose(chat.rating?.score ?? 0);
            this.update(chat);
            this.stars[this.score - 1]?.input.focus();
        });
        this.copy = el("button", { type: "button", class: "plain" }, strings.transcript);
        this.copy.addEventListener("click", () => chat.sendTranscript());
        const parts = [this.form, this.said, this.trouble, this.change, this.copy];
        this.root = el("div", { class: "after" }, ...parts);
    }

    private get score(): number {
        return this.stars.findIndex(({ input }) => input.checked) + 1;
    }

    private choose(score: number): void {
        this.stars.forEach(({ input, star }, i) => {
            input.checked = i + 1 === score;
            setText(star, i < score ? "★" : "☆");
        });
        this.more.hidden = score === 0;
    }

    update(chat: Chat): void {
        const { after, person, rating } = chat;
        this.root.hidden = chat.view !== "ticket" || chat.loading || !chat.mayWrite ||
            chat.ticket?.open !== false;
        if (this.root.hidden || this.of !== chat.shown) {
            this.of = this.root.hidden ? "" : chat.shown;
            this.changing = false;
            this.comment.value = "";
            this.choose(0);
        }
        if (this.root.hidden) return;
        if (after.done === "rate") this.changing = false;
        const asks = rating === null || this.changing;
        const had = this.form.contains((this.root.getRootNode() as ShadowRoot).activeElement);
        this.form.hidden = !asks;
        this.change.hidden = asks || rating.until < Date.now();
        const sent = after.done === "transcript" && person !== null;
        const lines = [
            !asks && strings.rated(rating.score, rating.comment),
            sent && strings.transcriptSent(person.email),
        ];
        setText(this.said, lines.filter(Boolean).join(" "));
        this.said.hidden = this.said.textContent === "";
        this.copy.hidden = !chat.may.transcript || person?.verified !== true || sent ||
            (asks && this.score > 0);
        setText(this.trouble, after.trouble);
        for (const button of [this.send, this.copy])
            setAttributes(button, { "aria-disabled": after.now === null ? false : "true" });
        if (had && this.form.hidden) this.said.focus();
    }
}

// The beginning: name, email, what is wrong.

import type { Chat } from "../chat";
import { el, setText } from "../dom";
import { strings } from "../strings";
import { Field } from "./field";
import type { Part } from "./part";
import { Picker } from "./picker";
import { urgencyText } from "./urgency";
import type { FormStart } from "../view";

const SUBJECT_MAX = 80;

function emailComplaint(value: string): string {
    if (value === "") return strings.needEmail;
    return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? "" : strings.badEmail;
}

export class Form implements Part {
    readonly root: HTMLFormElement;
    private readonly name = new Field(
        el("input", { type: "text", autocomplete: "name", maxlength: 100 }),
        strings.name,
        "name",
        (value) => (value === "" ? strings.needName : ""),
    );
    private readonly email = new Field(
        el("input", { type: "email", autocomplete: "email", inputmode: "email", maxlength: 254 }),
        strings.email,
        "email",
        emailComplaint,
    );
    private readonly body = new Field(
        el("textarea", { rows: 4 }),
        strings.problem,
        "body",
        (value) => (value === "" ? strings.needBody : ""),
    );
    private readonly trouble = el("p", { class: "error", role: "alert" });
    private readonly intro = el("p");
    private readonly subject = el("input", { type: "text", id: "subject", maxlength: SUBJECT_MAX });
    private readonly urgency = el("select", { id: "urgency" });
    private readonly urgencyField = el(
        "div",
        { class: "field" },
        el("label", { for: "urgency" }, strings.urgency),
        this.urgency,
    );
    private readonly subjectField = el(
        "div",
        { class: "field" },
        el("label", { for: "subject" }, strings.subject),
        this.subject,
    );
    private readonly back = el(
        "button",
        { type: "button", class: "plain back-link" },
        strings.back,
    );
    private readonly send = el("button", { type: "submit", class: "main" });
    private offered = "";
    private shown: FormStart | null = null;
    readonly picker: Picker;

    constructor(private readonly chat: Chat) {
        this.picker = new Picker(chat);
        this.root = el(
            "form",
            { class: "start", novalidate: true },
            this.intro,
            this.trouble,
            this.name.root,
            this.email.root,
            this.subjectField,
            this.body.root,
            this.urgencyField,
            this.picker.trouble,
            this.picker.list,
            this.picker.button,
            this.send,
            this.back,
        );
        this.back.addEventListener("click", () => chat.toList());
        this.root.addEventListener("submit", (event) => {
            event.preventDefault();
            this.submit();
        });
    }

    /** The first field that is still to be filled. */
    focus(): void {
        if (this.chat.signed) return this.subject.focus();
        const { name, email, body } = this;
        ([name, email, body].find((field) => field.value === "") ?? body).input.focus();
    }

    update(chat: Chat): void {
        const wasHidden = this.root.hidden;
        this.root.hidden = chat.view !== "form";
        if (this.root.hidden) return;
        const { signed } = chat;
        setText(this.intro, signed ? strings.newIntro : strings.formIntro);
        setText(this.send, signed ? strings.sendTicket : strings.start);
        this.name.root.hidden = this.email.root.hidden = signed;
        this.subjectField.hidden = this.back.hidden = !signed;
        this.urgencyField.hidden = !signed || chat.priorities.length === 0;
        this.offer(chat.priorities);
        this.picker.update();
        const start = chat.formStart;
        // What the server knows fills only what the person left empty.
        if (this.name.value === "") this.name.input.value = start.name;
        if (this.email.value === "") this.email.input.value = start.email;
        if (!wasHidden && this.shown !== null) return;
        this.shown = start;
        if (start.body !== "") this.body.input.value = start.body;
        const { error } = start;
        setText(this.trouble, error !== null && error.field === null ? error.text : "");
        if (error !== null && error.field !== null) {
            this[error.field].complain(error.text);
            if (chat.open) this[error.field].input.focus();
        }
    }

    private offer(priorities: string[]): void {
        if (this.offered === priorities.join("\n")) return;
        this.offered = priorities.join("\n");
        const chosen = this.urgency.value;
        this.urgency.replaceChildren(
            el("option", { value: "" }, strings.urgencyNone),
            ...priorities.map((one) => el("option", { value: one }, urgencyText(one))),
        );
        this.urgency.value = priorities.includes(chosen) ? chosen : "";
    }

    private submit(): void {
        const { limits, signed } = this.chat;
        const checks: [Field, number][] = [
            [this.name, limits.name],
            [this.email, limits.email],
            [this.body, limits.body],
        ];
        if (signed) checks.splice(0, 2);
        // Each is checked, so that each says what it wants; the first wrong one gets the focus.
        const wrong = checks.filter(([field, max]) => field.validate(max) !== "");
        if (wrong[0] !== undefined) {
            wrong[0][0].input.focus();
            return;
        }
        if (!this.picker.good) return;
        setText(this.trouble, "");
        if (signed) {
            const subject = this.subject.value.trim();
            const files = this.picker.take();
            const urgency = this.urgency.value;
            this.chat.start("", "", this.body.value, files, { subject, urgency });
        } else {
            const { name, email, body, picker } = this;
            this.chat.start(name.value, email.value, body.value, picker.take());
        }
        this.body.input.value = this.subject.value = this.urgency.value = "";
    }
}

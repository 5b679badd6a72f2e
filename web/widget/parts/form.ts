// The beginning: name, email, what is wrong.

import type { Chat, FormStart } from "../chat";
import { el, setText } from "../dom";
import { strings } from "../strings";
import { Field } from "./field";
import type { Part } from "./part";

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
    private shown: FormStart | null = null;

    constructor(private readonly chat: Chat) {
        this.root = el(
            "form",
            { class: "start", novalidate: true },
            el("p", {}, strings.formIntro),
            this.trouble,
            this.name.root,
            this.email.root,
            this.body.root,
            el("button", { type: "submit", class: "main" }, strings.start),
        );
        this.root.addEventListener("submit", (event) => {
            event.preventDefault();
            this.submit();
        });
    }

    /** The first field that is still to be filled. */
    focus(): void {
        const { name, email, body } = this;
        ([name, email, body].find((field) => field.value === "") ?? body).input.focus();
    }

    update(chat: Chat): void {
        const wasHidden = this.root.hidden;
        this.root.hidden = !chat.fresh;
        if (this.root.hidden) return;
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

    private submit(): void {
        const { limits } = this.chat;
        const checks: [Field, number][] = [
            [this.name, limits.name],
            [this.email, limits.email],
            [this.body, limits.body],
        ];
        // Each is checked, so that each says what it wants; the first wrong one gets the focus.
        const wrong = checks.filter(([field, max]) => field.validate(max) !== "");
        if (wrong[0] !== undefined) {
            wrong[0][0].input.focus();
            return;
        }
        setText(this.trouble, "");
        this.chat.start(this.name.value, this.email.value, this.body.value);
        this.body.input.value = "";
    }
}

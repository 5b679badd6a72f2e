// Signing in: an offer under the head; opened, it takes the panel's place until it is done.

import type { Chat } from "../chat";
import { el, setAttributes, setText } from "../dom";
import { strings } from "../strings";
import type { Part } from "./part";

function field(input: HTMLInputElement, label: string, hint: HTMLElement): HTMLElement {
    const name = el("label", { for: input.id }, label);
    setAttributes(input, { "aria-describedby": `${hint.id} prove-trouble` });
    return el("div", { class: "field" }, name, input, hint);
}

export class ProveView implements Part {
    readonly root: HTMLElement;
    private readonly offer = el("button", { type: "button", class: "plain" }, strings.signIn);
    private readonly emailForm: HTMLFormElement;
    private readonly codeForm: HTMLFormElement;
    private readonly emailPart: HTMLElement;
    private readonly email = el("input", {
        id: "prove-email",
        type: "email",
        autocomplete: "email",
        inputmode: "email",
        maxlength: 254,
    });
    private readonly code = el("input", {
        id: "prove-code",
        type: "text",
        inputmode: "numeric",
        autocomplete: "one-time-code",
        maxlength: 11,
    });
    private readonly provider = el("button", { type: "button", class: "main" });
    private readonly hint = el("p", { id: "prove-hint", class: "hint" });
    private readonly link = el("a", { target: "_blank", rel: "noopener" }, strings.openWindow);
    private readonly trouble = el("p", { id: "prove-trouble", class: "error", role: "alert" });
    private readonly again: HTMLButtonElement;
    private step = "off";

    constructor(private readonly chat: Chat) {
        const { prove } = chat;
        const back = (text: string, act: () => void): HTMLButtonElement => {
            const button = el("button", { type: "button", class: "plain" }, text);
            button.addEventListener("click", act);
            return button;
        };
        const submit = (text: string): HTMLButtonElement =>
            el("button", { type: "submit", class: "main" }, text);
        const hint = { id: "prove-email-hint", class: "hint" };
        const emailHint = el("p", hint, strings.proveEmailHint);
        this.emailPart = el(
            "div",
            { class: "by-email" },
            field(this.email, strings.proveEmail, emailHint),
            submit(strings.sendCode),
        );
        this.emailForm = el(
            "form",
            { novalidate: true },
            el("p", {}, strings.proveIntro),
            this.emailPart,
            this.provider,
            back(strings.notNow, () => this.close()),
        );
        this.again = back(strings.codeAgain, () => {
            if (prove.email === "") prove.byProvider();
            else prove.ask(prove.email);
        });
        this.codeForm = el(
            "form",
            { novalidate: true },
            field(this.code, strings.code, this.hint),
            this.link,
            submit(strings.signIn),
            this.again,
            back(strings.otherAddress, () => prove.back()),
            back(strings.notNow, () => this.close()),
        );
        this.root = el(
            "section",
            { class: "prove", "aria-label": strings.signIn },
            this.offer,
            this.trouble,
            this.emailForm,
            this.codeForm,
        );
        this.offer.addEventListener("click", () => prove.begin());
        this.provider.addEventListener("click", () => prove.byProvider());
        this.emailForm.addEventListener("submit", (event) => {
            event.preventDefault();
            if (!prove.busy) prove.ask(this.email.value.trim());
        });
        this.codeForm.addEventListener("submit", (event) => {
            event.preventDefault();
            if (!prove.busy) prove.try(this.code.value);
        });
        this.root.addEventListener("keydown", (event) => {
            if (event.key !== "Escape" || prove.step === "off" || event.isComposing) return;
            event.stopPropagation();
            this.close();
        });
    }

    update({ prove, formStart }: Chat): void {
        const shown = prove.offered || prove.step !== "off";
        this.root.hidden = !shown;
        this.root.parentElement?.classList.toggle("proving", prove.step !== "off");
        this.offer.hidden = prove.step !== "off";
        this.emailForm.hidden = prove.step !== "email";
        this.codeForm.hidden = prove.step !== "code";
        this.emailPart.hidden = !prove.ways.includes("code");
        this.provider.hidden = !prove.ways.includes("oidc");
        setText(this.provider, strings.signInWith(prove.provider));
        setText(this.trouble, prove.trouble);
        const wrong = prove.trouble === "" ? false : "true";
        setAttributes(this.email, { "aria-invalid": wrong });
        setAttributes(this.code, { "aria-invalid": wrong });
        this.link.hidden = prove.link === "" || prove.email !== "";
        setAttributes(this.link, { href: this.link.hidden ? false : prove.link });
        this.again.hidden = prove.email !== "" && !prove.mayAskAgain;
        setText(this.hint, prove.email === "" ? strings.codeShown : strings.codeSent(prove.email));
        if (this.email.value === "") this.email.value = formStart.email;
        if (this.step !== prove.step) this.enter(prove.step);
    }

    /** Another step: its field has the focus, and none of what was typed before. */
    private enter(step: string): void {
        const had = this.step !== "off";
        this.step = step;
        this.code.value = "";
        if (!this.chat.open) return;
        if (step === "email") (this.emailPart.hidden ? this.provider : this.email).focus();
        else if (step === "code") this.code.focus();
        else if (had) this.root.parentElement?.focus();
    }

    private close(): void {
        this.chat.prove.end();
        this.offer.focus();
    }
}

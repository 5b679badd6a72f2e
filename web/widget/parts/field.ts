// One labelled field of the form, with its error beneath.

import { byteLength, el, setAttributes, setText } from "../dom";
import { strings } from "../strings";

type Input = HTMLInputElement | HTMLTextAreaElement;

export class Field {
    readonly root: HTMLElement;
    private readonly error: HTMLElement;

    constructor(
        readonly input: Input,
        label: string,
        id: string,
        private readonly check: (value: string) => string,
    ) {
        setAttributes(input, { id, required: true, "aria-describedby": `${id}-error` });
        this.error = el("p", { class: "error", id: `${id}-error` });
        const name = el("label", { for: id }, label);
        this.root = el("div", { class: "field" }, name, input, this.error);
        // Mended while typing: the complaint goes, none comes before the form is sent.
        input.addEventListener("input", () => {
            if (this.error.textContent !== "" && this.complaint() === "") this.complain("");
        });
    }

    get value(): string {
        return this.input.value.trim();
    }

    /** What is wrong with the value, shown; empty when nothing is. */
    validate(max: number): string {
        const text = byteLength(this.value) > max ? strings.tooLongField : this.complaint();
        this.complain(text);
        return text;
    }

    complain(text: string): void {
        setText(this.error, text);
        setAttributes(this.input, { "aria-invalid": text === "" ? false : "true" });
    }

    private complaint(): string {
        return this.check(this.value);
    }
}

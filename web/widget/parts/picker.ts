// Files that are to go with the next message: chosen, pasted or dropped; each with its preview, how
// far it is, and a button that takes it away.

import { sizeText } from "../../files/size";
import { isPicture } from "../../files/uploads";
import type { Upload } from "../../files/uploads";
import type { Chat } from "../chat";
import { el, icon, setText } from "../dom";
import type { PendingFile } from "../keep";
import { strings } from "../strings";

const CLIP =
    "M16.5 6v11.5a4.5 4.5 0 0 1-9 0V5a3 3 0 0 1 6 0v10.5a1.5 1.5 0 0 1-3 0V6H9v9.5a3 3 0 0 0 6 0" +
    "V5a4.5 4.5 0 0 0-9 0v12.5a6 6 0 0 0 12 0V6z";
const CROSS =
    "M6.4 5 5 6.4 10.6 12 5 17.6 6.4 19l5.6-5.6 5.6 5.6 1.4-1.4-5.6-5.6L19 6.4 17.6 5 12 10.6z";

/** One chip: of a file that is chosen, or that is on its way with a message. */
export class UploadRow {
    readonly root: HTMLElement;
    private readonly state = el("span", { class: "file-state" });
    private readonly bar = el("progress", { max: 100, value: 0 });
    private url: string | null = null;

    constructor(private readonly upload: Upload, remove: (() => void) | null) {
        this.bar.setAttribute("aria-label", strings.uploading(upload.name));
        const name = el("span", { class: "file-name", dir: "auto" }, upload.name);
        const words = el("span", { class: "file-words" }, name, this.state, this.bar);
        this.root = el("li", { class: "file" }, words);
        if (remove !== null) {
            const label = strings.removeFile(upload.name);
            const away = el(
                "button",
                { type: "button", class: "plain", "aria-label": label },
                icon(CROSS),
            );
            away.addEventListener("click", remove);
            this.root.append(away);
        }
        if (isPicture(upload.type)) this.preview();
        this.update();
    }

    /** The host page may forbid pictures of this kind: then the name has to do. */
    private preview(): void {
        this.url = URL.createObjectURL(this.upload.file);
        const picture = el("img", { alt: "", src: this.url });
        picture.addEventListener("error", () => picture.remove());
        this.root.prepend(picture);
    }

    update(): void {
        const { trouble, id, sent, size, waits } = this.upload;
        const percent = Math.floor((100 * sent) / size);
        this.root.classList.toggle("bad", trouble !== null);
        this.bar.hidden = trouble !== null || id !== null;
        this.bar.value = percent;
        if (trouble !== null) setText(this.state, strings.fileTroubles[trouble]);
        else if (id !== null) setText(this.state, sizeText(size));
        else setText(this.state, waits ? strings.fileWaits : strings.percent(percent));
    }

    free(): void {
        if (this.url !== null) URL.revokeObjectURL(this.url);
        this.root.remove();
    }
}

export class Picker {
    readonly list = el("ul", { class: "files", "aria-label": strings.files, hidden: true });
    readonly button: HTMLButtonElement;
    readonly trouble = el("p", { class: "error", role: "alert" });
    private readonly input = el("input", { type: "file", multiple: true, hidden: true });
    private readonly rows = new Map<string, UploadRow>();

    constructor(private readonly chat: Chat) {
        this.button = el(
            "button",
            { type: "button", class: "plain round", "aria-label": strings.attach },
            icon(CLIP),
        );
        this.button.append(this.input);
        this.button.addEventListener("click", () => this.input.click());
        this.input.addEventListener("click", (event) => event.stopPropagation());
        this.input.addEventListener("change", () => {
            this.add(this.input.files);
            this.input.value = "";
        });
    }

    /** What is pasted into or dropped on this, comes here. */
    takeFrom(element: HTMLElement): void {
        element.addEventListener("paste", (event) => {
            const files = event.clipboardData?.files;
            if (files === undefined || files.length === 0 || this.off) return;
            event.preventDefault();
            this.add(files);
        });
        element.addEventListener("dragover", (event) => {
            if (this.off || !event.dataTransfer?.types.includes("Files")) return;
            event.preventDefault();
            element.classList.add("drop");
        });
        for (const name of ["dragleave", "drop"]) {
            element.addEventListener(name, () => element.classList.remove("drop"));
        }
        element.addEventListener("drop", (event) => {
            const files = event.dataTransfer?.files;
            if (this.off || files === undefined || files.length === 0) return;
            event.preventDefault();
            this.add(files);
        });
    }

    get empty(): boolean {
        return this.rows.size === 0;
    }

    /** None of those that are chosen is refused. */
    get good(): boolean {
        return [...this.rows.keys()].every((id) => this.chat.uploads.find(id)?.trouble === null);
    }

    /** They go with a message now; the list is empty again. */
    take(): PendingFile[] {
        const taken: PendingFile[] = [];
        for (const id of this.rows.keys()) {
            const one = this.chat.uploads.find(id);
            if (one === undefined || one.trouble !== null) continue;
            const { name, size, type } = one;
            taken.push({ clientId: id, name, size, type, id: one.id });
        }
        for (const row of this.rows.values()) row.free();
        this.rows.clear();
        this.list.hidden = true;
        setText(this.trouble, "");
        return taken;
    }

    /** None of them goes anywhere. */
    clear(): void {
        for (const id of this.rows.keys()) this.chat.uploads.remove(id);
        this.take();
    }

    update(): void {
        this.button.hidden = this.chat.uploads.limits.count === 0;
        for (const row of this.rows.values()) row.update();
    }

    /** This install takes no files, or what it belongs to is not shown. */
    private get off(): boolean {
        const { limits } = this.chat.uploads;
        return limits.count === 0 || this.list.parentElement?.closest("[hidden]") !== null;
    }

    private add(files: FileList | null): void {
        const { uploads } = this.chat;
        setText(this.trouble, "");
        for (const file of files ?? []) {
            if (this.rows.size >= uploads.limits.count) {
                setText(this.trouble, strings.tooManyFiles(uploads.limits.count));
                break;
            }
            if (file.size > uploads.limits.maxBytes) {
                const max = sizeText(uploads.limits.maxBytes);
                setText(this.trouble, strings.tooLarge(file.name, max));
                continue;
            }
            const one = uploads.add(file);
            const row = new UploadRow(one, () => this.remove(one.clientId));
            this.rows.set(one.clientId, row);
            this.list.append(row.root);
        }
        this.list.hidden = this.empty;
    }

    private remove(id: string): void {
        this.rows.get(id)?.free();
        this.rows.delete(id);
        this.list.hidden = this.empty;
        this.chat.uploads.remove(id);
        this.button.focus();
    }
}

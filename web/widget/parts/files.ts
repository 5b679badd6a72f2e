// The files of a message: a picture is shown, everything else is a button that saves it. Of a
// message on its way: how far they are.

import { sizeText } from "../../files/size";
import { isPicture } from "../../files/uploads";
import type { Chat } from "../chat";
import { el, setAttributes, setText } from "../dom";
import type { PendingFile } from "../keep";
import type { MessageFile } from "../protocol";
import { strings } from "../strings";
import { UploadRow } from "./picker";

/** Larger pictures are loaded when somebody asks for them. */
const SHOWN_MAX = 8 * 1024 * 1024;

function fileRow(chat: Chat, file: MessageFile): HTMLElement {
    const name = el("span", { class: "file-name", dir: "auto" }, file.name);
    const state = el("span", { class: "file-state" }, sizeText(file.size));
    const words = el("span", { class: "file-words" }, name, state);
    const button = el("button", { type: "button", class: "plain file" }, words);
    setAttributes(button, { "aria-label": strings.saveFile(file.name, sizeText(file.size)) });
    button.addEventListener("click", () => {
        void chat.pictures.save(file.id, file.name).then((good) => {
            setText(state, good ? sizeText(file.size) : strings.fileGone);
        });
    });
    if (isPicture(file.type) && file.size <= SHOWN_MAX) {
        void chat.pictures.get(file.id).then((url) => {
            if (url === null) return;
            const picture = el("img", { alt: "", src: url, loading: "lazy" });
            // The room that it will take, so that nothing jumps.
            if (file.width > 0) setAttributes(picture, { width: file.width, height: file.height });
            picture.addEventListener("load", () => button.classList.add("picture"));
            picture.addEventListener("error", () => picture.remove());
            button.prepend(picture);
        });
    }
    return el("li", {}, button);
}

export class FilesView {
    readonly root = el("ul", { class: "files", "aria-label": strings.files, hidden: true });
    private key = "";
    private rows: UploadRow[] = [];

    constructor(private readonly chat: Chat) {}

    update(files: readonly MessageFile[], pending: readonly PendingFile[]): void {
        const key = JSON.stringify([files.map((f) => f.id), pending.map((p) => p.clientId)]);
        if (key !== this.key) {
            this.key = key;
            this.root.replaceChildren();
            this.rows = [];
            for (const file of files) this.root.append(fileRow(this.chat, file));
            for (const one of files.length > 0 ? [] : pending) this.pending(one);
            this.root.hidden = this.root.childElementCount === 0;
        }
        for (const row of this.rows) row.update();
    }

    private pending(one: PendingFile): void {
        const upload = this.chat.uploads.find(one.clientId);
        if (upload !== undefined) {
            const row = new UploadRow(upload, null);
            this.rows.push(row);
            this.root.append(row.root);
            return;
        }
        const name = el("span", { class: "file-name", dir: "auto" }, one.name);
        const state = el("span", { class: "file-state" }, sizeText(one.size));
        this.root.append(
            el("li", { class: "file" }, el("span", { class: "file-words" }, name, state)),
        );
    }
}

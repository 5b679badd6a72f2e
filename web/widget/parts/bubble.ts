// One message of the conversation, or one that is still on its way.

import { el, setText } from "../dom";
import { marked } from "../marked";
import type { Chat } from "../chat";
import type { PendingFile } from "../keep";
import type { Outgoing } from "../outbox";
import type { From, MessageFile } from "../protocol";
import { strings } from "../strings";
import { clock, exact } from "../time";
import { FilesView } from "./files";

export interface Shown {
    key: string;
    from: From;
    name: string;
    body: string;
    at: number;
    /** Said by who looks at it. */
    mine: boolean;
    files: readonly MessageFile[];
    pending: readonly PendingFile[];
    /** Null once the server has it. */
    outgoing: Outgoing | null;
}

export class Bubble {
    readonly root: HTMLElement;
    private readonly time = el("time");
    private readonly state = el("span");
    private readonly body = el("div", { class: "body", dir: "auto" });
    private text: string | null = null;
    private readonly choices: HTMLElement;
    private readonly files: FilesView;

    constructor(chat: Chat, shown: Shown, retry: () => void, remove: () => void) {
        const who = shown.mine ? strings.you : shown.name || strings.staff;
        const again = el("button", { type: "button", class: "plain" }, strings.retry);
        const away = el("button", { type: "button", class: "plain" }, strings.remove);
        again.addEventListener("click", retry);
        away.addEventListener("click", remove);
        this.choices = el("p", { class: "choices", hidden: true }, again, away);
        this.root = el("div", { class: `message ${shown.from}` });
        if (shown.from !== "event") {
            // One's own side shows whose it is; a screen reader is told.
            const hide = shown.mine ? " unseen" : "";
            this.root.append(el("p", { class: `who${hide}` }, who));
        }
        this.files = new FilesView(chat);
        this.root.append(
            this.body,
            this.files.root,
            el("p", { class: "meta" }, this.time, this.state),
            this.choices,
        );
    }

    /** follows: the one before is of the same speaker. up: there is a connection. */
    update(shown: Shown, follows: boolean, up: boolean): void {
        const { outgoing, at, body } = shown;
        this.files.update(shown.files, shown.pending);
        if (body !== this.text) { // new, or edited since
            this.text = body;
            const words = shown.from === "event" ? strings.heard(body) : body;
            this.body.replaceChildren(...marked(words));
            this.body.hidden = body === "";
        }
        this.root.classList.toggle("follows", follows);
        const refused = outgoing?.refused ?? null;
        this.root.classList.toggle("refused", refused !== null);
        this.root.classList.toggle("on-its-way", outgoing !== null && refused === null);
        setText(this.time, outgoing === null ? clock(at) : "");
        this.time.title = exact(at);
        this.time.dateTime = new Date(at).toISOString();
        this.choices.hidden = refused === null;
        if (refused !== null) setText(this.state, `${strings.notSent} ${refused}`);
        else if (outgoing === null) {
            setText(this.state, shown.mine ? strings.sent : "");
        }
        else if (!up) setText(this.state, strings.waiting);
        else setText(this.state, outgoing.held ? strings.held : strings.sending);
    }
}

// The state of the chat and the rules by which frames and the person change it. Knows no DOM
// beyond the page's visibility; the parts draw what stands here.

import { Keep, newClientId } from "./keep";
import type { Pending } from "./keep";
import { Link } from "./link";
import { Log } from "./log";
import { Outbox } from "./outbox";
import { LIMITS } from "./protocol";
import type { Conversation, Limits, ServerFrame, Ticket } from "./protocol";
import { refusals, strings } from "./strings";

export type Connection = "connecting" | "up" | "down";

/** What the form begins with when the server sent the person back to it. */
export interface FormStart {
    name: string;
    email: string;
    body: string;
    error: { field: "name" | "email" | "body" | null; text: string } | null;
}

const TYPING_SHOWN_MS = 5_000;
const TYPING_SENT_EVERY_MS = 2_500;
const ANNOUNCED_MAX = 200;

export class Chat {
    readonly log = new Log();
    readonly outbox: Outbox;
    readonly keep: Keep;
    connection: Connection = "connecting";
    limits: Limits = LIMITS;
    reference = "";
    ticket: Ticket | null = null;
    staffHere = false;
    typing = "";
    unread = 0;
    open = false;
    /** Text for a screen reader when the panel is not looked at. */
    announcement = "";
    formStart: FormStart = { name: "", email: "", body: "", error: null };
    private conversation: string | null;
    private readonly link: Link;
    private typingTimer: number | undefined;
    private typingSentAt = 0;
    private changeQueued = false;

    constructor(
        base: URL,
        private readonly draw: () => void,
    ) {
        this.keep = new Keep(base.origin);
        this.conversation = this.keep.conversation();
        this.outbox = new Outbox(this.keep, {
            send: (message) => this.send(message),
            stuck: () => this.link.again(),
            changed: () => this.changed(),
        });
        this.link = new Link(base, {
            token: () => this.keep.token(),
            frame: (frame) => {
                this.hear(frame);
                this.changed();
            },
            down: () => this.down(),
        });
        this.keep.watch(() => this.otherTab());
        for (const name of ["online", "offline"]) {
            window.addEventListener(name, () => this.changed());
        }
        document.addEventListener("visibilitychange", () => this.changed());
        // Who has never written costs the server nothing until the panel is opened.
        if (this.conversation !== null || this.outbox.list.length > 0) this.link.want();
    }

    /** The form is to be shown, not the conversation. */
    get fresh(): boolean {
        return this.conversation === null && this.outbox.list.length === 0;
    }

    get loading(): boolean {
        return this.conversation !== null && !this.log.whole;
    }

    show(open: boolean): void {
        this.open = open;
        if (open) this.link.want();
        this.changed();
    }

    tryNow(): void {
        this.link.probe();
    }

    start(name: string, email: string, body: string): void {
        this.formStart = { name, email, body: "", error: null };
        const id = newClientId();
        this.outbox.add({ kind: "start", id, name, email, body, at: this.outbox.now() });
    }

    say(body: string): void {
        this.outbox.add({ kind: "message", id: newClientId(), body, at: this.outbox.now() });
    }

    /** The person pressed a key in the message box. */
    types(): void {
        if (this.conversation === null) return;
        if (Date.now() - this.typingSentAt < TYPING_SENT_EVERY_MS) return;
        this.typingSentAt = Date.now();
        this.link.send({ t: "typing", conversation: this.conversation });
    }

    private send(message: Pending): boolean {
        const { id: client_id, body } = message;
        if (message.kind === "start") {
            const { name, email } = message;
            return this.link.send({ t: "start", client_id, name, email, body });
        }
        const conversation = this.conversation;
        if (conversation === null) return false;
        return this.link.send({ t: "message", client_id, conversation, body });
    }

    private hear(frame: ServerFrame): void {
        switch (frame.t) {
            case "welcome":
                this.limits = frame.limits;
                this.staffHere = frame.staff;
                this.connection = "up";
                if (frame.person !== null) Object.assign(this.formStart, frame.person);
                this.welcomed(frame.conversation);
                break;
            case "ack": {
                if (this.conversation === null) this.enter(frame.conversation);
                this.reference = frame.reference || this.reference;
                const sent = this.outbox.acked(frame.clientId);
                if (sent === null) break;
                const { id: clientId, body } = sent;
                const { seq, at } = frame;
                this.log.add({ seq, from: "person", name: "", body, at, clientId });
                break;
            }
            case "messages": {
                if (this.conversation === null) this.enter(frame.conversation);
                if (frame.conversation !== this.conversation) break;
                for (const { clientId, from } of frame.messages) {
                    if (clientId !== null) this.outbox.acked(clientId);
                    if (from === "staff") this.typing = "";
                }
                if (this.log.take(frame.messages, frame.more)) this.resume();
                break;
            }
            case "changed":
                if (frame.conversation === this.conversation)
                    this.log.change(frame.seq, frame.message);
                break;
            case "ticket":
                if (frame.conversation === this.conversation) this.ticket = frame.ticket;
                break;
            case "typing":
                this.typing = frame.who || strings.staff;
                window.clearTimeout(this.typingTimer);
                this.typingTimer = window.setTimeout(() => {
                    this.typing = "";
                    this.changed();
                }, TYPING_SHOWN_MS);
                break;
            case "presence":
                this.staffHere = frame.staff;
                break;
            case "error":
                this.refused(frame);
                break;
            case "pong":
                break;
        }
    }

    private welcomed(conversation: Conversation | null): void {
        this.outbox.load();
        if (conversation !== null) {
            if (this.conversation !== conversation.id) this.enter(conversation.id);
            this.reference = conversation.reference;
            this.ticket = conversation.ticket;
            if (this.log.expect(conversation.lastSeq)) this.resume();
        } else if (this.conversation !== null || !this.startWaits()) {
            this.leave(this.outbox.list.length > 0 ? strings.ended : "");
        }
        this.outbox.pump();
    }

    private startWaits(): boolean {
        const { list } = this.outbox;
        return list.length === 0 || list.some((item) => item.message.kind === "start");
    }

    private resume(): void {
        if (this.conversation === null) return;
        this.link.send({ t: "resume", conversation: this.conversation, since: this.log.since });
    }

    private enter(id: string): void {
        this.conversation = id;
        this.keep.keepConversation(id);
        this.log.clear();
    }

    /** Back to the form, with what was not sent. */
    private leave(text: string, field: "name" | "email" | "body" | null = null): void {
        const bodies: string[] = [];
        this.conversation = null;
        this.keep.keepConversation(null);
        for (const { message } of [...this.outbox.list]) {
            bodies.push(message.body);
            if (message.kind === "start") {
                this.formStart.name = message.name;
                this.formStart.email = message.email;
            }
            this.outbox.remove(message.id);
        }
        this.formStart.body = bodies.join("\n\n");
        this.formStart.error = text === "" ? null : { field, text };
        this.log.clear();
        this.reference = "";
        this.ticket = null;
    }

    private refused(frame: ServerFrame & { t: "error" }): void {
        const { code, clientId, retryMs } = frame;
        if (code === "bad_token") {
            this.keep.dropToken();
            this.link.again();
        } else if (clientId === null) {
            if ((code === "too_fast" || code === "busy") && !this.log.whole) {
                window.setTimeout(() => this.resume(), Math.max(retryMs, 1_000));
            }
        } else if (code === "too_fast" || code === "busy") {
            this.outbox.later(clientId, retryMs);
        } else if (code === "not_found") {
            this.leave(strings.ended);
        } else {
            const text = refusals[code] ?? frame.text;
            const kind = this.outbox.find(clientId)?.message.kind;
            if (kind === "start") this.leave(text, code === "bad_email" ? "email" : null);
            else this.outbox.refuse(clientId, text);
        }
    }

    /** Another tab of this browser changed what is kept. */
    private otherTab(): void {
        if (this.conversation === null && this.keep.conversation() !== null) {
            // It began a conversation: the next welcome tells of it.
            this.link.want();
            this.link.again();
        }
        this.changed();
    }

    private down(): void {
        this.connection = "down";
        this.typing = "";
        this.outbox.down();
        this.changed();
    }

    private changed(): void {
        if (this.changeQueued) return;
        this.changeQueued = true;
        queueMicrotask(() => {
            this.changeQueued = false;
            this.count();
            this.draw();
        });
    }

    /** How many of staff's messages the person has not had before their eyes. */
    private count(): void {
        const id = this.conversation;
        const before = this.unread;
        this.unread = 0;
        if (id === null) return;
        if (this.open && document.visibilityState === "visible") {
            this.keep.keepSeen(id, this.log.newest);
            return;
        }
        const seen = this.keep.seen(id);
        const fresh = this.log.messages.filter((m) => m.from === "staff" && m.seq > seen);
        this.unread = fresh.length;
        const last = fresh[fresh.length - 1];
        if (last === undefined || this.unread <= before || !this.log.whole) return;
        const isLong = last.body.length > ANNOUNCED_MAX;
        const body = isLong ? `${last.body.slice(0, ANNOUNCED_MAX)}…` : last.body;
        this.announcement = strings.announce(this.unread, last.name || strings.staff, body);
    }
}

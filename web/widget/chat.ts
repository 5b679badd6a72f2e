// The state of the chat and the rules by which the person changes it; hear.ts has those of what the
// server says. Knows no DOM beyond the page's visibility; the parts draw what stands here.

import { Pictures } from "../files/pictures";
import { Uploads } from "../files/uploads";
import { Acts } from "./acts";
import { hear } from "./hear";
import { Keep, newClientId } from "./keep";
import type { Pending, PendingFile } from "./keep";
import { subjectOf } from "./identity";
import type { Identity, Source } from "./identity";
import { Link } from "./link";
import { Log } from "./log";
import { Outbox } from "./outbox";
import type { Outgoing } from "./outbox";
import { Prove } from "./prove";
import { Marks } from "./marks";
import { LIMITS } from "./protocol";
import type {
    ClientFrame,
    Limits,
    Opened,
    Person,
    Promised,
    Rating,
    Row,
    Ticket,
    Which,
} from "./protocol";
import { cut, filesOf, frameOf } from "./said";
import { strings } from "./strings";
import { Tell } from "./tell";
import { Tickets } from "./tickets";
import { Typing } from "./typing";
import type { Act, Connection, FormStart, Urgent, View } from "./view";

const ANNOUNCED_MAX = 200;

export class Chat {
    readonly log = new Log();
    readonly outbox: Outbox;
    readonly keep: Keep;
    readonly prove = new Prove(
        (frame) => this.link.send(frame),
        () => this.changed(),
    );
    readonly uploads: Uploads;
    readonly pictures: Pictures;
    connection: Connection = "connecting";
    limits: Limits = LIMITS;
    reference = "";
    ticket: Ticket | null = null;
    staffHere = false;
    promise: Promised = { answerMs: 0, opensAt: 0 };
    readonly typing = new Typing((frame) => this.link.send(frame), () => this.changed());
    unread = 0;
    open = false;
    /** Text for a screen reader when the panel is not looked at. */
    announcement = "";
    formStart: FormStart = { name: "", email: "", body: "", error: null };
    readonly tickets = new Tickets((frame) => this.link.send(frame));
    readonly tell: Tell;
    person: Person | null = null;
    priorities: string[] = [];
    may = { solved: false, help: false, transcript: false };
    subject = "";
    mayWrite = true;
    /** The ticket's comments are being read from where it is kept, or could not be. */
    reading: Opened["reading"] = "no";
    readonly acts = new Acts((frame) => this.link.send(frame));
    /** The same once it is closed. */
    readonly after = new Acts((frame) => this.link.send(frame));
    rating: Rating | null = null;
    /** Why the list is shown, and not what was asked for. */
    listTrouble = "";
    /** Has proved who they are, in this browser; until welcome what was so last time. */
    signed: boolean;
    place: View;
    conversation: string | null;
    /** Asked for, and not there yet. */
    opening: ClientFrame | null = null;
    /** The id of the start whose conversation is shown. */
    starting: string | null = null;
    /** The start that became the conversation that is shown. */
    became = "";
    unreadHere = 0;
    readonly marks = new Marks(
        (frame) => this.link.send(frame),
        () => this.changed(),
    );
    readingTimer: number | undefined;
    readonly link: Link;
    private changeQueued = false;

    constructor(
        base: URL,
        private readonly draw: () => void,
        readonly identity: Identity,
        /** A conversation to open as soon as that can be, "" for none. */
        public wanted = "",
    ) {
        this.keep = new Keep(base.origin);
        if (identity.given) this.keep.somebody();
        this.tell = new Tell(this.keep);
        this.signed = this.keep.is("signed");
        this.conversation = this.keep.conversation();
        this.place = this.signed && this.conversation === null ? "list" : "ticket";
        const headers = (): Record<string, string> => ({
            authorization: `Bearer ${this.keep.token()}`,
        });
        this.pictures = new Pictures(base.origin, headers);
        this.uploads = new Uploads({
            base: base.origin,
            headers,
            credentials: "omit",
            newId: newClientId,
            conversation: () => null,
            changed: () => {
                this.outbox.pump();
                this.changed();
            },
        });
        this.outbox = new Outbox(this.keep, {
            send: (message) => this.send(message),
            stuck: () => this.link.again(),
            changed: () => this.changed(),
        });
        this.link = new Link(base, {
            token: () => this.keep.token(),
            known: () => this.known(),
            frame: (frame) => {
                hear(this, frame);
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
        if (this.signed || this.conversation !== null || this.outbox.list.length > 0) {
            this.link.want();
        }
    }

    get view(): View {
        if (this.signed) return this.place;
        return this.conversation === null && this.outbox.list.length === 0 ? "form" : "ticket";
    }

    get loading(): boolean {
        if (this.view !== "ticket") return false;
        return this.opening !== null || (this.conversation !== null && !this.log.whole);
    }

    /** Names what is shown, so that a part sees when it is something else. */
    get shown(): string {
        return this.view === "ticket" ? (this.conversation ?? this.starting ?? "") : this.view;
    }

    /** What is on its way in the conversation that is shown. */
    get outgoing(): readonly Outgoing[] {
        if (!this.signed) return this.outbox.list;
        return this.outbox.list.filter(({ message }) => {
            const of = message.kind === "start" ? message.id : message.to;
            return of === this.conversation || of === this.starting;
        });
    }

    /** Back to the list. */
    toList(): void {
        this.drop();
        this.place = "list";
        this.keep.keepConversation(null);
        this.link.send({ t: "leave" });
        this.tickets.ask();
        this.changed();
    }

    toForm(): void {
        this.listTrouble = "";
        this.place = "form";
        this.changed();
    }

    find(which: Which, query: string): void {
        this.tickets.show(which, query);
        this.changed();
    }

    openRow(row: Row): void {
        const { conversation, ticket } = row;
        if (conversation !== null) this.ask({ t: "open", conversation });
        else if (ticket !== null) this.ask({ t: "open", ticket });
        else return;
        this.subject = row.subject;
        this.mayWrite = row.mine;
        this.changed();
    }

    /** By a link, or by a notification. */
    openId(conversation: string): void {
        if (!this.signed) return;
        if (conversation !== this.conversation) this.ask({ t: "open", conversation });
        this.changed();
    }

    act(act: Act): void {
        if (this.conversation !== null) this.acts.begin(act, this.conversation);
        this.changed();
    }

    rate(score: number, comment: string): void {
        if (this.conversation !== null)
            this.after.begin("rate", this.conversation, { score, comment });
        this.changed();
    }

    sendTranscript(): void {
        if (this.conversation !== null) this.after.begin("transcript", this.conversation);
        this.changed();
    }

    signOut(): void {
        this.link.send({ t: "sign_out" });
        this.unsign("");
        this.keep.forget();
        this.outbox.forget();
        this.formStart = { name: "", email: "", body: "", error: null };
        // The page's word counts no more, until it says who is there.
        this.identity.give(null);
        this.keep.anybody();
        // The server ends the line; should it not, the next hello comes with another token anyway.
        window.setTimeout(() => this.link.again(), 300);
        this.changed();
    }

    show(open: boolean): void {
        this.open = open;
        if (open) this.link.want();
        this.changed();
    }

    tryNow(): void {
        this.link.probe();
    }

    start(name: string, email: string, body: string, files: PendingFile[] = [],
        urgent?: Urgent): void {
        this.formStart = { name, email, body: "", error: null };
        const id = newClientId();
        if (this.signed) {
            this.drop();
            this.place = "ticket";
            this.starting = id;
            this.subject = urgent?.subject || (body.split("\n")[0] ?? "");
        }
        const at = this.outbox.now();
        this.outbox.add({ kind: "start", id, name, email, body, files, ...urgent, at });
    }

    say(body: string, files: PendingFile[] = []): void {
        const to = this.signed ? (this.conversation ?? this.starting ?? "") : "";
        const at = this.outbox.now();
        this.outbox.add({ kind: "message", id: newClientId(), body, files, to, at });
    }

    /** The person pressed a key in the message box. */
    types(): void {
        if (this.conversation !== null) this.typing.here(this.conversation);
    }

    private send(message: Pending): boolean {
        const files = filesOf(message, this.uploads, () => this.keep.keepPending(message),
            (text) => this.outbox.refuse(message.id, text));
        if (files === null) return false;
        const frame = frameOf(message, files, this.conversation);
        return frame !== null && this.link.send(frame);
    }

    /** Open one: until it is there, it is asked for again on each new line. */
    private ask(frame: ClientFrame & { t: "open" }): void {
        this.drop();
        this.place = "ticket";
        this.opening = frame;
        this.link.send(frame);
    }

    /** The page says who its visitor is, or (null) that nobody in particular is there. */
    identify(source: Source | null): void {
        this.identity.give(source);
        this.forget();
        this.take();
        this.link.anew();
        if (source !== null) this.link.want();
        this.changed();
    }

    /** Nothing of whom this was is shown or sent any more. */
    forget(): void {
        this.outbox.forget();
        this.unsign("");
        this.formStart = { name: "", email: "", body: "", error: null };
    }

    /** Whose things are kept now. */
    take(): void {
        if (!this.identity.given) this.keep.anybody();
        else this.keep.somebody();
        this.signed = this.keep.is("signed");
        this.conversation = this.keep.conversation();
        this.place = this.signed && this.conversation === null ? "list" : "ticket";
        this.outbox.load();
    }

    private known(): ReturnType<Identity["known"]> | null {
        if (!this.identity.given) return null;
        return this.identity.known().then((who) => {
            if (who === null) {
                this.forget();
                this.take();
            } else if (who.identity !== "" && this.keep.isNow(subjectOf(who.identity))) {
                this.forget();
            }
            return who;
        });
    }

    /** Nobody in particular again. */
    unsign(text: string): void {
        this.signed = false;
        this.keep.set("signed", false);
        this.person = null;
        this.drop();
        this.keep.keepConversation(null);
        this.tickets.clear();
        this.formStart.error = text === "" ? null : { field: null, text };
    }

    get looksAt(): boolean {
        return this.open && this.view === "ticket" && document.visibilityState === "visible";
    }

    /** What is shown of a conversation goes; what is on its way stays. */
    drop(): void {
        this.conversation = this.starting = this.opening = null;
        this.log.clear();
        this.reference = this.subject = this.typing.who = this.listTrouble = "";
        this.ticket = this.rating = null;
        this.acts.clear();
        this.after.clear();
        this.mayWrite = true;
        this.reading = "no";
        this.unreadHere = 0;
        this.marks.reset();
    }

    /** Another tab of this browser changed what is kept. */
    private otherTab(): void {
        if (this.signed !== this.keep.is("signed")) this.link.again();
        else if (!this.signed && this.conversation === null && this.keep.conversation() !== null) {
            // It began a conversation: the next welcome tells of it.
            this.link.want();
            this.link.again();
        }
        this.changed();
    }

    down(): void {
        this.connection = "down";
        this.typing.who = "";
        this.acts.down();
        this.after.down();
        this.tickets.asking = false;
        this.outbox.down();
        this.changed();
    }

    changed(): void {
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
        if (this.signed) {
            this.unread = Math.max(0, this.tickets.unread - (this.looksAt ? this.unreadHere : 0));
            if (this.looksAt) this.marks.tell(id, this.log);
            return;
        }
        if (id === null) return;
        if (this.open && document.visibilityState === "visible") {
            this.keep.keepSeen(id, this.log.newest);
            this.marks.tell(id, this.log);
            return;
        }
        const fresh = this.log.after(this.keep.seen(id));
        this.unread = fresh.length;
        const last = fresh[fresh.length - 1];
        if (last === undefined || this.unread <= before || !this.log.whole) return;
        const who = last.name || strings.staff;
        this.announcement = strings.announce(this.unread, who, cut(last.body, ANNOUNCED_MAX));
        this.tell.show(strings.answeredTitle, who, id, () => this.show(true));
    }
}

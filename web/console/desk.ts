// The console's only mutable thing: it holds the state, hears the server, and acts.

import type { Ask } from "./acts";
import { Drafts } from "./drafts";
import { filesLeaving } from "./files";
import { hear } from "./hear";
import { readInbox, rowsShown } from "./inbox";
import { Batch } from "./batch";
import type { Batched } from "./batch";
import * as keep from "./keep";
import { Link } from "./link";
import { goBack, goTo, readPlace, settle, wentAway } from "./place";
import type { Pane, Place } from "./place";
import type { Box, ClientFrame, DeskFrame, MessageFile, Summary } from "./protocol";
import { emptyThread, initial, putThread, sortInbox, unbroken } from "./state";
import type { Change, Focus, Outgoing, State, Thread } from "./state";
import { strings } from "./strings";

const ACK_WITHIN_MS = 15_000;
const TYPING_EVERY_MS = 3_000;
const TOGETHER_MS = 300;
const HEARD_MS = 30;
const KEYS_OFF = "parley.keys-off";

type Without<T> = T extends unknown ? Omit<T, "client_id"> : never;
/** An act before it has a name. */
export type DeskAct = Without<DeskFrame>;

/** Who looks at what happens, to tell of it. */
export interface Watcher {
    summary(before: Summary | undefined, now: Summary): void;
    /** What came of them while there was no line. */
    missed(all: [Summary | undefined, Summary][]): void;
    mention(conversation: string, seq: number, by: string): void;
    /** I did something in this conversation. */
    did(conversation: string): void;
    sees(conversation: string): boolean;
}

export class Desk {
    state: State;
    watcher: Watcher | null = null;
    /** All pieces of the inbox are here: what is not among them is not open. */
    whole = false;
    private readonly link: Link;
    private readonly listeners = new Set<() => void>();
    /** Conversations of which a summary came since the first piece of the inbox. */
    readonly heard = new Set<string>();
    readonly drafts = new Drafts((frame) => this.send(frame));
    private readonly timers = new Map<string, number>();
    private readonly doubt: () => void;
    private readonly stopped = new AbortController();
    /** Acts that were asked for at once and are told of together. */
    private batch: Batch | null = null;
    private readonly batches = new Map<string, Batch>();
    private refusals = 0;
    private saidAt = 0;
    private typed = { what: "", at: 0 };
    /** The open conversation is before our eyes. */
    private looks = false;
    private hearing = false;
    private telling = 0;
    /** While a list comes after a break: those in it so far, and the inbox as it was before. */
    private listed: { ids: Set<string>; before: Map<string, Summary> | null } =
        { ids: new Set(), before: null };

    /** `doubt` is called when the server is there but does not let us in. */
    constructor(me: string, doubt: () => void) {
        const keys = window.localStorage?.getItem(KEYS_OFF) === null;
        this.doubt = doubt;
        this.state = { ...initial(readPlace(), keep.unsent(), keys), me };
        this.link = new Link("/v1/console", {
            frame: (frame) => {
                this.hearing = true;
                try {
                    hear(this, frame);
                } finally {
                    this.hearing = false;
                }
            },
            down: (retryAt, opened) => this.lineDown(retryAt, opened),
            trying: () => this.set({ line: "connecting" }),
        });
    }

    /** Begin. Once. */
    start(): void {
        const { signal } = this.stopped;
        window.addEventListener("popstate", () => {
            wentAway();
            this.moved(readPlace());
        }, { signal });
        window.addEventListener("pagehide", settle, { signal });
        window.addEventListener("online", () => this.probe(), { signal });
        window.addEventListener("offline", () => this.probe(), { signal });
        document.addEventListener("visibilitychange", () => {
            if (!document.hidden) {
                this.probe();
                return;
            }
            this.drafts.flush();
            settle(); // it may never be painted again
        }, { signal });
        window.addEventListener("beforeunload", (event) => {
            if (filesLeaving()) event.preventDefault();
        }, { signal });
        this.link.connect();
    }

    /** End for good: no connection, no timers. */
    stop(): void {
        this.stopped.abort();
        this.link.stop();
        window.clearTimeout(this.telling);
        for (const timer of this.timers.values()) window.clearTimeout(timer);
        this.timers.clear();
    }

    subscribe(listener: () => void): () => void {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    }

    /** What one does oneself is drawn at once; what is heard, for several frames come together, a
     * moment later with the rest. */
    set(patch: Partial<State>): void {
        this.state = { ...this.state, ...patch };
        if (!this.hearing) this.tell();
        else this.telling ||= window.setTimeout(() => this.tell(), HEARD_MS);
    }

    private tell(): void {
        window.clearTimeout(this.telling);
        this.telling = 0;
        for (const listener of this.listeners) listener();
    }

    probe(): void {
        this.link.probe();
    }

    private lineDown(retryAt: number, opened: boolean): void {
        const was = this.state.line;
        this.set({ line: "down", retryAt });
        if (opened && was === "up") this.say(strings.line.gone);
        this.refusals = opened ? 0 : this.refusals + 1;
        // Perhaps the server is well and will not have us: the session may have run out.
        if (this.refusals >= 2) this.doubt();
    }

    /** After welcome: everything that was on its way goes once more, under its old names. */
    lineUp(): void {
        const again = this.state.line !== "up" && this.state.loaded;
        this.refusals = 0;
        this.set({ line: "up" });
        if (again) this.say(strings.line.back);
        const { open } = this.state.place;
        if (open !== null) {
            this.fetchThread(open);
            if (!this.looks) this.look(open, false); // who opens it looks, unless they say
        }
        void readInbox(this);
        for (const out of this.state.outgoing) if (!out.failed) this.transmit(out);
        for (const act of this.state.acts) this.transmitAct(act);
        this.drafts.flush(true);
        for (const change of this.state.changes)
            if (change.state === "sending") this.transmitChange(change);
    }

    /** What is said at once is said together: the last would be all that is heard. */
    say(text: string): void {
        const now = Date.now();
        const { announce } = this.state;
        const before = now - this.saidAt < TOGETHER_MS ? `${announce.text} ` : "";
        this.saidAt = now;
        this.set({ announce: { text: before + text, turn: announce.turn + 1 } });
    }

    /** Something was not done: for all eyes, and ears. */
    refuse(why: string): void {
        this.set({ notice: why });
        this.say(why);
    }

    /** It was seen. */
    dismiss(): void {
        const { pane } = this.state.place;
        this.set({ notice: "" });
        this.focus(pane === "list" ? "row" : pane);
    }

    focus(on: Focus): void {
        this.set({ focus: { on, turn: this.state.focus.turn + 1 } });
    }

    help(show: boolean): void {
        this.set({ help: show });
    }

    /** The filters of the inbox; when they come the focus goes to them. */
    showFilters(filters: boolean): void {
        this.set({ filters });
        this.focus(filters ? "filters" : "row");
    }

    useKeys(on: boolean): void {
        if (on) window.localStorage?.removeItem(KEYS_OFF);
        else window.localStorage?.setItem(KEYS_OFF, "1");
        this.set({ keys: on });
    }

    // ---- moving about ----

    move(step: 1 | -1): void {
        const rows = rowsShown(this.state);
        const at = rows.findIndex((s) => s.id === this.state.cursor);
        const next = at < 0 ? rows[0] : rows[at + step];
        if (next !== undefined) this.set({ cursor: next.id });
        this.focus("row");
    }

    open(id: string): void {
        const to: Place = { open: id, pane: "thread" };
        goTo(this.state.place, to);
        this.moved(to);
    }

    show(pane: Pane): void {
        const to: Place = { open: this.state.place.open, pane };
        if (to.open === null) return;
        goTo(this.state.place, to);
        this.moved(to);
    }

    back(): void {
        if (this.state.place.pane === "list") {
            this.focus("row");
            return;
        }
        const to = goBack(this.state.place);
        if (to !== null) this.moved(to);
    }

    /** The inbox is shown again after another page. */
    arrive(): void {
        this.moved(readPlace());
    }

    private moved(to: Place): void {
        const from = this.state.place;
        this.set({ place: to, cursor: to.open ?? this.state.cursor, notice: "" });
        if (to.open !== null && to.open !== from.open) this.fetchThread(to.open);
        if (this.state.inbox.some((s) => !s.open && s.id !== to.open))
            this.set({ inbox: this.state.inbox.filter((s) => s.open || s.id === to.open) });
        // A message of the conversation that is open already takes the focus itself.
        if (to.at === undefined || to.open !== from.open)
            this.focus(to.pane === "list" ? "row" : to.pane);
    }

    // ---- threads ----

    thread(id: string): Thread {
        return this.state.threads.get(id) ?? emptyThread;
    }

    putThread(id: string, patch: Partial<Thread>): void {
        const thread = { ...this.thread(id), ...patch };
        this.set({ threads: putThread(this.state.threads, id, thread, this.state.place.open) });
    }

    send(frame: ClientFrame): boolean {
        return this.link.send(frame);
    }

    private fetchThread(id: string): void {
        this.putThread(id, { asked: -1, readAt: -1 });
        this.send({ t: "open", conversation: id, since: unbroken(this.thread(id).messages) });
    }

    typing(id: string, box: Box): void {
        const now = Date.now();
        const what = `${box} ${id}`;
        if (what === this.typed.what && now - this.typed.at < TYPING_EVERY_MS) return;
        if (this.send({ t: "typing", conversation: id, box })) this.typed = { what, at: now };
    }

    /** Is it before our eyes, or only open? */
    look(id: string, looks: boolean): void {
        this.looks = looks;
        this.send({ t: "look", conversation: id, looks });
    }

    /** Everything up to seq was before our eyes. */
    readTo(id: string, seq: number): void {
        if (seq <= (this.state.reads.get(id) ?? 0)) return;
        if (this.send({ t: "read", conversation: id, seq })) this.heardRead(id, seq);
    }

    heardRead(id: string, seq: number): void {
        const reads = new Map(this.state.reads).set(id, seq);
        const named = this.state.mentions.get(id);
        if (named === undefined || named > seq) {
            this.set({ reads });
            return;
        }
        const mentions = new Map(this.state.mentions);
        mentions.delete(id);
        this.set({ reads, mentions });
    }

    // ---- saying something ----

    /** Up to where what was said in it is here. Where nothing is, any answer of others is news. */
    seenIn(conversation: string): number {
        return Math.max(1, unbroken(this.thread(conversation).messages));
    }

    /** `seen`: of what was there when one said that it should go. */
    post(conversation: string, kind: "reply" | "note", body: string,
        files: MessageFile[] = [], seen = this.seenIn(conversation)): void {
        const out: Outgoing = {
            clientId: keep.newClientId(), conversation, kind, body, at: Date.now(),
            failed: false, reason: "", files, ...(kind === "reply" && { seen }),
        };
        this.drafts.said(conversation, kind);
        this.setOutgoing([...this.state.outgoing, out]);
        this.transmit(out);
    }

    resend(clientId: string): void {
        // What is here by now has been read.
        this.setOutgoing(this.state.outgoing.map((o) => o.clientId === clientId
            ? { ...o, failed: false, reason: "",
                ...(o.kind === "reply" && { seen: this.seenIn(o.conversation) }) } : o));
        this.again(clientId);
    }

    /** Once more as it is. */
    again(clientId: string): void {
        const out = this.state.outgoing.find((o) => o.clientId === clientId);
        if (out !== undefined) this.transmit(out);
    }

    /** Take a message that failed back: its text, to be put into the box again. */
    takeBack(clientId: string): Outgoing | null {
        const out = this.state.outgoing.find((o) => o.clientId === clientId);
        this.dropOutgoing(clientId);
        return out ?? null;
    }

    private transmit(out: Outgoing): void {
        const { clientId, conversation, kind, body, seen = 0 } = out;
        const files = (out.files ?? []).map((one) => one.id);
        if (!this.send({ t: kind, client_id: clientId, conversation, body,
            ...(files.length > 0 && { files }), ...(seen > 0 && { seen }) })) return;
        this.watcher?.did(conversation);
        this.later(clientId, ACK_WITHIN_MS, () => {
            // Without a line there is nobody to answer; it goes again after the next welcome.
            if (this.state.line === "up")
                this.markOutgoing(clientId, true, strings.thread.noAnswer);
        });
    }

    setOutgoing(outgoing: Outgoing[]): void {
        keep.keepUnsent(outgoing);
        this.set({ outgoing });
    }

    markOutgoing(clientId: string, failed: boolean, reason: string): void {
        this.setOutgoing(this.state.outgoing.map((o) =>
            o.clientId === clientId ? { ...o, failed, reason } : o));
        if (!failed) return;
        const text = `${strings.thread.failed} ${reason}`;
        const id = this.state.outgoing.find((o) => o.clientId === clientId)?.conversation;
        if (this.looks && id === this.state.place.open) {
            this.say(text);
        } else {
            const name = this.state.inbox.find((s) => s.id === id)?.name || strings.inbox.someone;
            this.refuse(strings.thread.said(name, text));
        }
    }

    dropOutgoing(clientId: string): void {
        this.forget(clientId);
        this.setOutgoing(this.state.outgoing.filter((o) => o.clientId !== clientId));
    }

    /** Run once after ms; a second timer of this name replaces the first. */
    later(name: string, ms: number, what: () => void): void {
        this.forget(name);
        this.timers.set(name, window.setTimeout(() => {
            this.timers.delete(name);
            what();
        }, ms));
    }

    forget(name: string): void {
        window.clearTimeout(this.timers.get(name));
        this.timers.delete(name);
    }

    // ---- the ticket ----

    change(conversation: string, field: Change["field"], value: string | number): void {
        const change: Change = {
            clientId: keep.newClientId(), conversation, field, value, state: "sending",
            reason: "",
        };
        const others = this.state.changes.filter((c) =>
            c.conversation !== conversation || c.field !== field);
        this.set({ changes: [...others, change] });
        this.transmitChange(change);
    }

    transmitChange(change: Change): void {
        const { clientId, conversation, field, value } = change;
        const frame: ClientFrame = { t: "set", client_id: clientId, conversation,
            [field === "issueType" ? "issue_type" : field]: value };
        if (!this.send(frame)) return;
        this.later(clientId, ACK_WITHIN_MS, () => {
            if (this.state.line === "up")
                this.markChange(clientId, "failed", strings.thread.noAnswer);
        });
    }

    markChange(clientId: string, state: Change["state"], reason: string): void {
        this.set({ changes: this.state.changes.map((c) =>
            c.clientId === clientId ? { ...c, state, reason } : c) });
        if (state === "failed") this.say(strings.panel.failed(reason));
    }

    /** The server has them: what it says of the ticket from now on tells of them. */
    dropChanges(conversation: string): void {
        const left = this.state.changes.filter((c) =>
            c.conversation !== conversation || c.state !== "queued");
        if (left.length < this.state.changes.length) this.set({ changes: left });
    }

    /** A change that met another's is sent all the same, or left. */
    settle(conversation: string, entry: string, mine: boolean): void {
        this.send({ t: "settle", client_id: keep.newClientId(), conversation,
            entry: Number(entry), keep: mine });
    }

    // ---- what is done with a conversation ----

    /** Assign, snooze, close, reopen, tag: goes until it is answered, also after a break. */
    act(frame: DeskAct): void {
        const whole = { ...frame, client_id: keep.newClientId() } as DeskFrame;
        this.set({ acts: [...this.state.acts, whole], result: "", notice: "" });
        if (whole.t !== "transcript") this.inBatch(whole);
        this.transmitAct(whole);
    }

    /** What is asked for at once is told of at once. */
    private inBatch(act: Batched): void {
        if (this.batch === null) {
            this.batch = new Batch(this);
            queueMicrotask(() => {
                this.batch = null;
            });
        }
        this.batches.set(act.client_id, this.batch);
        this.batch.add(act);
    }

    /** One takes it oneself, from whoever has it now. */
    take(one: Summary): void {
        this.act({ t: "assign", conversation: one.id, staff: this.state.myId,
            was: one.staff?.id ?? null });
    }

    /** Ask how, of the open conversation or of these; null: no more. */
    ask(kind: Ask["kind"] | null, ids?: readonly string[]): void {
        const open = this.state.place.open;
        const of = ids ?? (open === null ? [] : [open]);
        this.set({ ask: kind === null || of.length === 0 ? null : { kind, ids: of } });
    }

    /** The person is to get what was said, by email. */
    sendTranscript(conversation: string): void {
        this.set({ transcript: null });
        this.act({ t: "transcript", conversation });
    }

    transmitAct(act: DeskFrame): void {
        if (!this.send(act)) return;
        this.watcher?.did(act.conversation);
        this.later(act.client_id, ACK_WITHIN_MS, () => {
            if (this.state.line !== "up") return;
            this.dropAct(act.client_id, strings.thread.noAnswer);
        });
    }

    /** It was answered: done, or why not. */
    dropAct(clientId: string, why: string | null): void {
        this.forget(clientId);
        this.set({ acts: this.state.acts.filter((a) => a.client_id !== clientId) });
        const batch = this.batches.get(clientId);
        this.batches.delete(clientId);
        batch?.answered(clientId, why);
    }

    retry(conversation: string): void {
        if (!this.send({ t: "retry", conversation })) return;
        this.putThread(conversation, { retrying: true });
        this.say(strings.ticket.retrying);
    }

    /** A piece of the inbox. What was told of a conversation since the first is newer than it.
     * Those that were here before stay until all are here: the list stays under one's eyes. */
    hearInbox(some: Summary[], first: boolean, last: boolean): void {
        const { loaded, place } = this.state;
        if (first) {
            this.whole = false;
            this.heard.clear();
            this.listed = { ids: new Set(), before: !loaded ? null
                : new Map(this.state.inbox.map((s) => [s.id, s])) };
        }
        const { ids, before } = this.listed;
        const fresh = some.filter((s) => !this.heard.has(s.id));
        for (const one of some) ids.add(one.id);
        const there = new Set(fresh.map((s) => s.id));
        let inbox = [...this.state.inbox.filter((s) => !there.has(s.id)), ...fresh];
        if (last) {
            const isOpen = (id: string) => ids.has(id) || this.heard.has(id);
            inbox = inbox.filter((s) => isOpen(s.id) || s.id === place.open)
                .map((s) => (isOpen(s.id) ? s : { ...s, open: false }));
        }
        this.whole = last;
        this.set({ loaded: true, inbox: sortInbox(inbox) });
        if (last && before !== null)
            this.watcher?.missed(this.state.inbox.map((now) => [before.get(now.id), now]));
    }
}

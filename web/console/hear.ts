// What each of the server's frames does to the desk.

import { setFileLimits } from "./files";
import type { Desk } from "./desk";
import type { Message, ServerFrame, Summary } from "./protocol";
import { readInbox } from "./inbox";
import { lastSeq, mergeMessages, putSummary, unbroken } from "./state";
import { refusals, strings } from "./strings";
import { told } from "./told";
import { putClosed } from "./views";

const TYPING_SHOWN_MS = 5_000;
const BUSY_AGAIN_MS = 3_000;
/** Not all pages in the same moment. */
const SETTINGS_WITHIN_MS = 2_000;

type Of<T extends ServerFrame["t"]> = Extract<ServerFrame, { t: T }>;

export function hear(desk: Desk, frame: ServerFrame): void {
    switch (frame.t) {
        case "welcome":
            setFileLimits(frame.files);
            desk.set({ me: frame.name, myId: frame.id, options: frame.options, mail: frame.mail });
            desk.lineUp();
            break;
        case "options":
            desk.set({ options: frame.options });
            break;
        case "team":
            desk.set({ team: frame.members });
            break;
        case "inbox":
            desk.hearInbox(frame.conversations, frame.first, frame.after === null);
            if (frame.after !== null) desk.send({ t: "inbox", after: frame.after });
            break;
        case "summary":
            hearSummary(desk, frame.conversation);
            break;
        case "changed":
            hearChanged(desk, frame);
            break;
        case "messages":
            hearMessages(desk, frame);
            break;
        case "outbox":
            hearOutbox(desk, frame);
            break;
        case "ack":
            hearAck(desk, frame);
            break;
        case "typing":
            hearTyping(desk, frame);
            break;
        case "looking":
            hearLooking(desk, frame);
            break;
        case "talk":
            hearTalk(desk, frame);
            break;
        case "draft":
            desk.drafts.heard(frame.conversation, frame.box, frame.body);
            break;
        case "read":
            desk.heardRead(frame.conversation, frame.seq);
            break;
        case "seen":
            if (desk.state.threads.has(frame.conversation))
                desk.putThread(frame.conversation, { seen: frame.seen });
            break;
        case "marks":
            hearMarks(desk, frame);
            break;
        case "mention":
            hearMention(desk, frame);
            break;
        case "error":
            hearError(desk, frame);
            break;
        case "settings":
            desk.later("settings", Math.random() * SETTINGS_WITHIN_MS, () => void readInbox(desk));
            break;
        case "pong":
            break;
    }
}

function hearSummary(desk: Desk, now: Summary): void {
    const before = desk.state.inbox.find((s) => s.id === now.id);
    desk.heard.add(now.id);
    const { closed, inbox, place, view } = desk.state;
    desk.set({ inbox: putSummary(inbox, now, place.open) });
    if (view.view === "closed" && !closed.loading)
        desk.set({ closed: { ...closed, rows: putClosed(closed.rows, now, view) } });
    desk.dropChanges(now.id);
    if (desk.whole) desk.watcher?.summary(before, now);
    if (now.ticket.conflict && before !== undefined && !before.ticket.conflict &&
        now.id === desk.state.place.open)
        desk.say(strings.panel.conflict.said);
    if (now.waitingSince !== null && (before?.waitingSince ?? null) === null)
        desk.say(strings.inbox.newWaiting(now.name || strings.inbox.someone));
}

function hearMessages(desk: Desk, frame: Of<"messages">): void {
    const id = frame.conversation;
    const known = desk.state.threads.get(id);
    if (known === undefined) return;
    for (const m of frame.messages)
        if (m.clientId !== null) desk.dropOutgoing(m.clientId);
    const messages = mergeMessages(known.messages, frame.messages);
    const { typing } = known;
    const spoken = frame.messages.some((m) =>
        (typing?.who === "staff" ? m.name === typing.name : m.from === "person"));
    desk.putThread(id, { messages, loading: false, typing: spoken ? null : typing });
    announce(desk, id, known.loading, known.messages, frame.messages);
    if (frame.more) {
        const since = lastSeq(frame.messages);
        if (since > 0) desk.send({ t: "resume", conversation: id, since });
        return;
    }
    const whole = unbroken(messages);
    if (whole < lastSeq(messages) && known.asked !== whole) {
        desk.putThread(id, { asked: whole });
        desk.send({ t: "resume", conversation: id, since: whole });
    }
}

function announce(desk: Desk, id: string, first: boolean, old: Message[], more: Message[]): void {
    if (first || id !== desk.state.place.open) return;
    const last = lastSeq(old);
    const heard = more.filter((m) => m.seq > last && m.clientId === null)
        .map((m) => sentenceOf(desk, id, m)).filter((text) => text !== "");
    if (heard.length > 0) desk.say(heard.join(" "));
}

/** What others say and do. */
function sentenceOf(desk: Desk, id: string, m: Message): string {
    if (m.from === "event") return strings.heard(m.body);
    if (m.from !== "act") return strings.thread.said(m.name, m.body);
    const person = desk.state.inbox.find((s) => s.id === id)?.name ?? "";
    return m.act === undefined || m.name === desk.state.me ? ""
        : told(m.name, m.act, m.at, person);
}

/** Messages that were edited, hidden or shown in the PSA. */
function hearChanged(desk: Desk, frame: Of<"changed">): void {
    const known = desk.state.threads.get(frame.conversation);
    if (known === undefined) return;
    const seqs = new Set(known.messages.map((m) => m.seq));
    const changed = frame.messages.filter((m) => seqs.has(m.seq));
    desk.putThread(frame.conversation, { messages: mergeMessages(known.messages, changed) });
}

function hearOutbox(desk: Desk, frame: Of<"outbox">): void {
    const id = frame.conversation;
    if (!desk.state.threads.has(id)) return;
    desk.putThread(id, { entries: frame.entries, retrying: false });
}

function hearAck(desk: Desk, frame: Of<"ack">): void {
    if (desk.drafts.answered(frame.clientId, null)) return;
    desk.forget(frame.clientId);
    const out = desk.state.outgoing.find((o) => o.clientId === frame.clientId);
    if (out !== undefined) {
        desk.dropOutgoing(frame.clientId);
        const message: Message = {
            seq: frame.seq, id: frame.clientId, from: out.kind === "reply" ? "staff" : "note",
            name: desk.state.me, body: out.body, at: frame.at, clientId: frame.clientId,
            ...(out.files !== undefined && out.files.length > 0 && { files: out.files }),
        };
        const known = desk.state.threads.get(out.conversation);
        // The stored message itself may have come before its ack.
        if (known !== undefined && !known.messages.some((m) => m.seq === frame.seq))
            desk.putThread(out.conversation, {
                messages: mergeMessages(known.messages, [message]),
            });
    }
    const act = desk.state.acts.find((a) => a.client_id === frame.clientId);
    if (act?.t === "transcript")
        desk.set({ transcript: { conversation: act.conversation, text: strings.after.going } });
    if (act !== undefined) desk.dropAct(frame.clientId, null);
    if (desk.state.changes.some((c) => c.clientId === frame.clientId))
        desk.markChange(frame.clientId, "queued", "");
}

function hearTyping(desk: Desk, frame: Of<"typing">): void {
    const id = frame.conversation;
    // One's own other page is no news.
    if (!desk.state.threads.has(id) || frame.staff?.id === desk.state.myId) return;
    desk.putThread(id, {
        typing: { who: frame.who, name: frame.staff?.name ?? "", box: frame.box },
    });
    desk.later(`typing ${id}`, TYPING_SHOWN_MS, () => desk.putThread(id, { typing: null }));
}

function hearLooking(desk: Desk, frame: Of<"looking">): void {
    if (!desk.state.threads.has(frame.conversation)) return;
    desk.putThread(frame.conversation, {
        looking: frame.staff.filter((one) => one.id !== desk.state.myId),
    });
}

function hearTalk(desk: Desk, frame: Of<"talk">): void {
    const id = frame.conversation;
    desk.drafts.heard(id, "reply", frame.reply);
    desk.drafts.heard(id, "note", frame.note);
    const known = desk.state.threads.get(id);
    if (known === undefined) return;
    desk.putThread(id, {
        seen: frame.seen,
        ...(known.readAt < 0 && { readAt: frame.read }),
    });
    if (frame.read > (desk.state.reads.get(id) ?? 0)) desk.heardRead(id, frame.read);
}

function hearMarks(desk: Desk, frame: Of<"marks">): void {
    desk.set({
        reads: new Map(frame.reads.map((one) => [one.conversation, one.seq])),
        mentions: new Map(frame.mentions.map((one) => [one.conversation, one.seq])),
    });
}

function hearMention(desk: Desk, frame: Of<"mention">): void {
    const id = frame.conversation;
    if (frame.seq <= (desk.state.reads.get(id) ?? 0)) return;
    desk.set({ mentions: new Map(desk.state.mentions).set(id, frame.seq) });
    desk.say(strings.talk.named(frame.by));
    desk.watcher?.mention(id, frame.seq, frame.by);
}

function hearError(desk: Desk, frame: Of<"error">): void {
    const why = refusals.get(frame.code) ?? (strings.heard(frame.text) || frame.code);
    const id = frame.clientId;
    if (id !== null && desk.drafts.answered(id, frame.code, frame.retryMs)) return;
    const out = desk.state.outgoing.find((o) => o.clientId === id);
    const change = desk.state.changes.find((c) => c.clientId === id);
    const act = desk.state.acts.find((a) => a.client_id === id);
    if (id === null || (out === undefined && change === undefined && act === undefined)) {
        const open = desk.state.place.open;
        if (frame.code === "not_found" && open !== null && desk.thread(open).loading)
            desk.putThread(open, { loading: false });
        desk.refuse(why);
        return;
    }
    desk.forget(id);
    if (frame.code === "too_fast" || frame.code === "busy") {
        desk.later(id, frame.retryMs || BUSY_AGAIN_MS, () => {
            if (out !== undefined) desk.again(id);
            if (change !== undefined) desk.transmitChange(change);
            if (act !== undefined) desk.transmitAct(act);
        });
    } else if (act !== undefined) {
        desk.dropAct(id, why);
        if (act.t === "transcript")
            desk.set({ transcript: { conversation: act.conversation, text: why } });
    } else if (out !== undefined) {
        desk.markOutgoing(id, true, why);
    } else {
        desk.markChange(id, "failed", strings.heard(frame.text) || why);
    }
}

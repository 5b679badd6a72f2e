// What each of the server's frames does to the chat.

import type { Chat } from "./chat";
import type { Pending } from "./keep";
import type { Conversation, Opened, ServerFrame } from "./protocol";
import { strings } from "./strings";

const READING_WITHIN_MS = 40_000;

export function hear(chat: Chat, frame: ServerFrame): void {
    if (chat.prove.hear(frame)) return;
    switch (frame.t) {
        case "welcome":
            chat.limits = frame.limits;
            chat.uploads.limits = frame.limits.files;
            chat.uploads.again();
            chat.staffHere = frame.staff;
            chat.promise = frame.promise;
            chat.connection = "up";
            chat.identity.welcomed();
            chat.person = frame.person;
            chat.priorities = frame.priorities;
            chat.may = frame.may;
            if (frame.person !== null) {
                const { name, email } = frame.person;
                Object.assign(chat.formStart, { name, email });
            }
            if (frame.person?.verified === true) signedIn(chat);
            else if (chat.signed) chat.unsign(strings.signedOut);
            if (chat.signed) chat.outbox.load();
            else welcomed(chat, frame.conversation);
            chat.outbox.pump();
            break;
        case "tickets":
            chat.tickets.take(frame);
            break;
        case "conversation":
            opened(chat, frame.opened);
            break;
        case "history":
            if (frame.conversation === chat.conversation) {
                chat.reading = frame.good ? "no" : "failed";
            }
            break;
        case "unread":
            heardUnread(chat, frame);
            break;
        case "ack":
            acked(chat, frame);
            break;
        case "messages": {
            if (chat.conversation === null && !chat.signed) enter(chat, frame.conversation);
            if (frame.conversation !== chat.conversation) break;
            for (const { clientId, from } of frame.messages) {
                if (clientId !== null) arrived(chat, clientId);
                if (from === "staff") chat.typing.who = "";
            }
            if (chat.log.take(frame.messages, frame.more)) resume(chat);
            break;
        }
        case "changed":
            if (frame.conversation === chat.conversation)
                chat.log.change(frame.seq, frame.message);
            break;
        case "ticket":
            if (frame.conversation === chat.conversation) chat.ticket = frame.ticket;
            if (chat.signed) chat.tickets.touch(frame.conversation, frame.ticket);
            break;
        case "rating":
            if (frame.conversation === chat.conversation) chat.rating = frame.rating;
            break;
        case "typing":
            if (frame.conversation === chat.conversation) chat.typing.heard(strings.staff);
            break;
        case "presence":
            chat.staffHere = frame.staff;
            chat.promise = frame.promise;
            break;
        case "error":
            refused(chat, frame);
            break;
        case "pong":
            break;
    }
}

/** The server has it: what it was, if it waited here. */
function arrived(chat: Chat, id: string): Pending | null {
    const sent = chat.outbox.acked(id);
    for (const one of sent?.files ?? []) chat.uploads.forget(one.clientId);
    return sent;
}

function acked(chat: Chat, frame: ServerFrame & { t: "ack" }): void {
    const { conversation, clientId, seq, at, reference } = frame;
    if (chat.acts.acked(clientId) || chat.after.acked(clientId)) return;
    const sent = arrived(chat, clientId);
    if (sent?.kind === "start") {
        chat.outbox.retarget(sent.id, conversation);
        if (chat.signed) began(chat, sent.id, conversation);
    }
    if (chat.conversation === null && !chat.signed) enter(chat, conversation);
    if (conversation !== chat.conversation) return;
    chat.reference = reference || chat.reference;
    if (sent === null) return;
    const { id, body } = sent;
    const files = (sent.files ?? []).map((one) => ({
        id: one.id ?? "", name: one.name, size: one.size, type: one.type, width: 0, height: 0,
    }));
    chat.log.add({ seq, from: "person", name: "", body, at, clientId: id, files });
}

/** A start of theirs has made this conversation; the server has us listen to it now. */
function began(chat: Chat, start: string, conversation: string): void {
    chat.tickets.askSoon();
    if (start === chat.starting) {
        chat.starting = null;
        chat.became = start;
        enter(chat, conversation);
    } else if (chat.conversation !== null) {
        chat.link.send({ t: "open", conversation: chat.conversation });
    } else {
        chat.link.send(chat.opening ?? { t: "leave" });
    }
}

function signedIn(chat: Chat): void {
    if (!chat.signed) {
        // What this browser had before is in the list now.
        chat.signed = true;
        chat.keep.set("signed", true);
        chat.place = chat.conversation === null ? "list" : "ticket";
    }
    chat.tickets.ask();
    if (chat.wanted !== "") {
        chat.openId(chat.wanted);
        chat.wanted = "";
        if (chat.opening !== null) return;
    }
    const { conversation } = chat;
    if (conversation !== null) chat.opening = { t: "open", conversation };
    chat.link.send(chat.opening ?? { t: "leave" });
}

function opened(chat: Chat, now: Opened): void {
    if (!chat.signed || chat.place !== "ticket") return;
    chat.opening = null;
    if (chat.conversation !== now.id) enter(chat, now.id);
    chat.reference = now.reference;
    chat.subject = now.subject;
    chat.ticket = now.ticket;
    chat.mayWrite = now.mayWrite;
    chat.rating = now.rating;
    chat.reading = now.reading;
    window.clearTimeout(chat.readingTimer);
    chat.readingTimer = window.setTimeout(() => {
        if (chat.reading === "now") chat.reading = "failed";
        chat.changed();
    }, READING_WITHIN_MS);
    if (chat.log.expect(now.lastSeq)) resume(chat);
}

function heardUnread(chat: Chat, frame: ServerFrame & { t: "unread" }): void {
    const more = frame.total > chat.tickets.unread;
    const here = frame.conversation === chat.conversation;
    if (here) chat.unreadHere = frame.unread;
    chat.tickets.heard(frame);
    if (!more || (here && chat.looksAt)) return;
    const row = chat.tickets.rows.find((one) => one.conversation === frame.conversation);
    const subject = here ? chat.subject : (row?.subject ?? "");
    chat.announcement = strings.answered(subject);
    chat.tell.show(strings.answeredTitle, subject, frame.conversation, () => {
        chat.openId(frame.conversation);
        chat.show(true);
    });
}

function welcomed(chat: Chat, conversation: Conversation | null): void {
    chat.outbox.load();
    if (conversation !== null) {
        if (chat.conversation !== conversation.id) enter(chat, conversation.id);
        chat.reference = conversation.reference;
        chat.ticket = conversation.ticket;
        chat.rating = conversation.rating;
        if (chat.log.expect(conversation.lastSeq)) resume(chat);
    } else if (chat.conversation !== null || !startWaits(chat)) {
        leave(chat, chat.outbox.list.length > 0 ? strings.ended : "");
    }
}

function startWaits(chat: Chat): boolean {
    const { list } = chat.outbox;
    return list.length === 0 || list.some((item) => item.message.kind === "start");
}

/** The conversation of this message goes on in another: so does all that waits for it. */
function moved(chat: Chat, id: string, to: string): void {
    const message = chat.outbox.find(id)?.message;
    if (message?.kind !== "message") return;
    chat.outbox.retarget(message.to, to);
    if (chat.signed) chat.openId(to);
    chat.link.again();
}

function resume(chat: Chat): void {
    if (chat.conversation === null) return;
    chat.link.send({ t: "resume", conversation: chat.conversation, since: chat.log.since });
}

function enter(chat: Chat, id: string): void {
    chat.conversation = id;
    chat.keep.keepConversation(id);
    chat.log.clear();
    chat.unreadHere = 0;
    chat.marks.reset();
}

/** Back to the form, with what was not sent. */
function leave(chat: Chat, text: string, field: "name" | "email" | "body" | null = null): void {
    chat.conversation = null;
    chat.keep.keepConversation(null);
    Object.assign(chat.formStart, chat.outbox.takeBack());
    chat.formStart.error = text === "" ? null : { field, text };
    chat.drop();
}

function refused(chat: Chat, frame: ServerFrame & { t: "error" }): void {
    const { code, clientId, retryMs } = frame;
    if (code === "bad_token" || code === "signed_out") {
        chat.keep.dropToken();
        chat.link.again();
    } else if (code === "bad_identity") {
        chat.identity.refused(frame.text);
        chat.forget();
        chat.take();
        chat.link.anew();
    } else if (code === "blocked") {
        chat.link.leave();
        chat.down();
        chat.connection = "shut";
    } else if (clientId === null) {
        if (code === "too_fast" || code === "busy") {
            window.setTimeout(() => askAgain(chat), Math.max(retryMs, 1_000));
        } else if (code === "not_found" && chat.opening !== null) {
            chat.toList();
            chat.listTrouble = strings.notThere;
        }
    } else if (chat.acts.refused(clientId, code) || chat.after.refused(clientId, code)) {
        return;
    } else if (code === "too_fast" || code === "busy") {
        chat.outbox.later(clientId, retryMs);
    } else if (code === "moved") {
        moved(chat, clientId, frame.conversation);
    } else if (code === "not_found" && chat.signed) {
        chat.outbox.refuse(clientId, strings.notThere);
    } else if (code === "not_found") {
        leave(chat, strings.ended);
    } else if (chat.signed && chat.outbox.find(clientId)?.message.kind === "start") {
        startRefused(chat, clientId, strings.refusals[code] ?? frame.text);
    } else {
        const text = strings.refusals[code] ?? frame.text;
        const kind = chat.outbox.find(clientId)?.message.kind;
        if (kind === "start") leave(chat, text, code === "bad_email" ? "email" : null);
        else chat.outbox.refuse(clientId, text);
    }
}

/** Back to the form of one who has tickets, with what they wrote. */
function startRefused(chat: Chat, id: string, text: string): void {
    const message = chat.outbox.find(id)?.message;
    chat.outbox.remove(id);
    chat.drop();
    chat.place = "form";
    const { name, email } = chat.formStart;
    const body = message?.body ?? "";
    chat.formStart = { name, email, body, error: { field: null, text } };
}

/** The server was too busy for what was asked without an id. */
function askAgain(chat: Chat): void {
    if (chat.opening !== null) chat.link.send(chat.opening);
    else if (!chat.log.whole) resume(chat);
    if (chat.tickets.asking) chat.tickets.ask();
}

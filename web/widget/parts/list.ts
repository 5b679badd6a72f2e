// My tickets: open or closed, found by words, the latest change first.

import type { Chat } from "../chat";
import { el, icon, setAttributes, setText } from "../dom";
import type { Row, Which } from "../protocol";
import { strings } from "../strings";
import { ago, exact } from "../time";
import type { Part } from "./part";
import { TellSwitch } from "./tell";

const PLUS = "M11 4h2v7h7v2h-7v7h-2v-7H4v-2h7z";
const ASK_AFTER_MS = 250;
const QUERY_MAX = 100;

function line(row: Row): HTMLElement {
    const number = row.number === "" ? strings.notFiled : `#${row.number}`;
    const time = el("time", { datetime: new Date(row.updated).toISOString() }, ago(row.updated));
    time.title = exact(row.updated);
    const facts = [number, strings.words[row.word], ...(row.mine ? [] : [strings.ofColleague])];
    const button = el(
        "button",
        { type: "button", class: row.unread > 0 ? "row new" : "row" },
        el("span", { class: "subject", dir: "auto" }, row.subject),
        el("span", { class: "facts" }, `${facts.join(" · ")} · `, time),
    );
    if (row.unread > 0) {
        const count = row.unread > 99 ? "99+" : String(row.unread);
        button.append(
            el("span", { class: "count", "aria-hidden": "true" }, count),
            el("span", { class: "unseen" }, strings.rowUnread(row.unread)),
        );
    }
    return el("li", {}, button);
}

export class List implements Part {
    readonly root: HTMLElement;
    private readonly search = el("input", {
        type: "search",
        id: "search",
        "aria-label": strings.search,
        placeholder: strings.search,
        maxlength: QUERY_MAX,
        autocomplete: "off",
        enterkeyhint: "search",
    });
    private readonly tabs = new Map<Which, HTMLButtonElement>();
    private readonly rows = el("ul", { class: "rows" });
    private readonly status = el("p", { class: "note", role: "status" });
    private readonly trouble = el("p", { class: "error", role: "alert" });
    private readonly more = el("button", { type: "button", class: "plain more" }, strings.loadMore);
    private readonly who = el("p", { class: "who-am-i" });
    private readonly tell: TellSwitch;
    private drawn = "";
    private typed: number | undefined;

    constructor(private readonly chat: Chat) {
        const type = "button";
        const fresh = el("button", { type, class: "main" }, icon(PLUS), strings.newTicket);
        const out = el("button", { type: "button", class: "plain" }, strings.signOut);
        fresh.addEventListener("click", () => chat.toForm());
        out.addEventListener("click", () => chat.signOut());
        this.more.addEventListener("click", () => chat.tickets.more());
        this.search.addEventListener("input", () => {
            window.clearTimeout(this.typed);
            this.typed = window.setTimeout(() => this.ask(chat.tickets.which), ASK_AFTER_MS);
        });
        for (const which of ["open", "closed"] as const) {
            const text = which === "open" ? strings.openOnes : strings.closedOnes;
            const tab = el("button", { type: "button", class: "tab" }, text);
            tab.addEventListener("click", () => this.ask(which));
            this.tabs.set(which, tab);
        }
        this.tell = new TellSwitch(chat);
        this.root = el(
            "div",
            { class: "list" },
            el(
                "div",
                { class: "find" },
                el("h3", {}, strings.myTickets),
                fresh,
                this.search,
                el("div", { class: "tabs", role: "group" }, ...this.tabs.values()),
            ),
            el("div", { class: "found" }, this.trouble, this.rows, this.status, this.more),
            el("div", { class: "foot" }, this.tell.root, el("div", {}, this.who, out)),
        );
        // Up and down go from row to row; Escape empties the search before it does anything else.
        this.root.addEventListener("keydown", (event) => this.key(event));
    }

    focus(): void {
        this.search.focus();
    }

    update(chat: Chat): void {
        this.root.hidden = chat.view !== "list";
        if (this.root.hidden) {
            this.drawn = "";
            return;
        }
        const { tickets } = chat;
        for (const [which, tab] of this.tabs) {
            setAttributes(tab, { "aria-pressed": String(which === tickets.which) });
        }
        this.draw(tickets.there ? tickets.rows : []);
        setText(this.status, this.statusText(chat));
        setText(this.trouble, chat.listTrouble);
        const done = !tickets.there || tickets.before === null;
        // Who pressed it must not fall out of the panel when it goes.
        if (done && this.isAt(this.more)) [...this.rows.querySelectorAll("button")].pop()?.focus();
        this.more.hidden = done;
        setText(this.who, strings.signedInAs(chat.person?.email ?? ""));
        this.who.hidden = chat.person === null;
        this.tell.update(chat);
    }

    private statusText({ tickets, connection }: Chat): string {
        if (!tickets.there) {
            return connection === "down" ? strings.listWaits : strings.loadingList;
        }
        const lines: string[] = [];
        const { rows, query, which, older } = tickets;
        if (rows.length > 0) {
            lines.push(query === "" ? "" : strings.found(rows.length, tickets.before !== null));
        } else if (query !== "") {
            lines.push(strings.noneFound, strings.noneFoundMore[which]);
        } else if (older !== "reading") {
            lines.push(strings.none[which]);
        }
        if (older === "reading") lines.push(strings.olderComing);
        if (older === "unknown") lines.push(strings.olderUnknown);
        return lines.filter((text) => text !== "").join(" ");
    }

    /** Drawn anew only when something is different, so that the focus stays where it is. */
    private draw(rows: Row[]): void {
        const now = JSON.stringify([rows, Math.floor(Date.now() / 60_000)]);
        if (now === this.drawn) return;
        this.drawn = now;
        const buttons = [...this.rows.querySelectorAll("button")];
        const at = buttons.findIndex((one) => this.isAt(one));
        this.rows.replaceChildren(
            ...rows.map((row) => {
                const item = line(row);
                const open = (): void => this.chat.openRow(row);
                item.querySelector("button")?.addEventListener("click", open);
                return item;
            }),
        );
        if (at < 0) return;
        const fresh = [...this.rows.querySelectorAll("button")];
        (fresh[Math.min(at, fresh.length - 1)] ?? this.search).focus();
    }

    private isAt(element: Element): boolean {
        return (this.root.getRootNode() as ShadowRoot | Document).activeElement === element;
    }

    private ask(which: Which): void {
        window.clearTimeout(this.typed);
        this.chat.find(which, this.search.value.trim());
    }

    private key(event: KeyboardEvent): void {
        if (event.key === "Escape" && this.search.value !== "") {
            event.stopPropagation();
            event.preventDefault();
            this.search.value = "";
            this.ask(this.chat.tickets.which);
            return;
        }
        const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
        if (step === 0 || event.isComposing) return;
        const stops = [this.search, ...this.rows.querySelectorAll("button")];
        const at = stops.findIndex((one) => one === event.composedPath()[0]);
        const next = at < 0 ? undefined : stops[at + step];
        if (next === undefined) return;
        event.preventDefault();
        next.focus();
    }
}

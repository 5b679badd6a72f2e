// What the palette offers: commands, pages, saved views, conversations.

import { applies, COMMANDS } from "../../commands";
import type { Hands } from "../../commands";
import { chooseView, findSummary } from "../../inbox";
import { keyName } from "../../keys";
import type { Summary } from "../../protocol";
import { FOR_ALL } from "../../route";
import { strings } from "../../strings";
import { PAGES } from "../shell/pages";

export interface Entry {
    id: string;
    kind: "commands" | "pages" | "views" | "talks" | "messages";
    text: string;
    more: string;
    run: () => void;
}

const TALKS_MAX = 8;

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** All words of the query are in the text. */
const fits = (text: string, words: readonly string[]) => {
    const held = plain(text);
    return words.every((word) => held.includes(word));
};

const wordsOf = (one: Summary) => [one.name, one.company, one.subject, one.reference,
    one.ticket.number === null ? "" : `#${one.ticket.number}`].join(" ");

export function entriesOf(hands: Hands, query: string): Entry[] {
    const { desk, house } = hands;
    const words = plain(query).split(/\s+/).filter((word) => word !== "");
    const admin = house.state.session?.role === "admin";
    const here = house.state.route.page === "inbox";
    const all: Entry[] = [];

    for (const one of COMMANDS)
        if (one.keysOnly !== true && applies(one, hands))
            all.push({ id: `command-${one.name}`, kind: "commands",
                text: strings.commands.names[one.name],
                more: one.keys.map(keyName).join(` ${strings.commands.or} `),
                run: () => one.run?.(hands) });
    for (const page of PAGES)
        if (admin || FOR_ALL.includes(page))
            all.push({ id: `page-${page}`, kind: "pages", text: strings.menu[page], more: "",
                run: () => house.go({ page }) });
    for (const view of here ? [...desk.state.own, ...desk.state.shared] : [])
        all.push({ id: `view-${all.length}`, kind: "views", text: view.name,
            more: strings.views.names[view.view], run: () => {
                const { name: _, ...to } = view;
                chooseView(desk, to);
            } });
    const found = all.filter((one) => fits(one.text, words));
    if (words.length === 0) return found;

    const talks = [...desk.state.inbox, ...desk.state.closed.rows]
        .filter((one) => findSummary(desk.state, one.id) === one && fits(wordsOf(one), words));
    for (const one of talks.slice(0, TALKS_MAX))
        found.push({ id: `talk-${one.id}`, kind: "talks",
            text: one.name || strings.inbox.someone,
            more: [one.company, one.subject, one.ticket.number !== null &&
                `#${one.ticket.number}`].filter(Boolean).join(" · "),
            run: () => house.showConversation(one.id) });
    found.push({ id: "messages", kind: "messages", text: strings.palette.messages(query.trim()),
        more: "", run: () => house.go({ page: "search", query: query.trim() }) });
    return found;
}

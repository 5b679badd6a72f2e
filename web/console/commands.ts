// Everything that can be done by a key: its name, its keys, where, and what it does. The keyboard
// (keys.ts), the palette and the list of keys are made of this one table.

import type { Desk } from "./desk";
import type { House } from "./house";
import {
    chooseView, extend, nextMention, picked, rowsShown, selectAll, selectNone, subjects, turn,
} from "./inbox";
import type { ViewName } from "./views";

export type CommandName =
    | "next" | "previous" | "open" | "reply" | "note" | "send" | "take" | "assign" | "snooze"
    | "close" | "reopen" | "tags" | "select" | "selectNext" | "selectPrevious" | "selectAll"
    | "unassigned" | "mine" | "all" | "waiting" | "closed" | "mention" | "filters" | "search"
    | "palette"
    | "help" | "back";

/** What a command works on. */
export interface Hands {
    desk: Desk;
    house: House;
}

export interface Command {
    name: CommandName;
    /** As keyOf() in keys.ts names them: "j", "Shift+x", "Mod+k" (Ctrl, on a Mac Cmd), "Escape". */
    keys: readonly string[];
    /** On every page; the others are of the inbox. */
    everywhere?: true;
    /** Also while something is typed. */
    typing?: true;
    /** It makes no sense to choose it from a list. */
    keysOnly?: true;
    /** Whether there is something to do. */
    applies?: (hands: Hands) => boolean;
    /** Without it the part that has the focus hears the key itself. */
    run?: (hands: Hands) => void;
}

const some = ({ desk }: Hands) => subjects(desk.state).length > 0;
const rows = ({ desk }: Hands) => rowsShown(desk.state).length > 0;
const oneThatIs = (open: boolean) => ({ desk }: Hands) =>
    subjects(desk.state).some((one) => one.open === open);

/** Do this with the conversations that a command is about, or ask how. */
export function act(
    desk: Desk, what: "take" | "assign" | "snooze" | "close" | "reopen" | "tags",
): void {
    const about = subjects(desk.state);
    if (what === "take") {
        for (const one of about) if (one.staff?.id !== desk.state.myId) desk.take(one);
    } else if (what === "reopen") {
        for (const one of about)
            if (!one.open) desk.act({ t: "reopen", conversation: one.id });
    } else {
        desk.ask(what, about.map((one) => one.id));
    }
}

function box(kind: "reply" | "note") {
    return ({ desk }: Hands) => {
        if (desk.state.place.pane === "ticket") desk.show("thread");
        desk.focus(kind);
    };
}

const isOpen = ({ desk }: Hands) => desk.state.place.open !== null;

function look(name: CommandName, key: string, view: ViewName): Command {
    return {
        name, keys: [key],
        run: ({ desk }) => {
            chooseView(desk, { ...desk.state.view, view });
            desk.focus("row");
        },
    };
}

/** Leave the field, the selection, or where one is, in this order. */
function back({ desk }: Hands): void {
    const { pane } = desk.state.place;
    const at = document.activeElement;
    if (at !== null && isField(at) && at.closest(".inbox") === null)
        desk.focus(pane === "ticket" ? "ticket" : "thread");
    else if (picked(desk.state).length > 0) selectNone(desk);
    else if (at !== null && at.closest(".views, .filters-box") !== null) desk.focus("row");
    else desk.back();
}

export function isField(target: EventTarget | null): boolean {
    return target instanceof HTMLElement && (target.isContentEditable ||
        (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) &&
            !(target instanceof HTMLInputElement && target.type === "checkbox")));
}

export const COMMANDS: readonly Command[] = [
    { name: "next", keys: ["j", "ArrowDown"], keysOnly: true, applies: rows,
        run: ({ desk }) => desk.move(1) },
    { name: "previous", keys: ["k", "ArrowUp"], keysOnly: true, applies: rows,
        run: ({ desk }) => desk.move(-1) },
    { name: "open", keys: ["Enter"], keysOnly: true,
        applies: ({ desk }) => rowsShown(desk.state).some((one) => one.id === desk.state.cursor),
        run: ({ desk }) => {
            if (desk.state.cursor !== null) desk.open(desk.state.cursor);
        } },
    { name: "reply", keys: ["r"], applies: isOpen, run: box("reply") },
    { name: "note", keys: ["n"], applies: isOpen, run: box("note") },
    { name: "send", keys: ["Mod+Enter"], keysOnly: true },

    { name: "take", keys: ["a"], applies: some, run: ({ desk }) => act(desk, "take") },
    { name: "assign", keys: ["Shift+a"], applies: some, run: ({ desk }) => act(desk, "assign") },
    { name: "snooze", keys: ["s"], applies: some, run: ({ desk }) => act(desk, "snooze") },
    { name: "close", keys: ["e"], applies: oneThatIs(true), run: ({ desk }) => act(desk, "close") },
    { name: "reopen", keys: ["Shift+e"], applies: oneThatIs(false),
        run: ({ desk }) => act(desk, "reopen") },
    { name: "tags", keys: ["t"], applies: some, run: ({ desk }) => act(desk, "tags") },

    { name: "select", keys: ["x"], keysOnly: true, applies: rows, run: ({ desk }) => {
        if (desk.state.cursor === null) desk.move(1);
        if (desk.state.cursor !== null) turn(desk, desk.state.cursor);
    } },
    { name: "selectNext", keys: ["Shift+ArrowDown", "Shift+j"], keysOnly: true, applies: rows,
        run: ({ desk }) => extend(desk, 1) },
    { name: "selectPrevious", keys: ["Shift+ArrowUp", "Shift+k"], keysOnly: true, applies: rows,
        run: ({ desk }) => extend(desk, -1) },
    { name: "selectAll", keys: ["*"], applies: rows, run: ({ desk }) => selectAll(desk) },

    look("unassigned", "1", "unassigned"),
    look("mine", "2", "mine"),
    look("all", "3", "open"),
    look("waiting", "4", "waiting"),
    look("closed", "5", "closed"),
    { name: "mention", keys: ["m"], applies: ({ desk }) => desk.state.mentions.size > 0,
        run: ({ desk }) => nextMention(desk) },
    { name: "filters", keys: ["f"],
        run: ({ desk }) => desk.showFilters(!desk.state.filters) },

    { name: "search", keys: ["/"], everywhere: true,
        run: ({ house }) => house.go({ page: "search" }) },
    { name: "palette", keys: ["Mod+k"], everywhere: true, typing: true, keysOnly: true,
        run: ({ desk }) => desk.set({ palette: true }) },
    { name: "help", keys: ["?"], everywhere: true, run: ({ desk }) => desk.help(true) },
    { name: "back", keys: ["Escape"], typing: true, keysOnly: true, run: back },
];

/** Whether it can be done now. */
export function applies(command: Command, hands: Hands): boolean {
    if (command.everywhere !== true && hands.house.state.route.page !== "inbox") return false;
    return command.applies?.(hands) !== false;
}

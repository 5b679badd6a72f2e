// Texts about views, filters, searching, and what is done by keys.

import type { CommandName } from "../commands";
import type { ViewName } from "../views";
import { plural } from "./plural";

export const views = {
    label: "Views",
    names: {
        unassigned: "Unassigned",
        mine: "Mine",
        open: "All open",
        waiting: "Waiting on us",
        closed: "Closed",
    } satisfies Record<ViewName, string>,
    empty: {
        unassigned: "Everything open is somebody's",
        mine: "You have nothing open",
        open: "Nothing is open",
        waiting: "Nobody is waiting",
        closed: "Nothing is closed",
    } satisfies Record<ViewName, string>,
    nothing: "Nothing passes the filters",
    nothingMore: "Take a filter away to see more.",
    clear: "Clear the filters",

    filters: "Filters",
    filtersOn: (n: number) => plural(n, "filter", "filters"),
    company: "Company",
    tag: "Tag",
    priority: "Priority",
    staff: "Technician",
    any: "Any",
    nobody: "Nobody",
    me: (name: string) => `${name} (you)`,

    saved: "Saved views",
    choose: "Choose a view…",
    own: "Mine",
    shared: "Of all",
    save: "Save as a view…",
    remove: "Remove this view",
    removed: (name: string) => `The view ${name} is removed.`,
    saveHeading: "Save this view",
    saveMore: "It keeps the view and its filters. A view of the same name is replaced.",
    name: "Name",
    forAll: "For all of staff",
    needName: "Give it a name of at most 60 bytes.",
    tooMany: "There are 20 views already. Remove one first.",
    savedAs: (name: string) => `Saved as ${name}.`,

    more: "Show more",
    soon: (time: string) => `Due in ${time}`,
    soonNow: "Due now",
    over: (time: string) => `Late by ${time}`,
    overNow: "Late now",
    asleep: (until: string) => `asleep until ${until}`,
    has: (name: string) => `${name} has it`,
    yours: "You have it",
    tagged: "Tags",
} as const;

export const bulk = {
    select: (name: string) => `Select ${name}`,
    label: "What to do with those selected",
    count: (n: number) => `${n} selected`,
    clear: "None",
    take: "Take",
    assign: "Assign…",
    tags: "Tag…",
    snooze: "Snooze…",
    close: "Close…",
    reopen: "Reopen",
    did: {
        assign: (n: number) => `${plural(n, "conversation", "conversations")} assigned.`,
        unassign: (n: number) => `${plural(n, "conversation", "conversations")} given back.`,
        snooze: (n: number) => `${plural(n, "conversation", "conversations")} asleep.`,
        wake: (n: number) => `${plural(n, "conversation", "conversations")} awake.`,
        close: (n: number) => `${plural(n, "conversation", "conversations")} closed.`,
        reopen: (n: number) => `${plural(n, "conversation", "conversations")} open again.`,
        tags: (n: number) => `${plural(n, "conversation", "conversations")} tagged.`,
        merge: (n: number) => `${plural(n, "conversation", "conversations")} merged.`,
    },
    failed: (n: number, why: string) => `${n} not: ${why}`,
    nothing: "Choose a conversation first.",
} as const;

export const search = {
    heading: "Search",
    intro: "Everything that was ever said, notes too.",
    label: "Words, a reference, or a ticket's number",
    hint: "All of the words. The last may be the beginning of one.",
    ask: "Type what you remember of it",
    askMore: "Capital letters and accents do not matter.",
    none: (query: string) => `Nothing with “${query}”`,
    noneMore: "Try fewer words, or the beginning of one.",
    count: (n: number, more: boolean) => `${n}${more ? "+" : ""} found`,
    behind: "The index is still being made: older messages cannot be found yet.",
    more: "Show more",
    results: "Found",
    closed: "closed",
    number: (number: string) => `#${number}`,
    whole: "The conversation with this number",
    by: { person: "Person", staff: "Staff", note: "Internal note" } as Record<string, string>,
} as const;

export const palette = {
    heading: "Do or find",
    label: "A command, a page, a person, a number",
    none: "Nothing of that name.",
    commands: "Commands",
    pages: "Pages",
    views: "Views",
    talks: "Conversations",
    messages: (query: string) => `Search all messages for “${query}”`,
    count: (n: number) => plural(n, "entry", "entries"),
} as const;

export const targets = {
    heading: "Answer times",
    intro: "How soon an answer is due. In the inbox a conversation is marked when three quarters " +
        "of the time have gone by, and again when all of it has. Minutes count by the clock, " +
        "also while it is closed.",
    first: "First answer, minutes",
    next: "Each further answer, minutes",
    hint: "0: none.",
    empty: "Empty: as for all.",
    ofAll: "All conversations",
    priority: (name: string) => `Tickets of priority ${name}`,
    wrong: "A whole number of minutes, at most 43,200.",
    save: "Save",
    saved: "Saved.",
} as const;

export const commands = {
    names: {
        next: "Next conversation",
        previous: "Previous conversation",
        open: "Open it",
        reply: "Write a reply",
        note: "Write an internal note",
        send: "Send the reply",
        take: "Take it",
        assign: "Assign it…",
        snooze: "Snooze it…",
        close: "Close it…",
        reopen: "Reopen it",
        tags: "Tag it…",
        select: "Select or leave out",
        selectNext: "Select, and on to the next",
        selectPrevious: "Select, and on to the previous",
        selectAll: "Select all of the view",
        unassigned: "View: unassigned",
        mine: "View: mine",
        all: "View: all open",
        waiting: "View: waiting on us",
        closed: "View: closed",
        filters: "Filters",
        search: "Search all messages",
        palette: "Do or find",
        help: "This list",
        back: "Back; select none",
    } satisfies Record<CommandName, string>,
    or: "or",
    shift: "Shift",
    control: "Ctrl",
    /** Keys that have a name and no letter. */
    keys: { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc", Enter: "Enter" } as Record<string, string>,
} as const;

// Canned replies without a page or a server: what their variables stand for, and whom /word finds.

export interface Canned {
    id: string;
    /** Everybody's; only an administrator changes it. */
    shared: boolean;
    shortcut: string;
    name: string;
    text: string;
}

export const VARIABLES = ["person", "first_name", "company", "ticket", "me"] as const;
export type Variable = (typeof VARIABLES)[number];
/** "": not known. */
export type Values = Readonly<Record<Variable, string>>;

const NAMED = /\{([a-z_]+)\}/g;
// What somebody may have meant to be one.
const MEANT = /\{\s*[A-Za-z][A-Za-z0-9_ -]{0,30}\}/g;
const WORD_MAX = 40;
const SHOWN_MAX = 50;

const isVariable = (name: string): name is Variable =>
    (VARIABLES as readonly string[]).includes(name);

/** The text with what is known in the place of its variables; all else stays as it is. */
export function fill(text: string, values: Values): string {
    return text.replace(NAMED, (whole, name: string) =>
        (isVariable(name) && values[name] !== "" ? values[name] : whole));
}

/** The variables that stand in it, each once. */
export function holes(text: string): Variable[] {
    const names = [...text.matchAll(NAMED)].map(([, name]) => name ?? "").filter(isVariable);
    return [...new Set(names)];
}

/** What looks like a variable and is none, each once, with its braces. */
export function unknown(text: string): string[] {
    const all = [...text.matchAll(MEANT)].map(([whole]) => whole);
    return [...new Set(all)].filter((whole) => !isVariable(whole.slice(1, -1)));
}

const TITLE = /^(mr|mrs|ms|dr|prof|herr|frau)\.?$/i;

/** "Ines" of "Ines Moreau", "Moreau, Ines" and "Dr. Ines Moreau". */
export function firstName(name: string): string {
    const words = name.trim().split(/\s+/);
    if (words[0]?.endsWith(",") === true && words.length > 1) words.shift();
    while (words.length > 1 && TITLE.test(words[0] ?? "")) words.shift();
    return words[0] ?? "";
}

/** Of a conversation, as the inbox tells of it. */
export function valuesOf(
    one: { name: string; company: string; ticket: { number: string | null } } | undefined,
    me: string,
): Values {
    const person = one?.name.trim() ?? "";
    return {
        person, first_name: firstName(person), company: one?.company.trim() ?? "",
        ticket: one?.ticket.number ?? "", me,
    };
}

/** The /word that ends where the caret is, at the start or behind a blank; `from`: its slash. */
export function wordAt(text: string, caret: number): { from: number; query: string } | null {
    const found = /(?:^|\s)\/([^\s/]*)$/.exec(text.slice(0, caret));
    const query = found?.[1];
    if (query === undefined || query.length > WORD_MAX) return null;
    return { from: caret - query.length - 1, query };
}

/** Those that the words find: by the beginning of the shortcut first, then within it, then by
 * name; one's own before those of all. */
export function matching(list: readonly Canned[], words: string): Canned[] {
    const asked = words.trim().toLowerCase();
    const rank = (one: Canned): number => {
        if (one.shortcut.startsWith(asked)) return 0;
        if (one.shortcut.includes(asked)) return 1;
        return one.name.toLowerCase().includes(asked) ? 2 : 3;
    };
    return list.map((one) => ({ one, rank: rank(one) })).filter((found) => found.rank < 3)
        .sort((a, b) => a.rank - b.rank || Number(a.one.shared) - Number(b.one.shared) ||
            (a.one.shortcut < b.one.shortcut ? -1 : a.one.shortcut > b.one.shortcut ? 1 : 0))
        .map((found) => found.one);
}

/** As many as a list can show. */
export const shown = (list: readonly Canned[], words: string): Canned[] =>
    matching(list, words).slice(0, SHOWN_MAX);

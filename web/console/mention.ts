// Naming a colleague in a note: the @word at the caret, and whom it may mean.

import type { Member } from "./protocol";

const WORD_MAX = 40;
export const MENTIONS_SHOWN = 8;

/** The @words that end where the caret is, not behind a letter or digit; `from`: the @. */
export function mentionAt(text: string, caret: number): { from: number; query: string } | null {
    const from = text.lastIndexOf("@", caret - 1);
    if (from < 0 || (from > 0 && /[\p{L}\p{N}_]/u.test(text.charAt(from - 1)))) return null;
    const query = text.slice(from + 1, caret);
    return query.length > WORD_MAX || /[\n@]/.test(query) ? null : { from, query };
}

/** The colleagues whose name, or a word of it, begins so; those at the console first. */
export function meant(team: readonly Member[], query: string, me: string): Member[] {
    const asked = query.toLowerCase();
    return team.filter((one) => one.id !== me && (one.name.toLowerCase().startsWith(asked) ||
        one.name.toLowerCase().split(" ").some((word) => word.startsWith(asked))))
        .sort((a, b) => Number(b.present) - Number(a.present) || (a.name < b.name ? -1 : 1))
        .slice(0, MENTIONS_SHOWN);
}

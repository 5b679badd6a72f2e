// Markdown, as far as a chat needs it: bold, italic, code, lists and links; the rest is shown as it
// was typed. Line by line, each looked at once.

import { inline } from "./inline";
import { put } from "./marks";
import type { Kid, Mark } from "./marks";

interface Level {
    indent: number;
    /** Where the text of its last item begins. */
    inner: number;
    list: Mark;
}

const LEVELS = 4;
const FENCE = /^ {0,3}```[\w+#.-]{0,20} *$/;
const ITEM = /^( *)([-*]|\d{1,3}\.) +(\S.*)$/s;

function isFenceEnd(line: string | undefined): boolean {
    return line?.trim() === "```";
}

export function parse(text: string): Kid[] {
    const lines = text.split(/\r?\n/);
    const out: Kid[] = [];
    const levels: Level[] = [];
    let lastFence = lines.length;
    while (lastFence >= 0 && !isFenceEnd(lines[lastFence])) lastFence--;
    let wasText = false;
    let wasBlank = false;

    for (let i = 0; i < lines.length; i++) {
        const line = lines[i] as string;
        const isBlank = line.trim() === "";
        const lead = line.length - line.trimStart().length;
        const level = levels[levels.length - 1];
        if (i < lastFence && FENCE.test(line)) {
            const from = ++i;
            while (!isFenceEnd(lines[i])) i++;
            out.push({ tag: "pre", kids: [lines.slice(from, i).join("\n")] });
            levels.length = 0;
            wasText = false;
        } else if (addItem(ITEM.exec(line), levels, out)) {
            wasText = false;
        } else if (level !== undefined && lead > 1 && !isBlank && !wasBlank) {
            const item = lastItem(level);
            put(item, "\n", ...inline(line.slice(Math.min(lead, level.inner))));
        } else if (!isBlank || wasText || out.length === 0) {
            if (wasText) put(out, "\n");
            put(out, ...inline(line));
            levels.length = 0;
            wasText = true;
        }
        wasBlank = isBlank;
    }
    return out;
}

function lastItem({ list }: Level): Kid[] {
    return (list.kids[list.kids.length - 1] as Mark).kids;
}

/** False: it is no item. A list of numbers begins with 0 or 1, and a date is none. */
function addItem(found: RegExpExecArray | null, levels: Level[], out: Kid[]): boolean {
    const [line = "", { length: indent } = "", sign = "", rest = ""] = found ?? [];
    if (found === null || !/[^\s*-]/.test(rest)) return false;
    let depth = levels.length;
    while (depth > 0 && indent < (levels[depth - 1] as Level).indent) depth--;
    const above = levels[depth - 1];
    const isDeeper = above === undefined || (indent > above.indent + 1 && depth < LEVELS);
    const tag = sign.length === 1 ? "ul" : "ol";
    const inner = line.length - rest.length;
    if (!isDeeper && above.list.tag === tag) {
        levels.length = depth;
        above.inner = inner;
    } else {
        if ((tag === "ol" && !/^[01]\./.test(sign)) || (above === undefined && indent > 3))
            return false;
        levels.length = isDeeper ? depth : depth - 1;
        const host = levels[levels.length - 1];
        const list: Mark = { tag, kids: [] };
        (host === undefined ? out : lastItem(host)).push(list);
        levels.push({ indent, inner, list });
    }
    const item: Mark = { tag: "li", kids: inline(rest) };
    if (tag === "ol") item.value = parseInt(sign, 10);
    levels[levels.length - 1]?.list.kids.push(item);
    return true;
}

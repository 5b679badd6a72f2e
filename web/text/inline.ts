// One line: bold, italic, code, links. What does not close is text. Each step goes forward, and no
// more than DEPTH things are open at once, so the time is that of the length.

import { canonical, endOfBare, endOfTarget, startsAddress } from "./address";
import { plain, put } from "./marks";
import type { Kid, Mark } from "./marks";

interface Frame {
    mark: string;
    kids: Kid[];
    from: number;
    /** Of "[": there is a link in it, so it is none itself. */
    dead?: boolean;
}

const DEPTH = 8;
const TICKS_MAX = 3;
const WORD = /[\p{L}\p{N}]/u;
/** What may stand around something bold or italic, so that 2*3*4 and *.* are neither. */
const LEFT = /["'*_\p{Ps}\p{Pi}]/u;
const RIGHT = /[\s.,;:!?…"'*_\p{Pe}\p{Pf}\p{Pi}\p{Pd}]/u;
const NOT_FIRST = /[\s.,;:!?…\p{Pe}]/u;
const NOT_LAST = /[\s/\\]/;
const TAGS: Readonly<Record<string, readonly Mark["tag"][]>> = {
    "*": ["em"], _: ["em"], "**": ["strong"], "***": ["em", "strong"],
};

export function inline(text: string): Kid[] {
    const frames: Frame[] = [];
    let done = 0;
    let at = 0;
    let word = -2;

    const push = (mark: string) => frames.push({ mark, kids: [], from: at });
    const add = (...kids: Kid[]) => put((frames[frames.length - 1] as Frame).kids, ...kids);
    /** What was read is text; go on at `next`. */
    const flush = (next: number) => {
        add(text.slice(done, at));
        done = at = next;
    };
    const find = (mark: string) => {
        for (let i = frames.length - 1; i > 0; i--)
            if (frames[i]?.mark === mark) return frames[i];
        return undefined;
    };
    /** What is in the frame; what did not close in it is text. */
    const close = (frame: Frame): Kid[] => {
        flush(at);
        for (;;) {
            const last = frames.pop() as Frame;
            if (last === frame) return last.kids;
            add(last.mark, ...last.kids);
        }
    };

    const bare = () => {
        const end = endOfBare(text, at, find("[") !== undefined);
        const href = text.slice(at, end);
        if (canonical(href) !== "") {
            flush(end);
            add({ tag: "a", kids: [href], href });
        }
        at = end;
        word = end - 1;
    };
    const code = (mark: string) => {
        const size = mark.length;
        const from = at + size;
        const end = size > TICKS_MAX ? -1 : endOfCode(text, from, size);
        if (end < 0) {
            at = from;
            return;
        }
        flush(end + size);
        add({ tag: "code", kids: [text.slice(from, end)] });
        word = end - 1;
    };
    const stress = (mark: string) => {
        const end = at + mark.length;
        const before = text.charAt(at - 1) || " ";
        const after = text.charAt(end) || " ";
        const frame = !NOT_LAST.test(before) && RIGHT.test(after) ? find(mark) : undefined;
        if (frame !== undefined && word >= frame.from) {
            const kids = close(frame);
            add(...(TAGS[mark] ?? []).reduce<Kid[]>((all, tag) => [{ tag, kids: all }], kids));
            done = at = end;
        } else if (TAGS[mark] !== undefined && frames.length <= DEPTH && !NOT_FIRST.test(after) &&
            (before.trim() === "" || (LEFT.test(before) && WORD.test(after)))) {
            flush(end);
            push(mark);
        } else at = end;
    };
    const link = (frame: Frame) => {
        const from = at + 2;
        const end = text.charAt(at + 1) === "(" && !frame.dead ? endOfTarget(text, from) : -1;
        const href = text.slice(from, end);
        const target = end < 0 ? "" : canonical(href);
        const kids = close(frame);
        if (target === "" || plain(kids).trim() === "") {
            add("[", ...kids);
            at++;
            return;
        }
        add({ tag: "a", kids: withoutLinks(kids), href });
        if (pretends(plain(kids), target)) add(" ", { tag: "bdi", kids: [`(${target})`] });
        for (const one of frames) one.dead = true;
        done = at = end + 1;
    };

    push("");
    while (at < text.length) {
        const char = text.charAt(at);
        if (WORD.test(char)) {
            if (word !== at - 1 && startsAddress(text, at)) bare();
            else word = at++;
        } else if ("`*_".includes(char)) {
            let end = at + 1;
            while (text.charAt(end) === char) end++;
            const mark = text.slice(at, end);
            if (char === "`") code(mark);
            else stress(mark);
        } else if (char === "[" && frames.length <= DEPTH) {
            flush(at + 1);
            push(char);
        } else {
            const frame = char === "]" ? find("[") : undefined;
            if (frame !== undefined) link(frame);
            else at++;
        }
    }
    return close(frames[0] as Frame);
}

/** Where as many ticks stand again as opened it, and no more; -1: nowhere. That is so at most once
 *  in a line for each number of them. */
function endOfCode(text: string, from: number, size: number): number {
    for (let at = from; at < text.length;) {
        let end = at;
        while (text.charAt(end) === "`") end++;
        if (end - at === size) return at;
        at = end + 1;
    }
    return -1;
}

function withoutLinks(kids: readonly Kid[]): Kid[] {
    return kids.flatMap((kid) => typeof kid === "string" ? kid : kid.tag === "a" ? kid.kids
        : { ...kid, kids: withoutLinks(kid.kids) });
}

/** The text looks like an address, and the link goes elsewhere. */
function pretends(text: string, target: string): boolean {
    return shorter(text) !== shorter(target) && /[.:@/\\。]\S/.test(text.normalize("NFKC"));
}

function shorter(address: string): string {
    return address.trim().toLowerCase().replace(/^(https?:\/\/|mailto:)/, "").replace(/\/$/, "");
}

// What somebody said, as nodes: Markdown as what it means, never as markup of a page.

import { parse } from "../text/markdown";
import { attributesOf } from "../text/marks";
import type { Kid } from "../text/marks";
import { el } from "./dom";

function nodes(kids: readonly Kid[]): (Node | string)[] {
    return kids.map((kid) => typeof kid === "string" ? kid
        : el(kid.tag, attributesOf(kid), ...nodes(kid.kids)));
}

export function marked(text: string): (Node | string)[] {
    return nodes(parse(text));
}

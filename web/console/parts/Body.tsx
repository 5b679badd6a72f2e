import { h } from "preact";
import type { VNode } from "preact";

import { parse } from "../../text/markdown";
import { attributesOf } from "../../text/marks";
import type { Kid } from "../../text/marks";

/** What was said; Markdown is shown as what it means, all else as it was typed. */
export function Body({ text }: { text: string }) {
    return <div class="body" dir="auto">{nodes(parse(text))}</div>;
}

function nodes(kids: readonly Kid[]): (VNode | string)[] {
    return kids.map((kid) => typeof kid === "string" ? kid
        : h(kid.tag, attributesOf(kid), nodes(kid.kids)));
}

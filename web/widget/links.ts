// Addresses in a message become links: http and https only, by nodes, never by markup.

import { el } from "./dom";

const ADDRESS = /\bhttps?:\/\/[^\s<>"']+/gi;
/** What ends a sentence rather than an address. */
const TAIL = /[.,;:!?…'"»”’]+$/;

/** Closing brackets belong to the address only when it opens as many. */
function trim(found: string): string {
    let address = found.replace(TAIL, "");
    for (const [opens, closes] of ["()", "[]", "{}"].map((pair) => [...pair] as [string, string])) {
        while (
            address.endsWith(closes) &&
            address.split(opens).length < address.split(closes).length
        ) {
            address = address.slice(0, -1).replace(TAIL, "");
        }
    }
    return address;
}

function isWeb(address: string): boolean {
    try {
        const { protocol, hostname } = new URL(address);
        return (protocol === "https:" || protocol === "http:") && hostname !== "";
    } catch {
        return false;
    }
}

export function withLinks(body: string): (Node | string)[] {
    const parts: (Node | string)[] = [];
    let at = 0;
    for (const match of body.matchAll(ADDRESS)) {
        const address = trim(match[0]);
        if (!isWeb(address)) continue;
        parts.push(body.slice(at, match.index));
        const rel = "noopener noreferrer nofollow";
        parts.push(el("a", { href: address, target: "_blank", rel }, address));
        at = match.index + address.length;
    }
    parts.push(body.slice(at));
    return parts;
}

// Addresses in a text: which of them may be followed, and where one ends.

const ADDRESS_MAX = 2048;
const SCHEME = /https?:\/\/|mailto:/iy;
/** No address has them: white space, quotes, what is not seen. */
const STOP = /[\s<>"'`\p{Cc}\p{Cf}]/u;
/** What ends a sentence, or something bold, rather than an address. */
const TAIL = ".,;:!?…»”’*_";

/** 1: it opens a bracket, -1: it closes one. */
function bracket(char: string): number {
    return "([{".includes(char) ? 1 : ")]}".includes(char) ? -1 : 0;
}

export function startsAddress(text: string, at: number): boolean {
    SCHEME.lastIndex = at;
    return SCHEME.test(text);
}

/** The address as the browser takes it; empty when it may not be followed. One that carries a
 *  user name (https://bank.example@evil.example) only means to deceive. */
export function canonical(address: string): string {
    if (address.length > ADDRESS_MAX || STOP.test(address) || !startsAddress(address, 0)) return "";
    try {
        const { protocol, hostname, username, password, pathname, href } = new URL(address);
        const isMail = protocol === "mailto:" && pathname.includes("@");
        return isMail || (hostname !== "" && username + password === "") ? href : "";
    } catch {
        return "";
    }
}

/** Where the bare address that begins at `from` ends. Closing brackets belong to it only when it
 *  opens as many; `inLink`: it stands in the text of a link. */
export function endOfBare(text: string, from: number, inLink: boolean): number {
    let open = 0;
    let end = from;
    for (; end < text.length; end++) {
        const char = text.charAt(end);
        if (STOP.test(char) || (inLink && char === "]")) break;
        open += bracket(char);
    }
    for (; end > from; end--) {
        const char = text.charAt(end - 1);
        const by = bracket(char);
        if (!TAIL.includes(char) && !(by < 0 && open < 0)) break;
        open -= by;
    }
    return end;
}

/** Where the target of a link ends, which begins behind "("; -1: it is none. */
export function endOfTarget(text: string, from: number): number {
    let open = 0;
    for (let end = from; end < from + ADDRESS_MAX; end++) {
        const char = text.charAt(end);
        if (char === "" || char === "[" || STOP.test(char)) return -1;
        if (char === "(") open++;
        if (char === ")" && open-- === 0) return end;
    }
    return -1;
}

// What a text is made of, once it is read: text, and the few elements that it may have. Pages make
// nodes of it, never markup.

export interface Mark {
    tag: "strong" | "em" | "code" | "a" | "bdi" | "pre" | "ul" | "ol" | "li";
    kids: Kid[];
    /** Of a: http, https or mailto. */
    href?: string;
    /** Of li: its number, as it was typed. */
    value?: number;
}

export type Kid = string | Mark;

/** Text beside text is one. */
export function put(kids: Kid[], ...more: readonly Kid[]): void {
    for (const kid of more) {
        const last = kids[kids.length - 1];
        if (typeof kid === "string" && typeof last === "string")
            kids[kids.length - 1] = last + kid;
        else if (kid !== "") kids.push(kid);
    }
}

export function plain(kids: readonly Kid[]): string {
    return kids.map((kid) => typeof kid === "string" ? kid : plain(kid.kids)).join("");
}

export function attributesOf({ tag, href, value }: Mark): Record<string, string | number> {
    // Nobody can scroll by keyboard what does not take the focus.
    if (tag === "pre") return { tabindex: 0 };
    if (value !== undefined) return { value };
    if (href === undefined) return {};
    return { href, target: "_blank", rel: "noopener noreferrer nofollow" };
}

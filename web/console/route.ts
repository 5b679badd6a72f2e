// Which page, by the part of the address after "#". The inbox has "" or "#c=CONVERSATION".

export type Route =
    | { page: "inbox" }
    | { page: "setup" }
    | { page: "connectors" }
    | { page: "add"; kind: string }
    | { page: "connector"; kind: string }
    | { page: "key"; kind: string }
    | { page: "search"; query?: string }
    | { page: "people" }
    | { page: "person"; id: string }
    | { page: "attention" }
    | { page: "staff" }
    | { page: "audit" }
    | { page: "settings" }
    | { page: "routing" }
    | { page: "team" }
    | { page: "canned" }
    | { page: "reports" }
    | { page: "me" };

const PERSON = /^[0-9a-f-]{36}$/;
const KIND = /^[a-z0-9_-]{1,32}$/;

/** Words as they stand in an address. */
function wordsOf(part: string): string {
    try {
        return decodeURIComponent(part);
    } catch {
        return "";
    }
}

export function parseRoute(hash: string): Route {
    if (!hash.startsWith("#/")) return { page: "inbox" };
    const [page, kind = "", last = ""] = hash.slice(2).split("/");
    switch (page) {
        case "connectors":
            if (kind === "add") return { page: "add", kind: KIND.test(last) ? last : "" };
            if (!KIND.test(kind)) return { page };
            return { page: last === "key" ? "key" : "connector", kind };
        case "people":
            return PERSON.test(kind) ? { page: "person", id: kind } : { page };
        case "search":
            return { page, query: wordsOf(kind) };
        case "attention":
        case "setup":
        case "staff":
        case "audit":
        case "settings":
        case "routing":
        case "team":
        case "canned":
        case "reports":
        case "me":
            return { page };
        default:
            return { page: "inbox" };
    }
}

export function hashOf(route: Route): string {
    switch (route.page) {
        case "inbox":
            return "";
        case "add":
            return `#/connectors/add${route.kind === "" ? "" : `/${route.kind}`}`;
        case "connector":
            return `#/connectors/${route.kind}`;
        case "search":
            return `#/search${route.query ? `/${encodeURIComponent(route.query)}` : ""}`;
        case "person":
            return `#/people/${route.id}`;
        case "key":
            return `#/connectors/${route.kind}/key`;
        default:
            return `#/${route.page}`;
    }
}

export const FOR_ALL: readonly Route["page"][] =
    ["inbox", "search", "attention", "people", "person", "team", "reports", "canned", "me"];

/** A one-time link that was opened; its token is taken out of the address bar at once. */
export interface LinkToken {
    kind: "setup" | "link";
    token: string;
}

export function takeLink(): LinkToken | null {
    const match = /^#(setup|link)=([A-Za-z0-9_-]{1,128})$/.exec(window.location.hash);
    if (match?.[2] === undefined) return null;
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    return { kind: match[1] === "setup" ? "setup" : "link", token: match[2] };
}

// Sites that sign who their visitors are, and what their tokens are checked with.

import { bag, list, text, whole } from "../shape";
import { get, post } from "./call";

export interface SiteSecret {
    id: string;
    hint: string;
    created: number;
    /** 0: never. */
    used: number;
}

export interface Site {
    key: string;
    name: string;
    algorithm: string;
    secrets: SiteSecret[];
}

export interface Sites {
    sites: Site[];
    /** What was made just now, told this once; "" otherwise. */
    secret: string;
    key: string;
}

function site(value: unknown): Site {
    const b = bag(value);
    return {
        key: text(b.key), name: text(b.name), algorithm: text(b.algorithm),
        secrets: list(b.secrets).map((one) => {
            const s = bag(one);
            return {
                id: text(s.id), hint: text(s.hint), created: whole(s.created),
                used: whole(s.used),
            };
        }),
    };
}

function sites(value: unknown): Sites {
    const b = bag(value);
    return { sites: list(b.sites).map(site), secret: text(b.secret), key: text(b.key) };
}

const at = (key: string) => `/v1/sites/${encodeURIComponent(key)}`;

export const listSites = () => get("/v1/sites", sites);

/** publicKey "": a secret is made. */
export const addSite = (name: string, publicKey: string) =>
    post("/v1/sites", { name, public_key: publicKey }, sites);

export const addSecret = (key: string, publicKey: string) =>
    post(`${at(key)}/secret`, { public_key: publicKey }, sites);

export const removeSecret = (key: string, id: string) =>
    post(`${at(key)}/secret/${encodeURIComponent(id)}/remove`, {}, sites);

export const removeSite = (key: string) => post(`${at(key)}/remove`, {}, sites);

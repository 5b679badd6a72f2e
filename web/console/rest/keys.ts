// Keys for programs of others.

import { bag, list, text, whole } from "../shape";
import { get, post } from "./call";

export interface ApiKey {
    id: string;
    name: string;
    hint: string;
    rights: string[];
    madeBy: string;
    created: number;
    /** 0: never. */
    used: number;
    revoked: number;
}

export interface ApiKeys {
    keys: ApiKey[];
    /** What was made just now, told this once; "" otherwise. */
    key: string;
}

function apiKeys(value: unknown): ApiKeys {
    const b = bag(value);
    return {
        keys: list(b.keys).map((one) => {
            const k = bag(one);
            return {
                id: String(whole(k.id)), name: text(k.name), hint: text(k.hint),
                rights: list(k.rights).map(text), madeBy: text(k.made_by),
                created: whole(k.created), used: whole(k.used), revoked: whole(k.revoked),
            };
        }),
        key: text(b.key),
    };
}

export const listKeys = () => get("/v1/keys", apiKeys);

export const addKey = (name: string, rights: string[]) =>
    post("/v1/keys", { name, rights }, apiKeys);

export const revokeKey = (id: string) =>
    post(`/v1/keys/${encodeURIComponent(id)}/revoke`, {}, apiKeys);

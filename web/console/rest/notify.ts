// What one wants to hear, and by which way.

import { EVENTS, UNCHOSEN, WAYS } from "../notify_rules";
import type { Notify, Way } from "../notify_rules";
import { bag, list, text, whole, words } from "../shape";
import { get, nothing, post } from "./call";

const PATH = "/v1/me/settings/notify";

export interface HeldNotify {
    value: Notify;
    /** The server can send letters. */
    mail: boolean;
}

const days = (value: unknown) => list(value).map(whole).filter((day) => day >= 1 && day <= 7);

function notify(value: unknown): Notify {
    const b = bag(value);
    const quiet = bag(b.quiet);
    const digest = bag(b.digest);
    if (b.events === undefined) return UNCHOSEN;
    const ways = (kind: string): Way[] => {
        const said = words(bag(b.events)[kind]);
        return WAYS.filter((way) => said.includes(way));
    };
    return {
        events: Object.fromEntries(EVENTS.map((kind) => [kind, ways(kind)])) as Notify["events"],
        text: b.text === true,
        volume: whole(b.volume),
        zone: text(b.zone),
        quiet: { from: text(quiet.from), to: text(quiet.to), days: days(quiet.days) },
        digest: { times: words(digest.times), days: days(digest.days) },
    };
}

export const readNotify = () => get(PATH, (value): HeldNotify => ({
    value: notify(bag(value).value), mail: bag(value).mail === true,
}));

export const setNotify = (value: Notify) => post(PATH, { value }, nothing);

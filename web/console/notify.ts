// Tells the technician of what happens: by the browser, by a sound. What deserves it is decided in
// notify_rules.ts.

import { chime } from "./chime";
import type { Desk } from "./desk";
import type { House } from "./house";
import { deserved, eventsOf } from "./notify_rules";
import type { Happening, Notify } from "./notify_rules";
import type { Summary } from "./protocol";
import { strings } from "./strings";

/** So long a tab holds what it has told: whoever hears of it meanwhile leaves it alone. */
const HELD_MS = 30_000;
/** What I did myself is no news to me for so long. */
const MINE_MS = 10_000;
const CHANNEL = "parley.notify";

export type Permission = "default" | "granted" | "denied" | "unsupported";

/** Whether this browser lets us show notifications. */
export function permission(): Permission {
    return "Notification" in window && window.isSecureContext ? Notification.permission
        : "unsupported";
}

/** Ask for it; only ever from a click. */
export async function askPermission(): Promise<Permission> {
    if (permission() === "default") await Notification.requestPermission();
    return permission();
}

/** True in one of the tabs that ask for this key, and in no other. */
function claim(key: string): Promise<boolean> {
    if (!("locks" in navigator)) return Promise.resolve(true);
    return new Promise((resolve) => {
        navigator.locks.request(`parley.told ${key}`, { ifAvailable: true }, (lock) => {
            resolve(lock !== null);
            return lock === null ? undefined
                : new Promise((done) => window.setTimeout(done, HELD_MS));
        }).catch(() => resolve(true));
    });
}

export class Notifier {
    private readonly house: House;
    private readonly desk: Desk;
    /** Between my tabs: a conversation in which I did something, or what I chose. */
    private readonly channel: BroadcastChannel | null;
    /** Conversations in which I did something, and when. */
    private readonly mine = new Map<string, number>();
    private stopped = false;

    constructor(house: House, desk: Desk) {
        this.house = house;
        this.desk = desk;
        this.channel = "BroadcastChannel" in window ? new BroadcastChannel(CHANNEL) : null;
        this.channel?.addEventListener("message", ({ data }: MessageEvent<string | Notify>) => {
            if (typeof data === "string") this.mine.set(data, Date.now());
            else house.set({ notify: data });
        });
    }

    stop(): void {
        this.stopped = true;
        this.channel?.close();
    }

    /** I do something in this conversation, here: my other tabs are to know. */
    did(conversation: string): void {
        this.mine.set(conversation, Date.now());
        this.channel?.postMessage(conversation);
    }

    summary(before: Summary | undefined, now: Summary): void {
        this.happened(eventsOf(before, now, this.desk.state.myId));
    }

    missed(all: [Summary | undefined, Summary][]): void {
        this.happened(all.flatMap(([before, now]) =>
            eventsOf(before, now, this.desk.state.myId)));
    }

    mention(conversation: string, seq: number, by: string): void {
        const summary = this.desk.state.inbox.find((s) => s.id === conversation);
        this.happened([{
            kind: "mention", conversation, key: `${conversation} ${seq} mention`,
            who: by, company: summary?.company ?? "", text: summary?.subject ?? "",
        }]);
    }

    /** Is this conversation before the technician's eyes? */
    sees(conversation: string): boolean {
        return !document.hidden && document.hasFocus() &&
            this.house.state.route.page === "inbox" &&
            this.desk.state.place.open === conversation;
    }

    /** What I want to hear is another now: whichever tab tells, it goes by that. */
    chose(notify: Notify): void {
        this.house.set({ notify });
        this.channel?.postMessage(notify);
    }

    /** The tab that is looked at comes first, for it may know that there is nothing to tell; then
     * one that was used, for browsers let only those sound. */
    private happened(all: Happening[]): void {
        const first = all[0];
        if (first === undefined) return;
        const used = navigator.userActivation?.hasBeenActive ?? true;
        const wait = document.hasFocus() ? 0 : used ? 150 : 400;
        window.setTimeout(() => {
            void claim(`${this.desk.state.myId} ${first.key}`).then((got) => {
                const unseen = all.filter((one) => !this.sees(one.conversation));
                if (got && !this.stopped && unseen.length > 0) this.tell(unseen);
            });
        }, wait);
    }

    private tell(all: Happening[]): void {
        const set = this.house.state.notify;
        const fresh = all.filter(({ kind, conversation }) => kind !== "assigned" ||
            Date.now() - (this.mine.get(conversation) ?? 0) > MINE_MS);
        const { show, sound } = deserved(fresh, set, Date.now());
        if (sound) chime(set.volume);
        if (show !== null && permission() === "granted") this.show(show, set.text);
    }

    private show({ kind, conversation, key, who, company, text }: Happening, texts: boolean): void {
        const title = strings.notify.tell[kind](who || strings.inbox.someone);
        try {
            const shown = new Notification(title, {
                body: texts ? text : company, tag: key, silent: true,
                lang: document.documentElement.lang,
            });
            shown.onclick = () => {
                shown.close();
                window.focus();
                this.house.showConversation(conversation);
            };
        } catch {
            // Browsers of phones have the word and not the thing.
        }
    }
}

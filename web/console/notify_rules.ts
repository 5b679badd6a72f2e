// What of that which happens deserves to be told to this technician, and by which way. Pure: the
// doing is in notify.ts. The server reads the same choices (src/chat/notify.h).

import type { Summary } from "./protocol";

export const EVENTS = ["assigned", "unassigned", "reply", "mention", "escalation"] as const;
export type EventKind = (typeof EVENTS)[number];

export const WAYS = ["browser", "sound", "digest"] as const;
export type Way = (typeof WAYS)[number];

/** What one of staff chose. Days are 1 (Monday) to 7, times like 08:30. */
export interface Notify {
    events: Record<EventKind, Way[]>;
    /** Notifications show what was said. */
    text: boolean;
    /** Of the sound, 0 to 100. */
    volume: number;
    /** Of the times; "": none was said. */
    zone: string;
    /** Each day from..to ("" and "": never), and all of these days. */
    quiet: { from: string; to: string; days: number[] };
    digest: { times: string[]; days: number[] };
}

export const ALL_DAYS: readonly number[] = [1, 2, 3, 4, 5, 6, 7];

/** Of who has chosen nothing. */
export const UNCHOSEN: Notify = {
    events: {
        assigned: ["browser", "sound", "digest"],
        unassigned: ["browser", "sound", "digest"],
        reply: ["browser", "sound", "digest"],
        mention: ["browser", "sound", "digest"],
        escalation: ["browser"],
    },
    text: false,
    volume: 50,
    zone: "",
    quiet: { from: "", to: "", days: [] },
    digest: { times: [], days: [...ALL_DAYS] },
};

export interface Happening {
    kind: EventKind;
    conversation: string;
    /** The same in every tab that hears of it. */
    key: string;
    /** Who it is about: the person, or for a mention who made it. */
    who: string;
    company: string;
    /** What was said, or the subject. */
    text: string;
}

const waits = (s: Summary): boolean =>
    s.open && s.waitingSince !== null && s.snoozedUntil === null;

/** What a summary that came tells, the weightiest first. before: as it was known; undefined: it was
 * not open. */
export function eventsOf(before: Summary | undefined, now: Summary, me: string): Happening[] {
    if (!now.open) return [];
    const mine = now.staff?.id === me;
    const was = before?.staff?.id;
    const spoke = now.lastFrom === "person" && now.lastSaid > (before?.lastSaid ?? 0);
    const wasFree = before !== undefined && waits(before) && before.staff === null;
    const kinds: [EventKind, boolean][] = [
        ["escalation", now.unanswered && before?.unanswered !== true],
        ["assigned", mine && before !== undefined && was !== me],
        ["reply", mine && spoke],
        // Who gave it up knows that nobody has it.
        ["unassigned", waits(now) && now.staff === null && !wasFree && was !== me],
    ];
    return kinds.filter(([, is]) => is).map(([kind]) => ({
        kind, conversation: now.id, key: `${now.id} ${now.lastSeq}`, who: now.name,
        company: now.company, text: kind === "reply" ? now.lastBody : now.subject || now.lastBody,
    }));
}

/** The clock on the wall there: minutes of the day, and the day of the week from 1. */
export function wallOf(zone: string, at: number): { minute: number; day: number } {
    const form = (timeZone: string | undefined) => new Intl.DateTimeFormat("en-US", {
        timeZone, hourCycle: "h23", weekday: "short", hour: "numeric", minute: "numeric",
    }).formatToParts(at);
    let parts: Intl.DateTimeFormatPart[];
    try {
        parts = form(zone === "" ? undefined : zone);
    } catch {
        parts = form(undefined); // this browser does not know the zone
    }
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
    const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    return {
        minute: Number(part("hour")) * 60 + Number(part("minute")),
        day: days.indexOf(part("weekday")) + 1,
    };
}

/** Minutes of the day; -1: it is no time. */
export function minuteOf(time: string): number {
    const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
    return found === null ? -1 : Number(found[1]) * 60 + Number(found[2]);
}

export function isQuiet({ quiet, zone }: Notify, at: number): boolean {
    const { minute, day } = wallOf(zone, at);
    const from = minuteOf(quiet.from);
    const to = minuteOf(quiet.to);
    if (quiet.days.includes(day)) return true;
    if (from < 0 || to < 0) return false;
    return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** What to show, and whether to sound, of things that happened at once. Several of them make one
 * notification. */
export function deserved(
    all: Happening[], set: Notify, at: number,
): { show: Happening | null; sound: boolean } {
    if (isQuiet(set, at)) return { show: null, sound: false };
    const wants = (way: Way) => all.filter(({ kind }) => set.events[kind].includes(way));
    return {
        show: wants("browser")[0] ?? null,
        sound: set.volume > 0 && wants("sound").length > 0,
    };
}

/** How many conversations wait on me: mine, those in which I was mentioned, and those that nobody
 * has, unless I do not want to hear of these at all. */
export function waitsOnMe(
    inbox: readonly Summary[], mentions: ReadonlyMap<string, number>, me: string, set: Notify,
): number {
    const free = set.events.unassigned.length > 0;
    const mine = inbox.filter((s) => waits(s) && (s.staff === null ? free : s.staff.id === me));
    return new Set([...mine.map((s) => s.id), ...mentions.keys()]).size;
}

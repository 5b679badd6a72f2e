// Times as people read them.

const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
});
const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "short" });
const AGO = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

const STEPS = [
    ["day", 86_400_000],
    ["hour", 3_600_000],
    ["minute", 60_000],
] as const;
const FAR_MS = 30 * 86_400_000;
const NEAR = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

export const clock = (at: number): string => TIME.format(at);
export const exact = (at: number): string => EXACT.format(at);
/** Changes at midnight, here. */
export const dayOf = (at: number): string => DAY.format(at);

export function ago(at: number, now = Date.now()): string {
    if (now - at > FAR_MS) return NEAR.format(at);
    for (const [unit, ms] of STEPS) {
        if (now - at >= ms) return AGO.format(-Math.floor((now - at) / ms), unit);
    }
    return AGO.format(0, "minute");
}

// Times as people read them.

import { locale } from "./language";

const STEPS = [
    ["day", 86_400_000],
    ["hour", 3_600_000],
    ["minute", 60_000],
] as const;
const FAR_MS = 30 * 86_400_000;

/** Made when it is first needed: then the language is known. */
function form(options: Intl.DateTimeFormatOptions): (at: number) => string {
    let made: Intl.DateTimeFormat | undefined;
    return (at) => (made ??= new Intl.DateTimeFormat(locale, options)).format(at);
}

export const clock = form({ hour: "2-digit", minute: "2-digit" });
export const exact = form({ dateStyle: "long", timeStyle: "short" });
/** Changes at midnight, here. */
export const dayOf = form({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const near = form({ dateStyle: "medium" });

export function ago(at: number, now = Date.now()): string {
    if (now - at > FAR_MS) return near(at);
    const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    for (const [unit, ms] of STEPS) {
        if (now - at >= ms) return words.format(-Math.floor((now - at) / ms), unit);
    }
    return words.format(0, "minute");
}

// A browser by its user agent.

import { strings } from "./strings";

const BROWSERS: readonly (readonly [RegExp, string])[] = [
    [/Edg\//, "Edge"], [/Firefox\//, "Firefox"], [/Chrome\/|Chromium\//, "Chrome"],
    [/Safari\//, "Safari"],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
    [/Android/, "Android"], [/iPhone|iPad/, "iOS"], [/Windows/, "Windows"],
    [/Mac OS X/, "macOS"], [/Linux/, "Linux"],
];

/** "Firefox, Windows" of a user agent; the beginning of it when it is none of these. */
export function browserOf(agent: string): string {
    const find = (list: typeof BROWSERS) => list.find(([pattern]) => pattern.test(agent))?.[1];
    const words = [find(BROWSERS), find(SYSTEMS)].filter((word) => word !== undefined);
    return words.length > 0 ? words.join(", ") : agent.slice(0, 60) || strings.sessions.unknown;
}

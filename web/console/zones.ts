// Time zones, by their IANA names.

/** That of this browser. */
export const here = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Those that this browser knows, for a list; where it cannot say, its own. */
export function zones(now: string): (readonly [string, string])[] {
    const known = "supportedValuesOf" in Intl
        ? (Intl as { supportedValuesOf: (what: string) => string[] }).supportedValuesOf("timeZone")
        : [here()];
    return ["UTC", now, ...known].filter((zone, i, all) => all.indexOf(zone) === i)
        .map((zone) => [zone, zone] as const);
}

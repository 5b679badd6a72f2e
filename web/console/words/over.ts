// One language laid over another: what it lacks stays.

const isBag = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Map);

const isPair = (value: unknown): value is readonly [string, unknown] =>
    Array.isArray(value) && value.length === 2 && typeof value[0] === "string";

/** A list of as many as it should be counts as a whole; else pairs are found by their first. */
function layList(upper: readonly unknown[], base: readonly unknown[]): readonly unknown[] {
    if (upper.length === base.length) return upper;
    if (!base.every(isPair)) return base;
    const found = new Map(upper.filter(isPair));
    return base.map(([key, value]) => [key, found.get(key) ?? value]);
}

/** `base` with what `upper` has in its place. */
export function lay<T>(upper: unknown, base: T): T {
    if (isBag(base) && isBag(upper)) {
        const keys = Object.keys(base) as (keyof T & string)[];
        return Object.fromEntries(keys.map((key) => [key, lay(upper[key], base[key])])) as T;
    }
    if (base instanceof Map && upper instanceof Map) return new Map([...base, ...upper]) as T;
    if (Array.isArray(base)) return Array.isArray(upper) ? (layList(upper, base) as T) : base;
    return typeof upper === typeof base ? (upper as T) : base;
}

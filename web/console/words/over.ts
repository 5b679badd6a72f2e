// One language laid over another: what it lacks stays.

const isBag = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Map);

/** `base` with what `upper` has in its place. A list counts only as a whole. */
export function lay<T>(upper: unknown, base: T): T {
    if (isBag(base) && isBag(upper)) {
        const keys = Object.keys(base) as (keyof T & string)[];
        return Object.fromEntries(keys.map((key) => [key, lay(upper[key], base[key])])) as T;
    }
    if (base instanceof Map && upper instanceof Map) return new Map([...base, ...upper]) as T;
    if (Array.isArray(base))
        return Array.isArray(upper) && upper.length === base.length ? (upper as T) : base;
    return typeof upper === typeof base ? (upper as T) : base;
}

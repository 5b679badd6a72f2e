// Values of an unknown shape, taken apart with care: what is missing becomes empty.

export type Bag = Record<string, unknown>;

export function bag(value: unknown): Bag {
    return typeof value === "object" && value !== null ? (value as Bag) : {};
}

export function text(value: unknown): string {
    if (typeof value === "number") return String(value);
    return typeof value === "string" ? value : "";
}

export function textOrNull(value: unknown): string | null {
    return text(value) || null;
}

export function whole(value: unknown): number {
    return typeof value === "number" && Number.isFinite(value) ? Math.trunc(value) : 0;
}

export function list(value: unknown): unknown[] {
    return Array.isArray(value) ? value : [];
}

export function words(value: unknown): string[] {
    return list(value).map(text).filter((word) => word !== "");
}

/** JSON as a bag; {} when it is none. */
export function parse(json: string): Bag {
    try {
        return bag(JSON.parse(json) as unknown);
    } catch {
        return {};
    }
}

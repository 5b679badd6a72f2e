// The MSP's colour, and the arithmetic of contrast (WCAG 2.2, relative luminance).

export const BRAND_DEFAULT = "#1a5ba6";

const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

/** "#rrggbb" in small letters, of what was typed with or without "#"; null when it is none. */
export function readColor(typed: string): string | null {
    const color = `#${typed.trim().replace(/^#/, "")}`.toLowerCase();
    const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(color);
    if (short !== null) return `#${short.slice(1).map((c) => `${c}${c}`).join("")}`;
    return HEX.test(color) ? color : null;
}

function luminance(color: string): number {
    const parts = (HEX.exec(color)?.slice(1) ?? ["0", "0", "0"]).map((part) => {
        const c = parseInt(part, 16) / 255;
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * (parts[0] ?? 0) + 0.7152 * (parts[1] ?? 0) + 0.0722 * (parts[2] ?? 0);
}

/** 1 to 21. */
export function contrast(one: string, other: string): number {
    const [a, b] = [luminance(one), luminance(other)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Black or white, whichever reads better on this colour. */
export function inkOn(color: string): string {
    return contrast(color, "#ffffff") >= contrast(color, "#000000") ? "#ffffff" : "#000000";
}

/** Give the whole page, or one element, this brand colour. */
export function paintBrand(color: string, on: HTMLElement = document.documentElement): void {
    const brand = readColor(color) ?? BRAND_DEFAULT;
    on.style.setProperty("--brand", brand);
    on.style.setProperty("--on-brand", inkOn(brand));
}

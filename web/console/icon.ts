// The page's icon, with how many wait. Our content policy lets pictures be data.

const FACE = "<rect width='64' height='64' rx='14' fill='#1f5fbf'/>" +
    "<path d='M14 20h36v22H30l-10 9v-9h-6z' fill='#fff'/>";

/** The icon as an address; count 0: nothing waits. */
export function iconOf(count: number): string {
    const shown = count > 9 ? "9+" : String(count);
    const badge = count <= 0 ? "" : "<circle cx='44' cy='20' r='20' fill='#c62828'/>" +
        "<text x='44' y='29' font-family='sans-serif' font-size='26' font-weight='700' " +
        `text-anchor='middle' fill='#fff'>${shown}</text>`;
    const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 64'>${FACE}${badge}</svg>`;
    return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

let painted = -1;

export function paintIcon(count: number): void {
    const link = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    if (link === null || count === painted) return;
    painted = count;
    link.href = iconOf(count);
}

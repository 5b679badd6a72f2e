const QUIET = 4; // modules of white around it, as the standard asks

/** A QR code from its rows of "0" and "1", dark on white in every colour scheme. */
export function Qr({ rows, label }: { rows: string[]; label: string }) {
    const size = rows.length + 2 * QUIET;
    const path = rows.flatMap((row, y) => (
        [...row.matchAll(/1+/g)].map((run) => (
            `M${run.index + QUIET} ${y + QUIET}h${run[0].length}v1h-${run[0].length}z`))));
    return (
        <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}
            shape-rendering="crispEdges">
            <rect width={size} height={size} fill="#fff" />
            <path d={path.join("")} fill="#000" />
        </svg>
    );
}

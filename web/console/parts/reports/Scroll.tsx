import type { ComponentChildren } from "preact";

/** What may be wider than the screen: it scrolls by itself, by the keys too. */
export function Scroll({ label, children }: { label: string; children: ComponentChildren }) {
    return (
        <div class="report-scroll" role="group" aria-label={label} tabIndex={0}>
            {children}
        </div>
    );
}

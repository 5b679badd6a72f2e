import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { strings } from "../../strings";

interface Props {
    brand: string;
    heading: string;
    /** The focus goes to the heading; false where a field takes it. */
    take?: boolean;
    children: ComponentChildren;
}

/** The frame of every page before one is in. */
export function DoorFrame({ brand, heading, take = false, children }: Props) {
    const title = useRef<HTMLHeadingElement>(null);

    useLayoutEffect(() => {
        if (take) title.current?.focus();
    }, [heading]);

    return (
        <div class="door">
            <header><p class="door-brand">{brand || strings.title}</p></header>
            <main class="door-card">
                <h1 ref={title} tabIndex={-1}>{heading}</h1>
                {children}
            </main>
        </div>
    );
}

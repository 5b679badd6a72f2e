import type { ComponentChildren } from "preact";

import type { House } from "../../house";
import { hashOf } from "../../route";
import type { Route } from "../../route";

interface Props {
    house: House;
    to: Route;
    children: ComponentChildren;
    class?: string;
    current?: boolean;
    onGo?: () => void;
}

/** A link to a page of the console. */
export function Go({ house, to, children, class: more, current = false, onGo }: Props) {
    const go = (event: MouseEvent) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        onGo?.();
        house.go(to);
    };
    return (
        <a href={`${window.location.pathname}${hashOf(to)}`} class={more} onClick={go}
            aria-current={current ? "page" : undefined}>
            {children}
        </a>
    );
}

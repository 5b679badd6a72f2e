import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface Props {
    heading: string;
    /** The page came by a move, not by a load: the focus goes to its heading. */
    take: boolean;
    /** Another word here means another heading to go to, as in a wizard. */
    step?: string;
    intro?: string;
    /** At the top right. */
    aside?: ComponentChildren;
    children: ComponentChildren;
    wide?: boolean;
    /** Nothing to press is on it: it takes the focus itself, so that the keys scroll it. */
    still?: boolean;
}

/** A page with its heading. */
export function Page(props: Props) {
    const { heading, take, step = "", intro, aside, children, wide = false, still = false } = props;
    const title = useRef<HTMLHeadingElement>(null);
    const first = useRef(true);

    useLayoutEffect(() => {
        if (!first.current || take) {
            title.current?.focus();
            title.current?.closest(".page")?.scrollTo({ top: 0 });
        }
        first.current = false;
    }, [step]);

    return (
        <main class={`page${wide ? " page-wide" : ""}`} id="main"
            tabIndex={still ? 0 : undefined}>
            <div class="page-in">
                <div class="page-top">
                    <h1 ref={title} tabIndex={-1}>{heading}</h1>
                    {aside}
                </div>
                {intro !== undefined && <p class="page-intro">{intro}</p>}
                {children}
            </div>
        </main>
    );
}

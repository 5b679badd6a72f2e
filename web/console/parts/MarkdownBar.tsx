import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import { strings } from "../strings";
import { Body } from "./Body";

interface Props {
    body: string;
    /** What else is said there. */
    children: ComponentChildren;
}

/** Under a box: how Markdown is written, and what is written as it will look. */
export function MarkdownBar({ body, children }: Props) {
    const [shown, setShown] = useState<"help" | "preview" | null>(null);
    const words = strings.markdown;
    const button = (what: "help" | "preview") => (
        <button type="button" class="markdown-button" aria-expanded={shown === what}
            aria-controls={shown === what ? "markdown-more" : undefined}
            onClick={() => setShown(shown === what ? null : what)}>
            {words[what]}
        </button>
    );
    return (
        <div class="markdown">
            {button("help")}
            {button("preview")}
            {children}
            {shown !== null &&
                <section class="markdown-more" id="markdown-more" tabIndex={0}
                    aria-label={shown === "help" ? words.help : words.previewed}>
                    {shown === "help" ? <Ways />
                        : body.trim() === "" ? <p>{words.nothing}</p> : <Body text={body} />}
                </section>}
        </div>
    );
}

function Ways() {
    const { ways, more } = strings.markdown;
    return (
        <>
            <dl>
                {ways.map(([typed, what]) => (
                    <div key={typed}><dt><code>{typed}</code></dt><dd>{what}</dd></div>
                ))}
            </dl>
            <p>{more}</p>
        </>
    );
}

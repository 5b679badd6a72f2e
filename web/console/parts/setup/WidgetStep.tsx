import type { Brand } from "../../rest/account";
import { strings } from "../../strings";
import { Copy } from "../form/Copy";
import { Preview } from "./Preview";
import { StepEnd } from "./StepEnd";

interface Props {
    brand: Brand;
    onBack: () => void;
    onNext: () => void;
}

const ESCAPES: Readonly<Record<string, string>> = {
    "&": "&amp;", "\"": "&quot;", "<": "&lt;", ">": "&gt;",
};

function attribute(name: string, value: string): string {
    return value === "" ? ""
        : ` ${name}="${value.replace(/[&"<>]/g, (c) => ESCAPES[c] ?? c)}"`;
}

/** The line to paste into a site's page. */
export function snippet(origin: string, brand: Brand): string {
    return `<script src="${origin}/widget.js"${attribute("data-parley", origin)}` +
        `${attribute("data-title", brand.name)}${attribute("data-color", brand.color)}` +
        " async></script>";
}

/** What to paste, and how it will look. */
export function WidgetStep({ brand, onBack, onNext }: Props) {
    const { origin } = window.location;
    const code = snippet(origin, brand);
    return (
        <>
            <div class="beside">
                <section>
                    <h2>{strings.widget.snippet}</h2>
                    <p>{strings.widget.snippetMore}</p>
                    <pre class="snippet" tabIndex={0} aria-label={strings.widget.snippet}>
                        <code>{code}</code>
                    </pre>
                    <p><Copy text={code} label={strings.widget.copy} /></p>
                    <h2>{strings.widget.origins}</h2>
                    <p>{strings.widget.originsMore}</p>
                    <pre class="snippet" tabIndex={0} aria-label={strings.widget.origins}>
                        <code>{strings.widget.originsExample}</code>
                    </pre>
                    <p class="hint">{strings.widget.csp(origin)}</p>
                </section>
                <section>
                    <h2>{strings.widget.preview}</h2>
                    <p>{strings.widget.previewMore}</p>
                    <Preview brand={brand} />
                </section>
            </div>
            <StepEnd onBack={onBack}>
                <button type="button" class="button primary" onClick={onNext}>
                    {strings.setup.next}
                </button>
            </StepEnd>
        </>
    );
}

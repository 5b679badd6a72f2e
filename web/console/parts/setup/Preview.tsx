import { language } from "../../language";
import type { Brand } from "../../rest/account";
import { strings } from "../../strings";

/** The chat as a customer's page shows it: a page of its own, in a frame. */
export function Preview({ brand }: { brand: Brand }) {
    const look = new URLSearchParams({
        title: brand.name, color: brand.color, language: language(),
        heading: strings.widget.previewPage,
    });
    return (
        <iframe class="preview" title={strings.widget.preview}
            src={`/widget-preview#${look.toString()}`} />
    );
}

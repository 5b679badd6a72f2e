// Making elements. Text goes in as text, never as markup.

type Attributes = Readonly<Record<string, string | number | boolean>>;

/** A value of false leaves an attribute out, true sets it empty. */
export function setAttributes(element: Element, attributes: Attributes): void {
    for (const [name, value] of Object.entries(attributes)) {
        if (value === false) element.removeAttribute(name);
        else element.setAttribute(name, value === true ? "" : String(value));
    }
}

export function el<K extends keyof HTMLElementTagNameMap>(
    tag: K,
    attributes: Attributes = {},
    ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
    const element = document.createElement(tag);
    setAttributes(element, attributes);
    element.append(...children);
    return element;
}

/** Touch the text only when it changes: a screen reader says what was touched. */
export function setText(element: Element, text: string): void {
    if (element.textContent !== text) element.textContent = text;
}

/** A 24 by 24 picture of one path, which says nothing to a screen reader. */
export function icon(path: string): SVGSVGElement {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    setAttributes(svg, { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" });
    const shape = document.createElementNS(space, "path");
    shape.setAttribute("d", path);
    svg.append(shape);
    return svg;
}

/** Bytes of UTF-8, which is what the server counts. */
export function byteLength(text: string): number {
    return new TextEncoder().encode(text).length;
}

// On a phone the keyboard covers the page without making it smaller. The panel follows what is
// really seen, by two custom properties in a style sheet of its own.

export function followViewport(): CSSStyleSheet {
    const sheet = new CSSStyleSheet();
    const view = window.visualViewport;
    if (view === null) return sheet;
    const follow = (): void => {
        // A page that is zoomed in is left alone.
        const zoomed = view.scale > 1.01;
        const { height, offsetTop } = view;
        sheet.replaceSync(
            zoomed ? "" : `.frame{--seen-height:${height}px;--seen-top:${offsetTop}px}`,
        );
    };
    view.addEventListener("resize", follow);
    view.addEventListener("scroll", follow);
    follow();
    return sheet;
}

// The keyboard, for the inbox.

import type { Desk } from "./desk";

function isField(target: EventTarget | null): boolean {
    return target instanceof HTMLElement &&
        (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Arrows belong to tabs and to what scrolls; only elsewhere do they move through the inbox. */
function arrowsAreFree(target: EventTarget | null): boolean {
    return target === document.body ||
        (target instanceof Element && target.closest(".inbox") !== null);
}

/** True when the key was ours. */
export function onKey(desk: Desk, event: KeyboardEvent): boolean {
    const { place, help, keys } = desk.state;
    if (help || event.defaultPrevented || event.isComposing) return false;
    if (document.querySelector("dialog[open]") !== null) return false;
    if (event.ctrlKey || event.altKey || event.metaKey) return false;
    if (event.key === "Escape") {
        if (isField(event.target)) desk.focus(place.pane === "ticket" ? "ticket" : "thread");
        else desk.back();
        return true;
    }
    if (isField(event.target)) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!arrowsAreFree(event.target)) return false;
        desk.move(event.key === "ArrowDown" ? 1 : -1);
        return true;
    }
    return keys && letter(desk, event.key);
}

function letter(desk: Desk, key: string): boolean {
    switch (key) {
        case "j":
            desk.move(1);
            return true;
        case "k":
            desk.move(-1);
            return true;
        case "r":
        case "n":
            if (desk.state.place.open === null) return false;
            if (desk.state.place.pane === "ticket") desk.show("thread");
            desk.focus(key === "r" ? "reply" : "note");
            return true;
        case "?":
            desk.help(true);
            return true;
        default:
            return false;
    }
}

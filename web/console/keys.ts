// The keyboard: from a key to its command.

import { applies, COMMANDS, isField } from "./commands";
import type { Command, Hands } from "./commands";
import { strings } from "./strings";

export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/** A key with what is held beside it; Shift counts where it does not make another sign. */
export function keyOf(event: KeyboardEvent): string {
    const letter = /^\p{L}$/u.test(event.key);
    const key = letter ? event.key.toLowerCase() : event.key;
    const shift = event.shiftKey && (letter || key.length > 1) ? "Shift+" : "";
    const mod = (isMac() ? event.metaKey : event.ctrlKey) ? "Mod+" : "";
    return mod + shift + key;
}

/** Arrows belong to tabs and to what scrolls; only elsewhere do they move through the inbox. */
function arrowsAreFree(target: EventTarget | null): boolean {
    return target === document.body ||
        (target instanceof Element && target.closest(".rows") !== null);
}

/** Enter and Space press what has the focus, unless that is a row. */
function isPressed(target: EventTarget | null): boolean {
    return target instanceof Element && !target.matches(".row") &&
        target.closest("a, button, summary, input") !== null;
}

function isFree(command: Command, key: string, hands: Hands, event: KeyboardEvent): boolean {
    if (command.run === undefined) return false;
    if (isField(event.target) && command.typing !== true) return false;
    if (key.length === 1 || /^Shift\+.$/u.test(key)) return hands.desk.state.keys;
    if (key.endsWith("ArrowDown") || key.endsWith("ArrowUp")) return arrowsAreFree(event.target);
    return key !== "Enter" || !isPressed(event.target);
}

/** True when the key was ours. */
export function onKey(hands: Hands, event: KeyboardEvent): boolean {
    if (event.defaultPrevented || event.isComposing) return false;
    if (document.querySelector("dialog[open]") !== null) return false;
    if (event.altKey || (isMac() ? event.ctrlKey : event.metaKey)) return false;
    const key = keyOf(event);
    const command = COMMANDS.find((one) => one.keys.includes(key));
    if (command?.run === undefined || !isFree(command, key, hands, event)) return false;
    if (!applies(command, hands)) return false;
    command.run(hands);
    return true;
}

/** A key as it is written: "Shift+↓". */
export function keyName(key: string): string {
    const words = strings.commands;
    return key.split("+").map((part) => {
        if (part === "Mod") return isMac() ? "⌘" : words.control;
        if (part === "Shift") return words.shift;
        return words.keys[part] ?? (key.startsWith("Mod+") ? part.toUpperCase() : part);
    }).join("+");
}

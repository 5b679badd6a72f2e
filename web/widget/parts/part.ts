// What a component is: an element, and how it follows the chat's state.

import type { Chat } from "../chat";

export interface Part {
    readonly root: HTMLElement;
    update(chat: Chat): void;
}

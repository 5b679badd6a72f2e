// The browser's own notifications, for who wants them: asked on a click, remembered here, shown
// only while the page is not looked at.

import type { Keep } from "./keep";

export class Tell {
    constructor(private readonly keep: Keep) {}

    /** This browser can, and was not told never to. */
    get possible(): boolean {
        return "Notification" in window && Notification.permission !== "denied";
    }

    get on(): boolean {
        return this.possible && Notification.permission === "granted" && this.keep.is("tells");
    }

    /** The person's click. */
    async set(on: boolean): Promise<void> {
        if (on && Notification.permission !== "granted") await Notification.requestPermission();
        this.keep.set("tells", on && Notification.permission === "granted");
    }

    show(title: string, body: string, tag: string, click: () => void): void {
        if (!this.on || document.visibilityState === "visible") return;
        try {
            const note = new Notification(title, { body, tag: `parley ${tag}` });
            note.onclick = () => {
                window.focus();
                click();
                note.close();
            };
        } catch {
            // Some phones let only service workers notify.
        }
    }
}

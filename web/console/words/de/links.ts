import type * as en from "../links";
import type { Translated } from "../said";

export const links: Translated<typeof en.links> = {
    copy: "Link kopieren",
    conversation: "Link kopieren zu dieser Unterhaltung",
    message: "Link kopieren zu dieser Nachricht",
    messageMore: "Link kopieren zu dieser Nachricht (Pfeiltasten: zu den anderen)",
    notCopied: "Der Browser erlaubt es nicht.",
};

import type * as en from "../language";
import type { Translated } from "../said";

export const language: Translated<typeof en.language> = {
    heading: "Sprache",
    label: "Sprache der Konsole",
    browser: "Wie der Browser",
    names: { en: "English", de: "Deutsch" },
    saved: "Gespeichert.",
};

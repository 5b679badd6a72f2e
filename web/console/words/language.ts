// Texts of the choice of a language.

export const language = {
    heading: "Language",
    label: "Language of the console",
    browser: "As the browser",
    /** Each in its own words. */
    names: { en: "English", de: "Deutsch" } as Readonly<Record<string, string>>,
    saved: "Saved.",
} as const;

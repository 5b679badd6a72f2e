// Which language to speak: English, or one that has a bundle of its own. For widget and console.

export const LANGUAGES: readonly string[] = ["en", "de"];

const plain = (tag: string): string => tag.toLowerCase().split("-")[0] ?? "";

/** The first of the wishes, like "de-AT", that is spoken here; English when none is. */
export const chooseLanguage = (wishes: readonly string[]): string =>
    wishes.map(plain).find((one) => LANGUAGES.includes(one)) ?? "en";

/** How dates and numbers are written. */
export let locale = "en";

/** Write them as in the reader's country, where that speaks the language. */
export function writeAs(language: string): void {
    locale = navigator.languages.find((tag) => plain(tag) === language) ?? language;
}

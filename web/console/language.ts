// The language of the console: the member's own choice, else the browser's.

import { chooseLanguage, LANGUAGES, writeAs } from "../widget/language";
import { get, nothing, post } from "./rest/call";
import { bag, text } from "./shape";
import { say } from "./strings";

export { LANGUAGES };

interface Bundle {
    strings: unknown;
    refusals: unknown;
}

const KEPT = "parley.language";
const SETTING = "/v1/me/settings/language";

let now = "en";

/** What is spoken. */
export const language = (): string => now;

/** The member's last choice in this browser, or "" for the browser's own. */
function kept(): string {
    try {
        return window.localStorage.getItem(KEPT) ?? "";
    } catch {
        return "";
    }
}

function keep(choice: string): void {
    try {
        if (choice === "") window.localStorage.removeItem(KEPT);
        else window.localStorage.setItem(KEPT, choice);
    } catch {
        // Then the sign-in page speaks as the browser does.
    }
}

const wanted = (choice: string): string => chooseLanguage([choice, ...navigator.languages]);

async function speak(wish: string): Promise<void> {
    try {
        say(wish === "en" ? null : ((await import(`/console-${wish}.js`)) as Bundle));
        now = wish;
    } catch {
        // What is spoken now goes on.
    }
    document.documentElement.lang = now;
    writeAs(now);
}

/** Before the first render. */
export const speakFirst = (): Promise<void> => speak(wanted(kept()));

/** The member's choice; "" for as the browser does. */
export const readChoice = () => get(SETTING, (value) => text(bag(bag(value).value).language));

/** Speak as this member chose. True when that is another language than before. */
export async function speakAsChosen(choice: string): Promise<boolean> {
    keep(choice);
    const before = now;
    if (wanted(choice) !== before) await speak(wanted(choice));
    return now !== before;
}

export const setChoice = (choice: string) => 
    post(SETTING, { value: { language: choice } }, nothing);

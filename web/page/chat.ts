// The page that letters lead to: the chat and nothing else, over the whole window. What stands
// behind "#conversation=" names the conversation to open; it opens nothing by itself.

import { chooseLanguage } from "../widget/language";

interface Brand {
    name: string;
    color: string;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

document.documentElement.lang = chooseLanguage(navigator.languages);

async function readBrand(): Promise<Brand> {
    try {
        const answer = await fetch("/v1/brand");
        const { name, color } = (await answer.json()) as Record<string, unknown>;
        return { name: text(name), color: text(color) };
    } catch {
        return { name: "", color: "" }; // the chat has words and a colour of its own
    }
}

async function begin(): Promise<void> {
    const { name, color } = await readBrand();
    const script = document.createElement("script");
    script.src = "/widget.js";
    script.dataset.parley = "";
    script.dataset.full = "";
    script.dataset.title = name;
    script.dataset.color = color;
    script.dataset.conversation =
        new URLSearchParams(window.location.hash.slice(1)).get("conversation") ?? "";
    if (name !== "") {
        document.title = name;
        document.querySelector("h1")?.replaceChildren(name);
    }
    document.head.append(script);
}

// The same tab, led here once more by another letter.
window.addEventListener("hashchange", () => window.location.reload());
void begin();

import type * as en from "../markdown";
import type { Translated } from "../said";

export const markdown: Translated<typeof en.markdown> = {
    help: "Markdown",
    preview: "Vorschau",
    previewed: "So wird es aussehen",
    nothing: "Es ist noch nichts geschrieben.",
    ways: [
        ["**fett**", "fett (Strg+B)"],
        ["*kursiv*", "kursiv (Strg+I)"],
        ["`Code`", "Code"],
        ["```", "Zeilen mit Code, bis zur nächsten solchen Zeile"],
        ["- eins", "eine Liste; 1. eins mit Nummern"],
        ["[Text](https://…)", "ein Link"],
    ],
    more: "Alles andere erscheint, wie es getippt ist. Im PSA bleibt alles, wie es getippt ist.",
};

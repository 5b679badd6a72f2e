// The start: one script tag on the customer's page.
//
//     <script src="https://chat.example/widget.js" data-parley="https://chat.example"
//         async></script>
//
// data-parley: the chat's address; without it, where the script came from. data-title: the
// panel's title. data-color: #rrggbb of the button and of the panel's head. data-language: "en" or
// "de"; without it as the page's lang says, or the browser. data-full: the chat is all there is,
// open, over the whole window. data-conversation, or "#conversation=ID" in the page's
// address: open that one as soon as its person is known. The page's CSP needs the address in
// script-src and connect-src (there also as wss:), and blob: in img-src or pictures show as names;
// nothing else, for style comes by constructed sheets and no markup is parsed.
// data-site, data-identity: the page signs who its visitor is (docs/identity.md); a function that
// makes the token is in window.parley.identity, and Parley.identify() takes either later on.

import { paintBrand, readColor } from "./brand";
import { Chat } from "./chat";
import { el, setText } from "./dom";
import { Identity } from "./identity";
import type { Source } from "./identity";
import { chooseLanguage, writeAs } from "./language";
import { Launcher } from "./parts/launcher";
import { PANEL_ID, Panel } from "./parts/panel";
import { say, strings } from "./strings";
import type { Strings } from "./strings";
import css from "./widget.css";
import { followViewport } from "./viewport";

const TAG = "parley-chat";

interface Look {
    title: string;
    language: string;
    color: string;
    full: boolean;
    conversation: string;
    identity: Identity;
}

interface Api {
    identify(source: Source | null): void;
    signOut(): void;
}

/** What the page may set, and what it finds. */
declare global {
    interface Window {
        parley?: { identity?: Source };
        Parley?: Api;
    }
}

function mount(base: URL, { title, language, color, full, conversation, identity }: Look): void {
    if (document.querySelector(TAG) !== null) return;
    const host = document.createElement(TAG);
    host.lang = language;
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet, followViewport()];

    let draw = (): void => undefined;
    const chat = new Chat(base, () => draw(), identity, conversation);
    const close = (): void => {
        if (full) return;
        show(false);
        launcher.root.focus();
    };
    const panel = new Panel(chat, title || strings.title, close);
    const launcher = new Launcher(PANEL_ID, () => (chat.open ? close() : show(true)));
    const live = el("p", { class: "unseen", "aria-live": "polite" });
    const frame = el("div", { class: "frame" }, panel.root, launcher.root, live);
    frame.classList.toggle("full", full);
    if (readColor(color) !== null) paintBrand(color, frame);
    draw = () => {
        panel.update(chat);
        launcher.update(chat);
        frame.classList.toggle("open", chat.open);
        setText(live, chat.open ? "" : chat.announcement);
    };
    const show = (open: boolean): void => {
        chat.show(open);
        draw();
        if (open) panel.focus();
    };
    window.Parley = {
        identify: (source) => chat.identify(source),
        signOut: () => chat.signOut(),
    };
    for (const act of early) act(window.Parley);
    root.append(frame);
    draw();
    document.body.append(host);
    if (full || conversation !== "") show(true);
}

/** What the page asked for before the chat was there. */
const early: ((api: Api) => void)[] = [];

/** Named in the page's address. */
function wantedHere(): string {
    return new URLSearchParams(window.location.hash.slice(1)).get("conversation") ?? "";
}

/** Without its words the chat speaks English. */
async function speak(words: URL): Promise<void> {
    try {
        say(((await import(words.href)) as { strings: Partial<Strings> }).strings);
    } catch {
        console.warn(`Parley: ${words.href} could not be loaded`);
    }
}

function begin(): void {
    const script =
        document.currentScript instanceof HTMLScriptElement
            ? document.currentScript
            : document.querySelector<HTMLScriptElement>("script[data-parley]");
    if (script === null) return;
    const base = new URL(script.dataset.parley || script.src, document.baseURI);
    const language = chooseLanguage([
        script.dataset.language ?? "", document.documentElement.lang, ...navigator.languages,
    ]);
    const look = {
        title: script.dataset.title ?? "",
        language,
        color: script.dataset.color ?? "",
        full: script.dataset.full !== undefined,
        conversation: script.dataset.conversation || wantedHere(),
        identity: new Identity(
            script.dataset.site ?? "",
            script.dataset.identity || window.parley?.identity || null,
        ),
    };
    const ready = () => {
        if (document.body !== null) mount(base, look);
        else document.addEventListener("DOMContentLoaded", () => mount(base, look));
    };
    writeAs(language);
    window.Parley ??= {
        identify: (source) => early.push((api) => api.identify(source)),
        signOut: () => early.push((api) => api.signOut()),
    };
    if (language === "en") ready();
    else void speak(new URL(`/widget-${language}.js`, base)).then(ready);
}

begin();

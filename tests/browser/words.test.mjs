// What is said in another language: the widget as its page or the browser wishes, the console as
// its member chose.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { becomes, checkPage, openBrowser, openPage, Programs, until } from "./programs.mjs";

const ROUTES = readFileSync(new URL("../../web/console/route.ts", import.meta.url), "utf8");
const PAGES = [...ROUTES.matchAll(/^ {4}\| \{ page: "([a-z_]+)"/gm)].map(([, name]) => name);
const ADDRESS = {
    inbox: "", add: "#/connectors/add/syncro", connector: "#/connectors/syncro",
    key: "#/connectors/syncro/key",
};
// Words that no German sentence has, but names and what is not ours may.
const ENGLISH = /\b(?:the|and|with|are|is not|this|your|there)\b/i;
const GERMAN = { locale: "de-DE" };
const programs = new Programs();
let browser;

before(async () => {
    await programs.start();
    browser = await openBrowser();
});

after(async () => {
    await browser?.close();
    await programs.end();
});

// A page of another site, with the chat on it.
async function site(lang, attributes) {
    const server = createServer((_, answer) => {
        answer.setHeader("content-type", "text/html; charset=utf-8");
        answer.end(`<!doctype html><html${lang === "" ? "" : ` lang="${lang}"`}><title>T</title>` +
            `<body><script src="${programs.url}/widget.js" data-parley="${programs.url}" ` +
            `async ${attributes} onload="window.found = typeof Parley.identify"></script>`);
    });
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    return server;
}

async function launcherOn(lang, attributes, options) {
    const server = await site(lang, attributes);
    const page = await openPage(browser, options);
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const button = page.locator("button.launcher");
    const name = await button.getAttribute("aria-label");
    await becomes(() => page.evaluate(() => window.found), "function");
    assert.deepEqual(page.errors, []);
    await page.context().close();
    server.close();
    return name;
}

test("the widget speaks as the tag, the page or the browser says, in this order", async () => {
    const cases = [
        ["", "", {}, "Open the chat"],
        ["", "", GERMAN, "Chat öffnen"],
        ["de-AT", "", {}, "Chat öffnen"],
        ["en", "", GERMAN, "Open the chat"],
        ["en", 'data-language="de"', {}, "Chat öffnen"],
        ["fr", 'data-language="xx"', {}, "Open the chat"],
    ];
    await Promise.all(cases.map(async ([lang, attributes, options, name]) =>
        assert.equal(await launcherOn(lang, attributes, options), name, lang + attributes)));
});

test("without its words the widget speaks English", async () => {
    const page = await openPage(browser, GERMAN);
    await page.route("**/widget-de.js", (route) => route.abort());
    await page.goto(`${programs.url}/c`);
    await page.getByRole("button", { name: "Start the chat" }).waitFor();
    await page.context().close();
});

test("a person chats in German", async () => {
    const page = await openPage(browser, { ...GERMAN, viewport: { width: 360, height: 740 } });
    await page.goto(`${programs.url}/c`);
    await becomes(() => page.locator("parley-chat").getAttribute("lang"), "de");
    await page.getByRole("button", { name: "Chat beginnen" }).click();
    await page.getByText("Bitte nennen Sie Ihren Namen.").waitFor();
    await checkPage(page, "words-widget-form-360");
    await page.getByLabel("Ihr Name").fill("Jana Vogt");
    await page.getByLabel("Ihre E-Mail-Adresse").fill("jana.vogt@nowhere.example");
    await page.getByLabel("Womit können wir helfen?").fill("Der Drucker im Lager druckt nicht.");
    await page.getByRole("button", { name: "Chat beginnen" }).click();
    await page.getByText(/Ihr Ticket ist #\d+/).first().waitFor();
    await checkPage(page, "words-widget-talk-360");
    assert.deepEqual(page.errors, []);
    await page.context().close();
});

// By a socket of the page's own.
function act(page, frame) {
    return page.evaluate((sent) => new Promise((done, fail) => {
        const socket = new WebSocket(`${location.origin.replace("http", "ws")}/v1/console`,
            "parley.v1");
        socket.onopen = () => socket.send(JSON.stringify({ t: "hello", v: 1 }));
        socket.onerror = fail;
        socket.onmessage = ({ data }) => {
            const { t, conversations } = JSON.parse(data);
            const [one] = conversations ?? [];
            if (t === "inbox")
                socket.send(JSON.stringify({ client_id: "words-act-1", conversation: one.id,
                    ...sent }));
            if (t === "error") fail(data);
            if (t === "ack") done(socket.close());
        };
    }), frame);
}

test("what the server says is said in German", async () => {
    const person = await openPage(browser, GERMAN);
    await person.goto(`${programs.url}/c`);
    await person.getByLabel("Ihr Name").fill("Uwe Brandt");
    await person.getByLabel("Ihre E-Mail-Adresse").fill("uwe.brandt@nowhere.example");
    await person.getByLabel("Womit können wir helfen?").fill("Der Scanner geht wieder.");
    await person.getByRole("button", { name: "Chat beginnen" }).click();
    await person.getByText(/Ihr Ticket ist #\d+/).first().waitFor();
    const page = await openPage(browser, GERMAN);
    await programs.openConsole(page, "Carla", "admin");
    await page.getByRole("button", { name: /Uwe Brandt/ }).click();
    await page.evaluate(() => { window.at = location.hash.slice(3); });
    await act(page, { t: "close", conversation: await page.evaluate(() => window.at) });
    const closed = "Carla hat diese Unterhaltung geschlossen.";
    for (const one of [person, page]) await one.getByRole("log").getByText(closed).waitFor();
    // A refusal.
    await page.goto(`${programs.url}/console#/settings`);
    await page.getByLabel("Domain", { exact: true }).fill("gmail.com");
    await page.getByLabel("Firma", { exact: true }).fill("North");
    await page.locator('[role=option]').first().click();
    await page.getByRole("button", { name: "Domain zuordnen" }).click();
    await page.getByText("Dort kann jeder eine Adresse haben").waitFor();
    for (const one of [person, page]) assert.deepEqual(one.errors, []);
    for (const one of [person, page]) await one.context().close();
});

test("the console speaks as its member chose, and remembers it", async () => {
    const page = await openPage(browser);
    await programs.openConsole(page, "Robin", "admin");
    await page.goto(`${programs.url}/console#/me`);
    await page.getByLabel("Language of the console").selectOption("Deutsch");
    await page.getByRole("heading", { name: "Sprache" }).waitFor();
    await becomes(() => page.locator("html").getAttribute("lang"), "de");
    await page.reload();
    await page.getByRole("heading", { name: "Sprache" }).waitFor();
    await checkPage(page, "console-language");
    // Another browser of theirs, which has never heard of it.
    const cookies = await page.context().cookies();
    const other = await openPage(browser);
    await other.context().addCookies(cookies);
    await other.goto(`${programs.url}/console#/me`);
    await other.getByRole("heading", { name: "Sprache" }).waitFor();
    await other.getByLabel("Sprache der Konsole").selectOption("Wie der Browser");
    await other.getByRole("heading", { name: "Language" }).waitFor();
    await until(async () => await other.locator("html").getAttribute("lang") === "en", "English");
    for (const one of [page, other]) assert.deepEqual(one.errors, []);
    for (const one of [page, other]) await one.context().close();
});

test("every page of the console in German: nothing of it is English or too wide", async () => {
    const page = await openPage(browser, GERMAN);
    await programs.openConsole(page, "Jana", "admin");
    await page.locator("button.row").first().waitFor();
    const { people } = await page.evaluate(async () => (await fetch("/v1/people")).json());
    for (const name of PAGES) {
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.goto("about:blank");
        const hash = name === "person" ? `#/people/${people[0].id}` : ADDRESS[name] ?? `#/${name}`;
        await page.goto(`${programs.url}/console${hash}`);
        await page.locator("#main").waitFor();
        if (name === "inbox") await page.locator("button.row").first().click();
        await page.waitForLoadState("networkidle");
        const said = await page.locator("#main").innerText();
        const english = said.split("\n").filter((line) => ENGLISH.test(line));
        assert.deepEqual(english, [], name);
        await page.setViewportSize({ width: 360, height: 740 });
        await checkPage(page, `words-${name}-360`);
    }
    assert.deepEqual(page.errors, []);
    await page.context().close();
});

// People and what needs attention, in a real browser: found while typing, linked, blocked, erased;
// one of two chosen by the keyboard; an email domain mapped.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import {
    becomes, checkPage, missedByTab, openBrowser, openPage, Programs, until,
} from "./programs.mjs";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { WebSocket } = require("ws");
const programs = new Programs();
const LOOKS = [["light", 1440], ["dark", 360], ["light", 360], ["dark", 1440]];
let browser;
let page; // an administrator's

before(async () => {
    await programs.start();
    browser = await openBrowser();
    page = await openPage(browser);
    await programs.openConsole(page, "Alex", "admin");
    await menu(page).waitFor();
});

after(async () => {
    await browser?.close();
    await programs.end();
});

const button = (at, name) => at.getByRole("button", { name, exact: true });
const heading = (at, name) => at.getByRole("heading", { name, exact: true });
const field = (at, name) => at.getByLabel(name, { exact: true });
const searchBox = (at) => at.getByRole("searchbox", { name: "Search", exact: true });
const inDialog = (at) => at.getByRole("dialog");
const menu = (at) => at.getByRole("navigation", { name: "Main menu" });
const toPage = (at, name) => menu(at).getByRole("link", { name }).click();
const said = (at, text) => at.getByRole("status").getByText(text).waitFor();

// At both widths, in light and dark.
async function check(at, name) {
    for (const [colorScheme, width] of LOOKS) {
        await at.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await at.setViewportSize({ width, height: width === 360 ? 640 : 900 });
        await checkPage(at, `${name}-${colorScheme}-${width}`);
    }
    await at.emulateMedia({ colorScheme: "light" });
    await at.setViewportSize({ width: 1440, height: 900 });
}

// Somebody who says something in a browser of their own; resolves with the socket.
function chat(name, email, body) {
    const socket = new WebSocket(`${programs.url.replace("http", "ws")}/v1/chat`, "parley.v1",
        { headers: { origin: programs.url } });
    const id = () => `test-${randomBytes(6).toString("hex")}`;
    socket.heard = [];
    return new Promise((resolve, reject) => {
        socket.on("error", reject);
        socket.on("open", () => socket.send(JSON.stringify(
            { t: "hello", v: 1, token: randomBytes(32).toString("base64url") })));
        socket.on("message", (data) => {
            const frame = JSON.parse(data);
            socket.heard.push(frame);
            if (frame.t === "welcome")
                socket.send(JSON.stringify({ t: "start", client_id: id(), name, email, body }));
            if (frame.t === "ack") resolve(socket);
            if (frame.t === "error") reject(new Error(frame.text));
        });
    });
}

test("before anybody has come the pages say so", async () => {
    await toPage(page, "People");
    await heading(page, "Nobody has chatted yet").waitFor();
    await check(page, "people-empty");
    await toPage(page, "Needs attention");
    await heading(page, "Nothing needs attention").waitFor();
    await check(page, "attention-empty");
});

test("one of two is chosen, once, by the keyboard alone", async () => {
    const marta = await chat("Marta Quill", "marta@quillbooks.example", "The books are locked.");
    await page.reload();
    await until(async () => {
        await toPage(page, "People");
        await toPage(page, /Needs attention/);
        return page.getByText("Several may be this person").isVisible();
    }, "Marta");
    await becomes(() => menu(page).getByRole("link", { name: /Needs attention/ }).textContent(),
        /1$/);
    await page.getByText("1 ticket waits for this.").waitFor();
    await page.getByText("Fernhill Optics", { exact: true }).waitFor();
    await page.getByText("marta@quillbooks.example · 5550601").first().waitFor();
    await check(page, "attention-several");
    await heading(page, "Needs attention").focus();
    for (let i = 0; i < 20; i++) {
        await page.keyboard.press("Tab");
        const here = await page.evaluate(
            () => document.activeElement?.getAttribute("aria-label") ?? "");
        if (here === "This one: Marta Quill, Harbour Dental") break;
    }
    await page.keyboard.press("Enter");
    await heading(page, "Nothing needs attention").waitFor();
    await said(page, "Done: Marta Quill.");
    await becomes(() => page.evaluate(() => document.activeElement?.textContent),
        "Needs attention");
    await until(() => marta.heard.some((one) => one.t === "ticket" && one.number !== null),
        "Marta's ticket");
    marta.close();
});

test("people are found while typing, page by page", async () => {
    for (let i = 0; i < 51; i++) (await chat(`Crowd ${i}`, `c${i}@crowd.example`, "Hi")).close();
    await toPage(page, "People");
    await page.getByText("Crowd 50", { exact: true }).waitFor();
    await becomes(() => page.getByRole("row").count(), 51);
    await button(page, "Show earlier ones").click();
    await page.getByText("Marta Quill", { exact: true }).waitFor();
    await check(page, "people");
    assert.deepEqual(await missedByTab(page), []);
    await searchBox(page).fill("QUILL");
    await page.getByText("Crowd 50", { exact: true }).waitFor({ state: "detached" });
    await page.getByText("Harbour Dental", { exact: true }).waitFor();
    await searchBox(page).fill("nobody at all");
    await page.getByText("Nobody matches.").waitFor();
    await check(page, "people-none");
});

test("a person's page: linked by hand, unlinked, asked again", async () => {
    const walk = await chat("Walk In", "walk.in@nowhere.example", "Hello?");
    await searchBox(page).fill("walk.in");
    await page.getByRole("link", { name: "Walk In" }).click();
    await heading(page, "Walk In").waitFor();
    await page.getByText("never: anybody can type an address").waitFor();
    await check(page, "person");
    assert.deepEqual(await missedByTab(page), []);
    await button(page, "Choose who they are").click();
    await inDialog(page).getByLabel("Company", { exact: true }).fill("northw");
    await page.getByRole("option", { name: /Northwind Bakery/ }).click();
    await inDialog(page).getByLabel("Contact", { exact: true })
        .selectOption({ label: "Jonas Feld, jonas.feld@northwind.example" });
    await check(page, "person-choose");
    await button(inDialog(page), "This is who they are").click();
    await said(page, "Linked with Northwind Bakery.");
    await page.getByText("Staff chose.").waitFor();
    await button(page, "Unlink").click();
    await button(inDialog(page), "Unlink").click();
    await page.getByText("Staff said: nobody there.").waitFor();
    await button(page, "Ask the PSA again").click();
    await page.getByText("Nobody has asked the PSA yet.").waitFor();
    walk.close();
});

test("block, manage, download, erase", async () => {
    const rude = await chat("Rude One", "rude@nowhere.example", "Hurry up!");
    await until(() => rude.heard.some((one) => one.t === "ticket" && one.number !== null),
        "the ticket");
    await toPage(page, "People");
    await searchBox(page).fill("RUDE@");
    await page.getByRole("link", { name: "Rude One" }).click();
    await button(page, "Block").click();
    await check(page, "person-block");
    const closed = new Promise((resolve) => rude.on("close", resolve));
    rude.removeAllListeners("error");
    await button(inDialog(page), "Block").click();
    await said(page, "Rude One is blocked.");
    await closed;
    assert.equal(rude.heard.at(-1).code, "blocked");
    await button(page, "Unblock").click();
    await button(inDialog(page), "Unblock").click();
    await said(page, "Rude One can chat again.");
    await button(page, "Make company manager").click();
    await button(inDialog(page), "Make company manager").click();
    await said(page, "Rude One sees the company's tickets now.");
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download their data" }).click();
    const file = JSON.parse(await readFile(await (await download).path(), "utf8"));
    assert.equal(file.messages[0].body, "Hurry up!");
    await button(page, "Erase").click();
    await button(inDialog(page), "Erase for ever").click();
    await inDialog(page).getByText("Type the email address of the person").waitFor();
    await check(page, "person-erase");
    await field(page, "Type their email address to confirm").fill("rude@nowhere.example");
    await button(inDialog(page), "Erase for ever").click();
    await heading(page, "People").waitFor();
    await searchBox(page).fill("rude");
    await page.getByText("Nobody matches.").waitFor();
});

test("a blocked person reads kind words, and the chat does not come back by itself", async () => {
    const widget = await openPage(browser, { viewport: { width: 420, height: 800 } });
    await widget.goto(`${programs.url}/sample`);
    await widget.locator("button.launcher").click();
    await field(widget, "Your name").fill("Kind Words");
    await field(widget, "Your email").fill("kind@words.example");
    await field(widget, "What can we help with?").fill("Hello?");
    await button(widget, "Start the chat").click();
    await widget.getByText(/Your ticket is #/).first().waitFor();
    await toPage(page, "People");
    await searchBox(page).fill("kind@");
    await page.getByRole("link", { name: "Kind Words" }).click();
    await button(page, "Block").click();
    await button(inDialog(page), "Block").click();
    await widget.getByText(/This chat is closed for you/).first().waitFor();
    await becomes(() => button(widget, "Try now").isVisible(), false);
    await checkPage(widget, "blocked-widget");
    assert.deepEqual(widget.errors, []);
    await widget.context().close();
});

test("an email domain is mapped and removed", async () => {
    await toPage(page, "Settings");
    await page.getByText("No domain is mapped yet.").waitFor();
    await field(page, "Domain").fill("gmail.com");
    await field(page, "Company").fill("cobalt");
    await page.getByRole("option", { name: /Cobalt Freight/ }).click();
    await button(page, "Map the domain").click();
    await page.getByText("Anybody can have an address there").waitFor();
    await field(page, "Domain").fill("@Bücher.Example");
    await button(page, "Map the domain").click();
    await page.getByText("bücher.example", { exact: true }).waitFor();
    await check(page, "settings-domains");
    await button(page, "Remove bücher.example").click();
    await button(inDialog(page), "Remove").click();
    await page.getByText("No domain is mapped yet.").waitFor();
});

test("a technician sees people, and not what is for administrators", async () => {
    const other = await openPage(browser);
    await programs.openConsole(other, "Robin");
    await toPage(other, "People");
    await searchBox(other).fill("marta");
    await other.getByRole("link", { name: "Marta Quill" }).click();
    await button(other, "Block").waitFor();
    await becomes(() => button(other, "Erase").count(), 0);
    await becomes(() => button(other, "Make company manager").count(), 0);
    await becomes(() => menu(other).getByRole("link", { name: "Settings" }).count(), 0);
    assert.deepEqual([...other.errors, ...page.errors], []);
    await other.context().close();
});

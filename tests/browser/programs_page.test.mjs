// Keys for programs and webhooks on the page of settings, in a real browser.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { becomes, checkPage, openBrowser, openPage, Programs, until } from "./programs.mjs";

const LOOKS = [["light", 1440], ["dark", 360]];
const told = [];
let programs;
let browser;
let page;
let other;

before(async () => {
    other = createServer((request, answer) => {
        let body = "";
        request.on("data", (piece) => {
            body += piece;
        });
        request.on("end", () => {
            told.push(JSON.parse(body));
            answer.writeHead(told.length === 1 ? 500 : 204).end();
        });
    });
    await new Promise((done) => other.listen(0, "127.0.0.1", done));
    programs = new Programs({ PARLEY_WEBHOOKS_PRIVATE: "yes" }, { isConnected: false });
    await programs.start();
    browser = await openBrowser();
    page = await openPage(browser);
    await programs.openConsole(page, "Ada", "admin");
    await page.getByRole("navigation", { name: "Main menu" })
        .getByRole("link", { name: "Settings" }).click();
    await page.getByRole("heading", { name: "Webhooks", exact: true }).waitFor();
});

after(async () => {
    await browser?.close();
    await programs.end();
    other.close();
});

async function check(name) {
    for (const [colorScheme, width] of LOOKS) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: width === 360 ? 640 : 900 });
        await checkPage(page, `${name}-${colorScheme}-${width}`);
    }
}

async function press(name, within) {
    await within.getByRole("button", { name, exact: true }).focus();
    await page.keyboard.press("Enter");
}

test("a key is made, works, and is revoked, by keyboard alone", async () => {
    const card = page.getByRole("region", { name: "API keys" });
    const dialog = page.getByRole("dialog");
    await card.getByText("No key yet").waitFor();
    await press("API keys", page.getByRole("navigation", { name: "On this page" }));
    await becomes(() => page.evaluate(() => document.activeElement.id), "keys-heading");
    assert.ok(await card.getByRole("heading").first().evaluate((one) =>
        one.getBoundingClientRect().top < innerHeight));
    await press("Make a key", card);
    await dialog.getByLabel("Name").focus();
    await page.keyboard.type("Zap");
    await page.keyboard.press("Enter");
    await dialog.getByText("Choose at least one.").waitFor();
    await page.keyboard.press("Space");
    await check("keys-add");
    await page.keyboard.press("Enter");
    const field = dialog.getByLabel("Key", { exact: true });
    await field.waitFor();
    const key = await field.inputValue();
    assert.match(key, /^ply_[A-Za-z0-9_-]{43}$/);
    await check("keys-once");
    const ask = () => fetch(`${programs.url}/v1/api/conversations`,
        { headers: { Authorization: `Bearer ${key}` } });
    assert.equal((await ask()).status, 200);
    await page.keyboard.press("Escape");
    await card.getByText(`…${key.slice(-4)}`).waitFor();
    assert.ok(!(await page.content()).includes(key), "it is shown once");
    await press("Revoke the key of Zap", card);
    await press("Revoke", dialog);
    await card.getByText("Revoked.").waitFor();
    assert.equal((await ask()).status, 401);
    await check("keys");
    assert.deepEqual(page.errors, []);
});

test("a webhook is added, tried, sent again, changed and removed", async () => {
    const card = page.getByRole("region", { name: "Webhooks" });
    const dialog = page.getByRole("dialog");
    const url = `http://127.0.0.1:${other.address().port}/in`;
    await press("Add a webhook", card);
    await dialog.getByLabel("Address").focus();
    await page.keyboard.type("ftp://x");
    await dialog.getByLabel("A conversation begins").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await dialog.getByText("An address begins with https://.").waitFor();
    await check("webhooks-add");
    await dialog.getByLabel("Address").fill(url);
    await page.keyboard.press("Enter");
    await dialog.getByLabel("Secret").waitFor();
    await becomes(() => dialog.getByLabel("Secret").inputValue(), /^whsec_[A-Za-z0-9_-]{43}$/);
    await page.keyboard.press("Escape");

    await press(`Send a trial to ${url}`, card);
    await card.getByText("A trial is on its way.").waitFor();
    await until(() => told.length === 1, "the trial");
    assert.equal(told[0].event, "ping");
    await press(`Deliveries to ${url}`, card);
    await dialog.getByText("it answered 500").waitFor();
    await check("webhooks-deliveries");
    await press(`Send delivery ${told[0].delivery} again`, dialog);
    await until(() => told.length === 2, "it again");
    await dialog.getByText("Taken", { exact: false }).waitFor();
    await page.keyboard.press("Escape");

    await press(`Turn ${url} off`, card);
    await card.getByText("Off: nothing is told", { exact: false }).waitFor();
    await press(`Change ${url}`, card);
    await dialog.getByLabel("A conversation is closed").check();
    await press("Save", dialog);
    await card.getByText("A conversation is closed").waitFor();
    await check("webhooks");
    await press(`Remove ${url}`, card);
    await press("Remove", dialog);
    await card.getByText("No webhook yet.").waitFor();
    assert.deepEqual(page.errors, []);
});

// The card of sites on the page of settings, in a real browser.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";

import { Programs, checkPage, openBrowser, openPage, until } from "./programs.mjs";

const LOOKS = [["light", 1440], ["dark", 360], ["light", 360], ["dark", 1440]];
let programs;
let browser;

before(async () => {
    programs = new Programs({}, { isConnected: false });
    await programs.start();
    browser = await openBrowser();
});

after(async () => {
    await browser?.close();
    await programs.end();
});

async function check(page, name) {
    for (const [colorScheme, width] of LOOKS) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: width === 360 ? 640 : 900 });
        await checkPage(page, `${name}-${colorScheme}-${width}`);
    }
}

async function openSettings(name) {
    const page = await openPage(browser);
    await programs.openConsole(page, name, "admin");
    await page.getByRole("navigation", { name: "Main menu" })
        .getByRole("link", { name: "Settings" }).click();
    await page.getByRole("heading", { name: "Sites", exact: true }).waitFor();
    return page;
}

test("a site is added, its secret is changed, and it is removed, by keyboard alone", async () => {
    const page = await openSettings("Ada");
    const card = page.getByRole("region", { name: "Sites" });
    await card.getByText("No site yet").waitFor();
    await check(page, "sites-none");
    const press = async (name, within = card) => {
        await within.getByRole("button", { name, exact: true }).focus();
        await page.keyboard.press("Enter");
    };

    await press("Add a site");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").focus();
    await page.keyboard.press("Enter");
    await dialog.getByText("Give the site a name.").waitFor();
    await check(page, "sites-add");
    await page.keyboard.type("Intranet");
    await page.keyboard.press("Enter");
    const secret = dialog.getByLabel("Secret");
    await secret.waitFor();
    const first = await secret.inputValue();
    assert.match(first, /^[A-Za-z0-9_-]{43}$/);
    await check(page, "sites-secret");
    await page.keyboard.press("Escape");
    await card.getByRole("heading", { name: "Intranet" }).waitFor();
    assert.ok(!(await page.content()).includes(first), "it is shown once");
    await card.getByText(`…${first.slice(-4)}`, { exact: true }).waitFor();

    await press("Make a second secret for Intranet");
    await press("Make a second secret", dialog);
    await secret.waitFor();
    assert.notEqual(await secret.inputValue(), first);
    await press("Close", dialog);
    await check(page, "sites-two");
    await press(`Remove …${first.slice(-4)} of Intranet`);
    await press("Remove", dialog);
    await card.getByText(`…${first.slice(-4)}`, { exact: true }).waitFor({ state: "detached" });

    await press("Remove the site Intranet");
    await check(page, "sites-remove");
    await press("Remove the site", dialog);
    await card.getByText("No site yet").waitFor();
    assert.deepEqual(page.errors, []);
    await page.close();
});

test("a key pair", async () => {
    const page = await openSettings("Bea");
    const card = page.getByRole("region", { name: "Sites" });
    await card.getByRole("button", { name: "Add a site" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Portal");
    await dialog.getByLabel("What its tokens are signed with").selectOption("key");
    await dialog.getByLabel("Public key").fill("hello");
    await dialog.getByRole("button", { name: "Add a site" }).click();
    await dialog.getByText("Not a public key").waitFor();
    await check(page, "sites-key");
    const pair = execFileSync("openssl",
        ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]);
    await dialog.getByLabel("Public key").fill(String(pair));
    await dialog.getByRole("button", { name: "Add a site" }).click();
    await dialog.getByText("This is a private key").waitFor();
    const key = execFileSync("openssl", ["pkey", "-pubout"], { input: pair });
    await dialog.getByLabel("Public key").fill(String(key));
    await dialog.getByRole("button", { name: "Add a site" }).click();
    await card.getByText("ES256").waitFor();
    await until(async () => await dialog.count() === 0, "the end of the dialog");
    assert.deepEqual(page.errors, []);
    await page.close();
});

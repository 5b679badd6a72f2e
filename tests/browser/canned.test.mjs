// Canned replies: their rules, and a technician who uses them by the keyboard alone, and by touch.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { becomes, checkPage, openBrowser, openPage, Programs, until } from "./programs.mjs";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const programs = new Programs({}, { isConnected: false });
const LOOKS = [["light", 1440], ["dark", 360]];
let browser;
let admin;
let robin;
let rules;

before(async () => {
    const { outputFiles } = await require("esbuild").build({
        entryPoints: [fileURLToPath(new URL("../../web/console/canned.ts", import.meta.url))],
        bundle: true, write: false, format: "esm",
    });
    rules = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
    await programs.start();
    browser = await openBrowser();
    admin = await openPage(browser, { reducedMotion: "reduce" });
    await programs.openConsole(admin, "Ada", "admin");
    robin = await openPage(browser, { reducedMotion: "reduce", hasTouch: true });
    await programs.openConsole(robin, "Robin");
    await chat("Ines Moreau", "My mail is stuck.");
});

after(async () => {
    await browser?.close();
    await programs.end();
});

// Somebody who begins to chat; there is no PSA, so no ticket comes of it.
async function chat(name, body) {
    const page = await openPage(browser);
    await page.goto(`${programs.url}/sample`);
    await page.locator("button.launcher").click();
    await page.getByLabel("Your name").fill(name);
    await page.getByLabel("Your email").fill("ines@nowhere.example");
    await page.getByLabel("What can we help with?").fill(body);
    await page.getByRole("button", { name: "Start the chat" }).click();
    await robin.getByRole("button", { name: new RegExp(body) }).waitFor();
    await page.context().close();
}

async function check(page, name) {
    for (const [colorScheme, width] of LOOKS) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
        await checkPage(page, `${name}-${colorScheme}-${width}`);
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1440, height: 900 });
}

// By the keyboard: to what has this name, and press it.
async function press(page, role, name, scope = page) {
    await scope.getByRole(role, { name, exact: true }).focus();
    await page.keyboard.press("Enter");
}

async function go(page) {
    await press(page, "link", "Canned replies", page.getByRole("navigation"));
    await page.getByRole("heading", { name: "Canned replies", level: 1 }).waitFor();
}

const box = () => robin.locator("#write-field");
const list = () => robin.getByRole("listbox", { name: "Canned replies" });
const said = (text) => robin.getByRole("log").getByText(text);

test("variables: what is known is filled in, once; the rest stays and is told", () => {
    const { fill, firstName, holes, unknown, valuesOf } = rules;
    const values = valuesOf({ name: "Moreau, Ines", company: " {me} ", ticket: { number: null } },
        "Robin");
    assert.equal(fill("{first_name}|{person}|{company}|{ticket}|{me}|{me}|{oops}|{}", values),
        "Ines|Moreau, Ines|{me}|{ticket}|Robin|Robin|{oops}|{}");
    assert.equal(fill("{ticket}", { ...values, ticket: "$&" }), "$&");
    assert.deepEqual(holes("{ticket} {Ticket} {oops} {me} {ticket} {constructor}"),
        ["ticket", "me"]);
    assert.deepEqual(unknown("{Ticket} { me } {first name} {me} {oops} {oops} {} {1} {a:b}"),
        ["{Ticket}", "{ me }", "{first name}", "{oops}"]);
    assert.deepEqual(valuesOf(undefined, "R"),
        { person: "", first_name: "", company: "", ticket: "", me: "R" });
    for (const [name, first] of [["Ines Moreau", "Ines"], ["Dr. Ines Moreau", "Ines"],
        ["  ", ""], ["Ines", "Ines"], ["Mr", "Mr"], ["Ines Moreau, PhD", "Ines"]])
        assert.equal(firstName(name), first, name);
});

test("a word begins at the start or behind a blank; the list knows what is nearest", () => {
    const { matching, wordAt } = rules;
    assert.deepEqual(wordAt("/he", 3), { from: 0, query: "he" });
    assert.deepEqual(wordAt("Yes.\n/", 6), { from: 5, query: "" });
    assert.deepEqual(wordAt("a /he llo", 5), { from: 2, query: "he" });
    for (const [text, at] of [["and/or", 6], ["/etc/hosts", 10], ["/he x", 5], ["x", 1], ["/", 0],
        [`/${"a".repeat(41)}`, 42]])
        assert.equal(wordAt(text, at), null, text);
    const one = (shortcut, name, shared) => ({ id: shortcut, shortcut, name, shared, text: "" });
    const all = [one("b-mail", "Two", false), one("x", "Mail", false), one("mail", "One", true),
        one("mail-2", "Z", false), one("none", "None", false)];
    assert.deepEqual(matching(all, "MAIL").map(({ id }) => id), ["mail-2", "mail", "b-mail", "x"]);
    assert.equal(matching(all, "").length, 5);
});

test("an administrator keeps one for all, by the keyboard", async () => {
    await go(admin);
    await admin.getByRole("heading", { name: "No canned reply yet" }).waitFor();
    await press(admin, "button", "Add a canned reply");
    const dialog = admin.getByRole("dialog");
    await dialog.getByLabel("Who can use it").selectOption("all");
    await dialog.getByLabel("Shortcut").fill("bad word");
    await dialog.getByLabel("Name", { exact: true }).fill("VPN again");
    await dialog.getByLabel("Text").fill("Hello {person} of {company}, {oops} about #{ticket}.");
    await admin.getByText("{oops} is no variable: it is sent as it stands.").waitFor();
    await dialog.getByText("Hello Ines Moreau of Northwind Bakery, {oops} about #1042.").waitFor();
    await press(admin, "button", "Save", dialog);
    await dialog.getByText("Use 1 to 32 of a-z, 0-9 and -.").waitFor();
    await becomes(() => admin.evaluate(() => document.activeElement?.id), "field-shortcut");
    await check(admin, "console-canned-dialog");
    await dialog.getByLabel("Shortcut").fill("vpn");
    await admin.keyboard.press("Enter");
    await admin.getByRole("status").getByText("Saved.").waitFor();
    await admin.getByRole("region", { name: "For all" }).getByText("VPN again").waitFor();
    await admin.getByRole("button", { name: "Edit VPN again" }).waitFor();
});

test("a technician makes their own, and may not change what is for all", async () => {
    await go(robin);
    const shared = robin.getByRole("region", { name: "For all" });
    await shared.getByText("VPN again").waitFor();
    await becomes(() => shared.getByRole("button").count(), 0);
    await press(robin, "button", "Add a canned reply");
    const dialog = robin.getByRole("dialog");
    await becomes(() => dialog.getByLabel("Who can use it").count(), 0);
    await dialog.getByLabel("Shortcut").fill("hello");
    await dialog.getByLabel("Name", { exact: true }).fill("Greeting");
    await dialog.getByLabel("Text").fill("Hello {first_name},\nI look into it.\n{me}");
    await press(robin, "button", "Save", dialog);
    await robin.getByRole("region", { name: "Mine" }).getByText("Greeting").waitFor();
    await check(robin, "console-canned-own");
    await robin.getByRole("searchbox", { name: "Search" }).fill("look into");
    await shared.getByText("Nothing matches.").waitFor();
    await robin.getByRole("searchbox", { name: "Search" }).fill("");
});

test("by /word it is filled in and sent, by the keyboard", async () => {
    await press(robin, "link", /^Inbox/, robin.getByRole("navigation"));
    await robin.getByRole("button", { name: /My mail is stuck/ }).focus();
    await robin.keyboard.press("Enter");
    await said("My mail is stuck.").waitFor();
    await robin.keyboard.press("r");
    await until(() => box().evaluate((it) => it === document.activeElement), "the reply box");
    await robin.keyboard.type("and/or ");
    await becomes(() => list().count(), 0);
    await robin.keyboard.type("/");
    await list().getByRole("option").nth(1).waitFor();
    await becomes(() => box().getAttribute("aria-activedescendant"), "canned-0");
    await check(robin, "console-canned-list");
    await robin.keyboard.press("ArrowDown");
    await becomes(() => list().locator("[aria-selected=true]").textContent(), /vpn/);
    await robin.keyboard.press("Escape");
    await becomes(() => list().count(), 0);
    assert.ok(await box().evaluate((it) => it === document.activeElement));
    await robin.keyboard.type("h");
    await becomes(() => list().count(), 0); // closed for this word
    await robin.keyboard.press("Control+a");
    await robin.keyboard.type("/GREET");
    await list().getByRole("option", { name: /Greeting/ }).waitFor();
    await robin.keyboard.press("Tab");
    await becomes(() => box().inputValue(), "Hello Ines,\nI look into it.\nRobin");
    await robin.keyboard.type("!");
    await robin.keyboard.press("Control+Enter");
    await said("Hello Ines,").waitFor();
    await becomes(() => said("Hello Ines,").textContent(),
        /^Hello Ines,\nI look into it\.\nRobin!$/);
    await becomes(() => box().inputValue(), "");
});

test("what has no value holds the reply back, until it is mended", async () => {
    await robin.route("**/v1/canned", async (route) => {
        await robin.waitForTimeout(300); // Enter is faster
        await route.continue();
    }, { times: 1 });
    await robin.reload();
    await said("Hello Ines,").waitFor();
    await robin.keyboard.press("r");
    await robin.keyboard.type("/vpn");
    await robin.keyboard.press("Enter");
    await until(async () => (await box().inputValue()).startsWith("Hello"), "the reply");
    const text = "Hello Ines Moreau of {company}, {oops} about #{ticket}.";
    await becomes(() => box().inputValue(), text);
    await robin.getByText("{ticket} is empty, there is no ticket yet.").waitFor();
    await robin.getByText("{oops} is no variable: it is sent as it stands.").waitFor();
    await robin.keyboard.press("Control+Enter");
    await robin.getByRole("button", { name: "Send reply" }).click({ force: true });
    await check(robin, "console-canned-held");
    await becomes(() => box().inputValue(), text);
    assert.equal(await said(/about #/).count(), 0);
    await box().fill(text.replace("{ticket}", "7").replace("{company}", "Acme"));
    await robin.getByText("Held back:").first().waitFor({ state: "detached" });
    await robin.keyboard.press("Control+Enter");
    await said("Hello Ines Moreau of Acme, {oops} about #7.").waitFor();
    await box().fill("I am {me}.");
    await robin.getByRole("button", { name: "Fill in" }).click();
    await becomes(() => box().inputValue(), "I am Robin.");
});

test("on a phone the button opens the list, and a touch inserts, in a note too", async () => {
    await robin.setViewportSize({ width: 360, height: 740 });
    await robin.getByRole("tab", { name: "Note" }).tap();
    await box().fill("Look: ");
    await robin.getByRole("button", { name: "Canned replies", exact: true }).tap();
    await robin.keyboard.type("gree");
    await list().getByRole("option").tap();
    await becomes(() => box().inputValue(), "Look: Hello Ines,\nI look into it.\nRobin");
    assert.deepEqual(robin.errors, []);
    assert.deepEqual(admin.errors, []);
});

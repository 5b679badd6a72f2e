// The pages of administrators in a real browser, on the real programs: first start, sign-in, the
// wizard by the keyboard alone, staff, the audit log, one's own account.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";

import {
    becomes, checkPage, missedByTab, openBrowser, openPage, Programs, TOKEN, until,
} from "./programs.mjs";

const programs = new Programs({}, { isConnected: false });
const EMAIL = "alex@msp.example";
const PASSWORD = "correct horse battery";
const LOOKS = [["light", 1440], ["dark", 360], ["light", 360], ["dark", 1440]];
let browser;
let admin; // a page that is signed in as the administrator
const recovery = []; // the administrator's codes that are not used yet

before(async () => {
    await programs.start();
    browser = await openBrowser();
});

after(async () => {
    await browser?.close();
    await programs.end();
});

const button = (page, name) => page.getByRole("button", { name, exact: true });
const heading = (page, name) => page.getByRole("heading", { name, exact: true });
const field = (page, name) => page.getByLabel(name, { exact: true });
const inDialog = (page) => page.getByRole("dialog");
const toPage = (page, name) => page.getByRole("navigation", { name: "Main menu" })
    .getByRole("link", { name }).click();

// At both widths, in light and dark.
async function check(page, name) {
    for (const [colorScheme, width] of LOOKS) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: width === 360 ? 640 : 900 });
        await checkPage(page, `${name}-${colorScheme}-${width}`);
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1440, height: 900 });
}

// The code that an authenticator app shows for the secret (RFC 6238), `later` steps from now.
function codeOf(secret, later = 0) {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const bits = [...secret].map((c) => letters.indexOf(c).toString(2).padStart(5, "0")).join("");
    const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    const step = Buffer.alloc(8);
    step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
    const hash = createHmac("sha1", key).update(step).digest();
    const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
    return String(number % 1_000_000).padStart(6, "0");
}

// Tab until the element with this name has the focus, in the page or in a frame of it.
async function tabTo(page, name, frame = page) {
    for (let i = 0; i < 60; i++) {
        const here = await frame.evaluate(() => {
            let at = document.activeElement;
            while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            return at?.getAttribute("aria-label") ?? at?.labels?.[0]?.textContent ??
                at?.textContent?.trim() ?? "";
        });
        if (here === name || here.startsWith(`${name} `)) return;
        await page.keyboard.press("Tab");
    }
    throw new Error(`the keyboard does not reach: ${name}`);
}

async function press(page, name, frame = page) {
    await tabTo(page, name, frame);
    await page.keyboard.press("Enter");
}

async function type(page, name, text, frame = page) {
    await tabTo(page, name, frame);
    await page.keyboard.type(text);
}

test("before there is an administrator, the page says how to make one", async () => {
    const page = await openPage(browser);
    await page.goto(`${programs.url}/console`);
    await heading(page, "Parley is not set up yet").waitFor();
    await check(page, "not-set-up");
    assert.deepEqual(page.errors, []);
});

test("the setup link makes the administrator, once", async () => {
    const link = await programs.setupLink();
    admin = await openPage(browser);
    await admin.goto(link);
    await heading(admin, "Set up Parley").waitFor();
    assert.equal(new URL(admin.url()).hash, "");
    await button(admin, "Make the administrator").click();
    await admin.getByText("This is too short.").waitFor();
    await becomes(() => admin.evaluate(() => document.activeElement.name), "name");
    await check(admin, "setup-link");
    await field(admin, "Your name").fill("Alex Admin");
    await field(admin, "Email").fill(EMAIL);
    await field(admin, "New password").fill(PASSWORD);
    await field(admin, "New password, once more").fill(PASSWORD);
    await button(admin, "Make the administrator").click();
    await heading(admin, "Your name and colour").waitFor();
    const other = await openPage(browser);
    await other.goto(link);
    await heading(other, "This link no longer works").waitFor();
    await check(other, "link-used");
    assert.deepEqual([...admin.errors, ...other.errors], []);
});

test("the wizard by the keyboard alone, left and returned to", async () => {
    const page = admin;
    await check(page, "wizard-brand");
    await type(page, "Name of your company", "Brightside IT");
    await press(page, "Next");
    await heading(page, "Choose your PSA").waitFor();
    await check(page, "wizard-psa");
    await press(page, "Next");
    await heading(page, "Connect Syncro").waitFor();
    const focused = await page.evaluate(() => document.activeElement.textContent);
    assert.equal(focused, "Connect Syncro");
    await page.reload();
    await heading(page, "Connect Syncro").waitFor();
    await type(page, "Your Syncro Subdomain", "https://evil.example/");
    await page.getByText("That is another host.").waitFor();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("demo");
    await page.getByText("Account demo at").waitFor();
    await type(page, "API Key", `${TOKEN}x`);
    await press(page, "Save");
    await heading(page, "Save without a good test?").waitFor();
    await page.keyboard.press("Escape");
    await inDialog(page).waitFor({ state: "detached" });
    await page.keyboard.press("Shift+Tab");
    await press(page, "Test Credentials");
    await page.getByText("1 line failed.").last().waitFor();
    await check(page, "wizard-connect-failed");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Shift+Tab");
    await type(page, "API Key", "");
    await page.keyboard.press("Control+A");
    await page.keyboard.type(TOKEN);
    await page.getByText("The fields have changed since this test.").waitFor();
    await press(page, "Test Credentials");
    await page.locator(".trial .box-good").waitFor();
    await check(page, "wizard-connect-good");
    await press(page, "Save");
    await heading(page, "How tickets begin").waitFor();
    await type(page, "Fallback customer", "unsort");
    await page.getByRole("option").first().waitFor();
    await check(page, "wizard-company");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByText("Chosen: Unsorted").waitFor();
    await press(page, "Save and go on");
    await heading(page, "Put the chat on a page").waitFor();
    await check(page, "wizard-widget");
    await press(page, "Next");
    await heading(page, "A first test conversation").waitFor();
    await page.getByText("Waiting for your message").waitFor();
    const inside = await page.waitForSelector("iframe");
    const frame = await inside.contentFrame();
    await frame.waitForURL(/widget-preview/);
    await frame.locator("button.launcher").waitFor();
    await press(page, "Open the chat", frame);
    await type(page, "Your name", "Casey", frame);
    await type(page, "Your email", "casey@nowhere.example", frame);
    await type(page, "What can we help with?", "My first test.", frame);
    await press(page, "Start the chat", frame);
    await page.getByText(/It works: the ticket is #\d+/).waitFor();
    await check(page, "wizard-test");
    const text = await page.getByText(/It works: the ticket is/).textContent();
    const ticket = await programs.ticket(/#(\d+)/.exec(text)[1]);
    assert.match(JSON.stringify(ticket.comments), /My first test\./);
    await button(page, "Next").click();
    await heading(page, "Parley is ready").waitFor();
    await check(page, "wizard-done");
    assert.deepEqual(page.errors, []);
});

test("the connector's page: health, pause, resume", async () => {
    const page = admin;
    await toPage(page, "Connectors");
    await heading(page, "PSAs").waitFor();
    await becomes(() => page.evaluate(() => document.activeElement.tagName), "H1");
    await page.getByRole("link", { name: "Syncro" }).waitFor();
    await check(page, "connectors");
    await page.getByRole("link", { name: "Syncro" }).click();
    await heading(page, "Health").waitFor();
    await page.getByText("Nothing is parked.").waitFor();
    const end = TOKEN.slice(-4);
    await page.locator("dd", { hasText: end }).waitFor();
    await check(page, "connector");
    await button(page, "Pause").click();
    await page.getByText("Nothing waits now.").waitFor();
    await check(page, "connector-pause");
    await button(inDialog(page), "Pause").click();
    await page.getByText("Paused.", { exact: true }).waitFor();
    await button(page, "Resume").click();
    await button(inDialog(page), "Resume").click();
    await button(page, "Pause").waitFor();
    await page.getByRole("link", { name: "Replace key" }).click();
    await page.getByText(`Leave it empty to keep the key that ends with ${end}.`).waitFor();
    await check(page, "connector-key");
    assert.deepEqual(page.errors, []);
});

test("every control of the connector's page is reached by the keyboard", async () => {
    await toPage(admin, "Connectors");
    await admin.getByRole("link", { name: /Syncro/ }).first().click();
    await heading(admin, "Webhook").waitFor();
    await admin.getByText(/How to set it up in Syncro/).click();
    assert.deepEqual(await missedByTab(admin), []);
});

test("a technician is invited, sees only what is theirs, and is disabled", async () => {
    await toPage(admin, "Staff");
    await button(admin, "Add staff").click();
    await check(admin, "staff-add");
    await field(admin, "Name").fill("Terry Tech");
    await field(admin, "Email").fill("terry@msp.example");
    await button(admin, "Add and make a link").click();
    await heading(admin, "A link for Terry Tech").waitFor();
    await check(admin, "staff-link");
    const link = await field(admin, "Link").inputValue();
    await button(admin, "Close").click();
    await check(admin, "staff");

    const page = await openPage(browser);
    await page.goto(link);
    await heading(page, "Welcome to Parley").waitFor();
    assert.equal(new URL(page.url()).hash, "");
    await check(page, "invited");
    await field(page, "New password").fill(PASSWORD);
    await field(page, "New password, once more").fill(PASSWORD);
    await button(page, "Set the password").click();
    const menu = page.getByRole("navigation", { name: "Main menu" });
    await menu.waitFor();
    const items = await menu.getByRole("link").allTextContents();
    assert.deepEqual(items.map((item) => item.replace(/\d.*/, "")),
        ["Inbox", "Search", "Needs attention", "People", "Team", "Reports", "Canned replies",
            "My account"]);
    await page.goto(`${programs.url}/console#/staff`);
    await until(async () => new URL(page.url()).hash === "", "the way back to the inbox");

    await button(admin, "Disable: Terry Tech").click();
    await button(inDialog(admin), "Disable").click();
    await admin.getByText("Terry Tech is disabled.").waitFor();
    await toPage(page, "My account");
    await page.getByText("Your session has ended.").waitFor();
    assert.deepEqual([...page.errors, ...admin.errors], []);
});

test("the audit log has it all, and can be filtered", async () => {
    await toPage(admin, "Audit log");
    await admin.getByRole("cell", { name: "Staff disabled" }).waitFor();
    await check(admin, "audit");
    await field(admin, "Action").selectOption("connector_saved");
    await until(async () => await admin.getByRole("cell", { name: "Staff disabled" })
        .count() === 0, "the filter");
    await admin.getByRole("cell", { name: "Connector saved" }).first().waitFor();
    await field(admin, "Who").fill("nobody at all");
    await admin.getByText("Nothing matches.").waitFor();
    const link = admin.getByRole("link", { name: "Download as CSV" });
    const [file] = await Promise.all([admin.waitForEvent("download"), link.click()]);
    assert.match(file.suggestedFilename(), /\.csv$/);
    assert.deepEqual(admin.errors, []);
});

test("the brand is changed", async () => {
    await toPage(admin, "Settings");
    await field(admin, "Colour").fill("#ffee88");
    await admin.getByText(/Black letters stand on it/).waitFor();
    await check(admin, "settings");
    await button(admin.getByLabel("Brand"), "Save").click();
    await admin.getByText("Saved.").waitFor();
    const brand = await (await fetch(`${programs.url}/v1/brand`)).json();
    assert.deepEqual(brand, { name: "Brightside IT", color: "#ffee88" });
});

test("every control of the settings is reached by the keyboard, and saves", async () => {
    await toPage(admin, "Settings");
    await admin.getByRole("heading", { name: "Files", exact: true }).waitFor();
    await admin.getByRole("heading", { name: "Tickets, as people see them" }).waitFor();
    await admin.waitForLoadState("networkidle");
    assert.deepEqual(await missedByTab(admin), []);
    const files = admin.getByLabel("Files", { exact: true });
    await files.getByRole("button", { name: "Save" }).focus();
    await admin.keyboard.press("Enter");
    await files.getByText(/Saved/).waitFor();
    assert.deepEqual(admin.errors, []);
});

test("the second step is set up, and asked for at sign-in", async () => {
    const page = admin;
    await toPage(page, "My account");
    await page.getByText("this browser", { exact: true }).waitFor();
    await check(page, "me");
    await button(page, "Turn the second step on").click();
    await field(inDialog(page), "Password").fill(PASSWORD);
    await button(page, "Next").click();
    await heading(page, "Scan this with your authenticator app").waitFor();
    await check(page, "totp");
    const secret = (await page.locator(".secret code").textContent()).replace(/\s/g, "");
    await field(page, "Code").fill(codeOf(secret));
    await button(page, "Confirm").click();
    await heading(page, "Your recovery codes").waitFor();
    await check(page, "recovery");
    recovery.push(...await page.locator(".codes code").allTextContents());
    assert.equal(recovery.length, 10);
    await button(page, "I have kept them").click();
    await button(page, "Sign out").click();
    await page.getByText("You are signed out.").waitFor();
    await check(page, "sign-in");
    await field(page, "Email").fill(EMAIL);
    await field(page, "Password").fill("not this one");
    await button(page, "Sign in").click();
    await page.getByText("Email or password is wrong.").waitFor();
    await check(page, "sign-in-wrong");
    await field(page, "Password").fill(PASSWORD);
    await button(page, "Sign in").click();
    await heading(page, "Second step").waitFor();
    await check(page, "second-step");
    await field(page, "Code").fill(codeOf(secret, 500));
    await button(page, "Sign in").click();
    await page.getByText("This code is wrong or has been used.").waitFor();
    await field(page, "Code").fill(codeOf(secret, 1));
    await button(page, "Sign in").click();
    await page.getByRole("navigation", { name: "Main menu" }).waitFor();
    assert.deepEqual(page.errors, []);
});

test("a session that ends brings one back to the same page", async () => {
    const page = admin;
    await toPage(page, "Staff");
    await button(page, "Add staff").waitFor();
    await page.context().clearCookies();
    await toPage(page, "Connectors");
    await page.getByText("Your session has ended.").waitFor();
    await field(page, "Email").fill(EMAIL);
    await field(page, "Password").fill(PASSWORD);
    await button(page, "Sign in").click();
    await button(page, "Use a recovery code").click();
    await field(page, "Recovery code").fill(recovery[0].toLowerCase());
    await button(page, "Sign in").click();
    await heading(page, "PSAs").waitFor();
});

test("who guesses has to wait, and is told how long", async () => {
    const page = await openPage(browser);
    await page.goto(`${programs.url}/console`);
    await field(page, "Email").fill("nobody@msp.example");
    const wait = page.getByText(/You can try again in/);
    // On a slow machine some tries are forgiven meanwhile.
    for (let i = 0; i < 30 && await wait.count() === 0; i++) {
        await field(page, "Password").fill(`guess ${i}`);
        const answer = page.waitForResponse((one) => one.url().endsWith("/v1/sign-in"));
        await button(page, "Sign in").click();
        await answer;
        await page.getByRole("alert").filter({ hasText: /\w/ }).waitFor();
    }
    await wait.waitFor();
    await becomes(() => button(page, "Sign in").getAttribute("aria-disabled"), "true");
    await checkPage(page, "sign-in-locked");
});

// An administrator makes an API token on the stand-in's pages, by the labels of the guide, and
// calls the API with it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { becomes, checkPage, openBrowser, openPage } from "./programs.mjs";

const SEVEN = [
    "Tickets - List/Search",
    "Tickets - View Details",
    "Tickets - Create",
    "Tickets - Edit",
    "Ticket Comments - New",
    "Customers - List/Search",
    "Customers - View Detail",
];
const ADMIN = ["admin@demo.example", "demo-admin"];
const PARLEY = ["parley@demo.example", "demo-parley"];
const TOMASZ = ["tomasz@demo.example", "demo-tomasz"];
const DAY_MS = 24 * 3600 * 1000;

const folder = mkdtempSync(join(tmpdir(), "syncro-pages-"));
const data = join(folder, "data");
let browser, sandbox, origin, control;

async function start() {
    const options = ["--listen", "127.0.0.1:0", "--control", "127.0.0.1:0", "--data", data];
    sandbox = spawn(process.env.BIN_SANDBOX, options, { stdio: ["ignore", "pipe", "inherit"] });
    [, origin, control] = await new Promise((resolve, reject) => {
        let text = "";
        sandbox.stdout.on("data", (part) => {
            const match = /listening (http:\S+) control (http:\S+)/.exec(text += part);
            if (match !== null) resolve(match);
        });
        sandbox.once("exit", (code) => reject(new Error(`ended with ${code}: ${text}`)));
    });
}

async function stop() {
    const over = new Promise((resolve) => sandbox.once("exit", resolve));
    sandbox.kill("SIGTERM");
    assert.equal(await over, 0);
}

before(async () => {
    await start();
    browser = await openBrowser();
});

after(async () => {
    await browser?.close();
    await stop();
    rmSync(folder, { recursive: true, force: true });
});

// At the top right, once signed in; the sign-in page tells the accounts elsewhere.
function username(page, [email]) {
    return page.getByRole("navigation", { name: "Account" }).getByText(email);
}

async function signIn(account, options) {
    const [email, password] = account;
    const page = await openPage(browser, options);
    await page.goto(origin);
    await page.getByRole("link", { name: "Sign In" }).click();
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign In" }).click();
    await username(page, account).waitFor();
    return page;
}

async function openTokens(page, account) {
    await username(page, account).click();
    await page.getByRole("link", { name: "Profile/Password" }).click();
    await page.getByRole("link", { name: "API Tokens" }).click();
    await page.getByRole("heading", { name: "API Tokens" }).waitFor();
}

// From the list of tokens through the page that shows it, where its text is.
async function create(page, name, rights, expiration = "") {
    await page.getByRole("link", { name: "+ New Token" }).click();
    await page.getByRole("link", { name: "Custom Permissions" }).click();
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Expiration").fill(expiration);
    for (const right of rights) await page.getByLabel(right, { exact: true }).check();
    await page.getByRole("button", { name: "Create API Token" }).click();
    return page.getByLabel(`API Token for ${name}`).inputValue();
}

async function call(token, path = "tickets") {
    const answer = await fetch(`${origin}/api/v1/${path}`, {
        headers: { authorization: `Bearer ${token}` },
    });
    return { status: answer.status, body: await answer.text() };
}

function row(page, name) {
    return page.getByRole("listitem").filter({ has: page.getByRole("heading", { name }) });
}

async function skewClock(ms) {
    const fault = { kind: "clock_skew", ms };
    const post = (path, body) =>
        fetch(control + path, { method: "POST", body: JSON.stringify(body) });
    assert.equal((await post("/clear", {})).status, 200);
    if (ms !== 0) assert.equal((await post("/fault", fault)).status, 200);
}

function day(ms) {
    return new Date(ms).toISOString().slice(0, 10);
}

test("an administrator sets up the webhook", async () => {
    const page = await signIn(ADMIN);
    await username(page, ADMIN).click();
    await page.getByRole("link", { name: "Notification Center" }).click();
    await page.getByLabel("Webhook URL").fill("http://127.0.0.1:9/hook");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Tick at least one event.").waitFor();
    await checkPage(page, "syncro-notifications-wrong");
    await page.getByLabel("Ticket - A customer replied to any Ticket").check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    await becomes(() => page.getByLabel("Webhook URL").inputValue(), "http://127.0.0.1:9/hook");
    await page.getByLabel("Webhook URL").fill("");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    assert.deepEqual(page.errors, []);
    await page.context().close();
});

test("the guide is walked by its labels, and the token works", async () => {
    const page = await signIn(PARLEY);
    await openTokens(page, PARLEY);
    await page.getByText("This account has no API tokens yet.").waitFor();
    const token = await create(page, "Parley", SEVEN);
    assert.match(token, /^T[0-9a-f]+-[0-9a-f]+$/);
    await page.getByText("shown only this once").waitFor();
    const shownAt = page.url();
    await page.getByRole("link", { name: "Done" }).click();
    await row(page, "Parley").getByText("Active").waitFor();
    await row(page, "Parley").getByText("7 rights").click();
    for (const right of SEVEN) await row(page, "Parley").getByText(right).waitFor();
    await becomes(() => row(page, "Parley").innerText(), /Last used\s+never/);
    assert.equal((await call(token)).status, 200);
    assert.equal((await call(token, "customers/29140031")).status, 200);
    await page.reload();
    await becomes(() => row(page, "Parley").innerText(), /Last used\s+\d{4}-/);
    await page.goto(shownAt);
    await page.getByText("cannot be shown again").waitFor();
    assert.equal((await page.content()).includes(token), false);
    assert.equal(readFileSync(data, "utf8").includes(token), false);
    assert.deepEqual(page.errors, []);
});

test("a disabled, enabled, expired or deleted token", async (t) => {
    t.after(() => skewClock(0));
    const page = await signIn(ADMIN);
    await openTokens(page, ADMIN);
    const token = await create(page, "Till next week", SEVEN, day(Date.now() + 7 * DAY_MS));
    await page.getByRole("link", { name: "Done" }).click();
    const mine = row(page, "Till next week");
    assert.equal((await call(token)).status, 200);

    await mine.getByRole("button", { name: "Disable" }).click();
    await mine.getByText("Disabled").waitFor();
    assert.deepEqual(await call(token), { status: 401, body: '{"error":"Not authorized"}' });
    await mine.getByRole("button", { name: "Enable" }).click();
    await mine.getByText("Active").waitFor();
    assert.equal((await call(token)).status, 200);

    await skewClock(7 * DAY_MS); // its last day, still
    assert.equal((await call(token)).status, 200);
    await skewClock(8 * DAY_MS);
    assert.equal((await call(token)).status, 401);
    await page.reload();
    await mine.getByText("Expired").waitFor();
    await skewClock(0);
    assert.equal((await call(token)).status, 200);

    await mine.getByRole("link", { name: "Delete" }).click();
    await page.getByRole("heading", { name: "Delete this API token?" }).waitFor();
    await page.getByRole("link", { name: "Keep it" }).click();
    assert.equal((await call(token)).status, 200);
    await mine.getByRole("link", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByText("The token is deleted").waitFor();
    await becomes(() => mine.count(), 0);
    assert.equal((await call(token)).status, 401);
    assert.deepEqual(page.errors, []);
});

test("an account cannot give what it lacks", async () => {
    const page = await signIn(TOMASZ);
    await openTokens(page, TOMASZ);
    await page.getByRole("link", { name: "+ New Token" }).click();
    await page.getByText("This account itself lacks Customers - View Detail").first().waitFor();
    await page.getByRole("link", { name: "Custom Permissions" }).click();
    const edit = page.getByLabel("Tickets - Edit", { exact: true });
    await becomes(() => edit.isDisabled(), true);
    const why = await edit.getAttribute("aria-describedby");
    await becomes(() => page.locator(`#${why}`).innerText(), "This account itself lacks it.");
    // By hand, as if the box had been there.
    await edit.evaluate((box) => { box.disabled = false; });
    await edit.check();
    await page.getByLabel("Tickets - List/Search").check();
    await page.getByLabel("Name").fill("By hand");
    await page.getByRole("button", { name: "Create API Token" }).click();
    const token = await page.getByLabel("API Token for By hand").inputValue();
    await page.getByRole("link", { name: "Done" }).click();
    await row(page, "By hand").getByText("1 right").waitFor();
    assert.equal((await call(token)).status, 200);
    const answer = await fetch(`${origin}/api/v1/tickets/80420011`, {
        method: "PUT",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: '{"status":"Resolved"}',
    });
    assert.equal(answer.status, 401);
    assert.match(await answer.text(), /update your group permissions/);
});

test("what is wrong is said, and what was typed stays", async () => {
    const page = await openPage(browser);
    await page.goto(`${origin}/api_tokens`);
    await page.getByLabel("Email").fill(ADMIN[0]);
    await page.getByLabel("Password").fill("guess");
    await page.getByRole("button", { name: "Sign In" }).click();
    await page.getByRole("alert").getByText("Email or password is wrong").waitFor();
    await becomes(() => page.getByLabel("Email").inputValue(), ADMIN[0]);
    await page.getByLabel("Password").fill(ADMIN[1]);
    await page.getByRole("button", { name: "Sign In" }).click();
    await page.getByRole("heading", { name: "API Tokens" }).waitFor(); // where they wanted to be
    await page.getByRole("link", { name: "+ New Token" }).click();
    await page.getByLabel("Name").fill("No app");
    await page.getByRole("button", { name: "Create API Token" }).click();
    await page.getByRole("alert").getByText("Choose an app").waitFor();
    await page.getByRole("link", { name: "Custom Permissions" }).click();
    await page.getByLabel("Name").fill("Too late");
    await page.getByLabel("Expiration").fill(day(Date.now() - 2 * DAY_MS));
    await page.getByLabel("Tickets - Delete").check();
    await page.getByRole("button", { name: "Create API Token" }).click();
    await page.getByRole("alert").getByText("is past").waitFor();
    await becomes(() => page.getByLabel("Name").inputValue(), "Too late");
    await becomes(() => page.getByLabel("Tickets - Delete").isChecked(), true);
    await username(page, ADMIN).click();
    await page.getByRole("button", { name: "Sign Out" }).click();
    await page.goto(`${origin}/profile`);
    await page.getByRole("heading", { name: "Sign In" }).waitFor();
});

test("the keyboard is enough", async () => {
    const page = await openPage(browser);
    const focused = (text) => page.evaluate((wanted) =>
        document.activeElement?.innerText?.includes(wanted) ||
        document.activeElement?.labels?.[0]?.innerText === wanted, text);
    const tabTo = async (text) => {
        for (let i = 0; i < 60; i++) {
            await page.keyboard.press("Tab");
            if (await focused(text)) return;
        }
        throw new Error(`no way to ${text}`);
    };
    await page.goto(`${origin}/users/sign_in`);
    await page.locator("#email:focus").waitFor();
    await page.keyboard.type(PARLEY[0]);
    await page.keyboard.press("Tab");
    await page.keyboard.type(PARLEY[1]);
    await page.keyboard.press("Enter");
    await username(page, PARLEY).waitFor();
    await page.waitForLoadState(); // with the script that knows Escape
    await tabTo(PARLEY[0]);
    await page.keyboard.press("Enter");
    await tabTo("Profile/Password");
    await page.keyboard.press("Escape");
    await becomes(() => page.getByRole("link", { name: "Profile/Password" }).count(), 0);
    await becomes(() => focused(PARLEY[0]), true);
    await page.keyboard.press("Enter");
    await tabTo("Profile/Password");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "API Tokens" }).waitFor();
    await tabTo("API Tokens");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "+ New Token" }).waitFor();
    await tabTo("+ New Token");
    await page.keyboard.press("Enter");
    await page.getByText("App Permissions").waitFor();
    await page.getByRole("link", { name: "Custom Permissions" }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Tickets - Edit").waitFor();
    await page.locator("#name:focus").waitFor();
    await page.keyboard.type("Keys only");
    await tabTo("Tickets - Edit");
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter"); // sends the form
    await page.getByLabel("API Token for Keys only").waitFor();
    await tabTo("Done");
    await page.keyboard.press("Enter");
    await row(page, "Keys only").getByText("1 right").waitFor();
});

test("tokens outlive a restart, sessions do not", async () => {
    const page = await signIn(PARLEY);
    await openTokens(page, PARLEY);
    const kept = await create(page, "Kept", SEVEN);
    await page.getByRole("link", { name: "Done" }).click();
    const off = await create(page, "Switched off", SEVEN);
    await page.getByRole("link", { name: "Done" }).click();
    const gone = await create(page, "Gone", SEVEN);
    await page.getByRole("link", { name: "Done" }).click();
    await row(page, "Switched off").getByRole("button", { name: "Disable" }).click();
    await row(page, "Gone").getByRole("link", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete" }).click();
    assert.equal((await call(kept)).status, 200);
    await stop();
    await start();
    assert.equal((await call(kept)).status, 200);
    assert.equal((await call(off)).status, 401);
    assert.equal((await call(gone)).status, 401);
    await page.goto(`${origin}/api_tokens`);
    await page.getByRole("heading", { name: "Sign In" }).waitFor();
    await page.getByLabel("Email").fill(PARLEY[0]);
    await page.getByLabel("Password").fill(PARLEY[1]);
    await page.getByRole("button", { name: "Sign In" }).click();
    await becomes(() => row(page, "Kept").innerText(), /Last used\s+\d{4}-/);
    await row(page, "Switched off").getByText("Disabled").waitFor();
    await becomes(() => row(page, "Gone").count(), 0);
});

for (const colorScheme of ["light", "dark"]) {
    for (const width of [360, 1440]) {
        test(`the pages at ${width} px in ${colorScheme}`, async () => {
            const viewport = { width, height: width === 360 ? 640 : 900 };
            const check = (name) => checkPage(page, `syncro-${name}-${colorScheme}-${width}`);
            let page = await openPage(browser, { viewport, colorScheme });
            await page.goto(`${origin}/users/sign_in`);
            await page.getByLabel("Email").fill("nobody@demo.example");
            await page.getByLabel("Password").fill("x");
            await page.getByRole("button", { name: "Sign In" }).click();
            await page.getByRole("alert").waitFor();
            await check("sign-in");
            page = await signIn(TOMASZ, { viewport, colorScheme });
            await page.getByText("Live", { exact: true }).waitFor();
            await username(page, TOMASZ).click();
            await check("menu");
            await page.getByRole("link", { name: "Profile/Password" }).click();
            await page.getByRole("heading", { name: "Tomasz Wilk" }).waitFor();
            await check("profile");
            await page.getByRole("link", { name: "API Tokens" }).click();
            await page.getByRole("link", { name: "+ New Token" }).click();
            await page.getByText("Wallboard").waitFor();
            await check("new-app");
            await page.getByRole("link", { name: "Custom Permissions" }).click();
            await page.getByLabel("Tickets - Edit").waitFor();
            await check("new-custom");
            await page.getByLabel("Name").fill("   ");
            await page.getByRole("button", { name: "Create API Token" }).click();
            await page.getByRole("alert").waitFor();
            await check("new-wrong");
            const name = `A name that is rather long ${colorScheme} ${width}`;
            await page.getByLabel("Name").fill(name);
            await page.getByLabel("Ticket Comments - New").check();
            await page.getByRole("button", { name: "Create API Token" }).click();
            await page.getByRole("button", { name: "Copy" }).click();
            await page.getByText("Copied").waitFor();
            await check("created");
            await page.getByRole("link", { name: "Done" }).click();
            await row(page, name).getByText("1 right").click();
            await row(page, name).getByRole("button", { name: "Disable" }).click();
            await page.getByText("The token is disabled").waitFor();
            await check("tokens");
            await row(page, name).getByRole("link", { name: "Delete" }).click();
            await page.getByRole("heading", { name: "Delete this API token?" }).waitFor();
            await check("delete");
            assert.deepEqual(page.errors, []);
        });
    }
}

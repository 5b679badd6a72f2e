// An administrator makes an API token on the stand-in's pages, by the labels of the guide, and
// calls the API with it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { checkPage, openBrowser, openPage } from "./programs.mjs";

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

async function signIn([email, password], options) {
    const page = await openPage(browser, options);
    await page.goto(origin);
    await page.getByRole("link", { name: "Sign In" }).click();
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign In" }).click();
    await page.getByText(email).waitFor();
    return page;
}

async function openTokens(page, [email]) {
    await page.getByText(email).click();
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
    assert.match(await row(page, "Parley").innerText(), /Last used\s+never/);
    assert.equal((await call(token)).status, 200);
    assert.equal((await call(token, "customers/29140031")).status, 200);
    await page.reload();
    assert.match(await row(page, "Parley").innerText(), /Last used\s+\d{4}-/);
    await page.goto(shownAt);
    await page.getByText("cannot be shown again").waitFor();
    assert.equal((await page.content()).includes(token), false);
    assert.equal(readFileSync(data, "utf8").includes(token), false);
    assert.deepEqual(page.errors, []);
});

// An administrator who has only read the guide: from Syncro's sign-in to a first ticket, through
// the pages alone; then every wrong turn, and the sentence that answers it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import https from "node:https";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { becomes, checkPage, openBrowser, openPage, Programs } from "./programs.mjs";

const SEVEN = [
    "Tickets - List/Search",
    "Tickets - View Details",
    "Tickets - Create",
    "Tickets - Edit",
    "Ticket Comments - New",
    "Customers - List/Search",
    "Customers - View Detail",
];
const LIMITED = { email: "parley@demo.example", password: "demo-parley" };

const programs = new Programs({}, { isConnected: false });
let browser, syncro, desk, first;

before(async () => {
    await programs.start();
    browser = await openBrowser();
});

after(async () => {
    await browser?.close();
    await programs.end();
});

// ---- in Syncro, by the guide's labels ----

async function signInToSyncro() {
    syncro = await openPage(browser);
    await syncro.goto(programs.origin);
    await syncro.getByRole("link", { name: "Sign In" }).click();
    await syncro.getByLabel("Email").fill(LIMITED.email);
    await syncro.getByLabel("Password").fill(LIMITED.password);
    await checkPage(syncro, "01-syncro-sign-in");
    await syncro.getByRole("button", { name: "Sign In" }).click();
    const account = syncro.getByRole("navigation", { name: "Account" });
    await account.getByText(LIMITED.email).click();
    await account.getByRole("link", { name: "Profile/Password" }).click();
    await syncro.getByRole("link", { name: "API Tokens" }).click();
    await syncro.getByRole("heading", { name: "API Tokens" }).waitFor();
}

// From the list of tokens and back to it; the token.
async function makeToken(name, rights = SEVEN, shot = null, expiration = "") {
    await syncro.getByRole("link", { name: "+ New Token" }).click();
    await syncro.getByRole("link", { name: "Custom Permissions" }).click();
    await syncro.getByLabel("Name").fill(name);
    await becomes(() => syncro.getByLabel("Expiration").inputValue(), "");
    await syncro.getByLabel("Expiration").fill(expiration);
    for (const right of rights) await syncro.getByLabel(right, { exact: true }).check();
    if (shot !== null) await checkPage(syncro, `${shot}-syncro-new-token`);
    await syncro.getByRole("button", { name: "Create API Token" }).click();
    const token = await syncro.getByLabel(`API Token for ${name}`).inputValue();
    await syncro.getByRole("link", { name: "Done" }).click();
    await syncro.getByRole("heading", { name: "API Tokens" }).waitFor();
    return token;
}

async function turnToken(name, action) {
    const other = action === "Disable" ? "Enable" : "Disable";
    await syncro.getByRole("button", { name: `${action} ${name}`, exact: true }).click();
    await syncro.getByRole("button", { name: `${other} ${name}`, exact: true }).waitFor();
}

function setSwitch(name, value) {
    return programs.command("set", { name, value });
}

// ---- in Parley ----

const wizard = (name) => desk.getByRole("heading", { level: 1, name });
const next = () => desk.getByRole("button", { name: "Next", exact: true }).click();

async function fill(subdomain, token) {
    await desk.getByLabel("Your Syncro Subdomain").fill(subdomain);
    await desk.getByLabel("API Key", { exact: true }).fill(token);
}

// The line of the test with this label, once the test is over.
async function testCredentials() {
    await desk.getByRole("button", { name: "Test Credentials" }).click();
    await desk.getByRole("button", { name: "Test Credentials" }).waitFor({ timeout: 60_000 });
    const lines = await desk.locator(".trial-step").all();
    const found = {};
    for (const line of lines) {
        const text = line.locator(".trial-text");
        found[await line.locator(".trial-label").textContent()] = {
            word: await line.locator(".trial-word").textContent(),
            text: await text.count() > 0 ? await text.textContent() : "",
        };
    }
    return found;
}

// With SHOTS set, the test alone, for the guide (docs/connect-syncro.md).
async function shootTest(name) {
    if (process.env.SHOTS)
        await desk.locator(".trial").screenshot({ path: join(process.env.SHOTS, `${name}.png`) });
}

function wordsOf(lines) {
    return Object.fromEntries(Object.entries(lines).map(([label, one]) => [label, one.word]));
}

async function openKeyPage() {
    await desk.getByRole("link", { name: "Connectors", exact: true }).click();
    await desk.getByRole("heading", { level: 1, name: "Connectors" }).waitFor();
    await desk.getByRole("link", { name: "Syncro" }).click();
    await desk.getByRole("link", { name: "Replace key" }).click();
    await desk.getByRole("heading", { level: 1, name: "Replace key" }).waitFor();
}

test("the guide is walked from Syncro's sign-in to a first ticket", async () => {
    await signInToSyncro();
    first = await makeToken("Parley", SEVEN, "02");

    desk = await openPage(browser);
    await desk.goto(await programs.setupLink());
    await wizard("Set up Parley").waitFor();
    assert.equal(new URL(desk.url()).hash.includes("setup="), false);
    await desk.getByLabel("Your name").fill("Robin Vale");
    await desk.getByLabel("Email").fill("robin@msp.example");
    for (const name of ["New password", "New password, once more"])
        await desk.getByRole("textbox", { name, exact: true }).fill("seven quiet rivers");
    await checkPage(desk, "03-administrator");
    await desk.getByRole("button", { name: "Make the administrator" }).click();

    await wizard("Your name and colour").waitFor();
    await desk.getByLabel("Name of your company").fill("Harbour IT");
    await checkPage(desk, "04-brand");
    await next();

    await wizard("Choose your PSA").waitFor();
    await desk.getByRole("group", { name: "PSAs" }).getByLabel(/^Syncro/).check();
    await checkPage(desk, "05-psa");
    await next();

    await wizard("Connect Syncro").waitFor();
    for (const right of SEVEN)
        await desk.getByRole("rowheader", { name: right, exact: true }).waitFor();
    await fill("https://demo.syncromsp.com/tickets", first);
    await desk.getByText("Account demo at").waitFor();
    const lines = await testCredentials();
    await checkPage(desk, "06-tested");
    await shootTest("good");
    for (const right of SEVEN.filter((one) => one !== "Ticket Comments - New"))
        assert.equal(lines[right].word, "good", `${right}: ${lines[right].text}`);
    // By the specification a comment needs Tickets - Edit alone, so nothing can prove this one.
    assert.equal(lines["Ticket Comments - New"].word, "could not be proved");
    assert.equal(lines["The API key is accepted"].word, "good");
    await desk.getByRole("button", { name: "Save", exact: true }).click();

    await wizard("How tickets begin").waitFor();
    await desk.reload(); // leaving and returning goes on where one was
    await wizard("How tickets begin").waitFor();
    await desk.getByLabel("Fallback customer").fill("Unsor");
    await desk.getByRole("option", { name: /^Unsorted/ }).click();
    await desk.getByLabel("Status").selectOption("New");
    await desk.getByLabel("Issue type").selectOption("Other");
    await checkPage(desk, "07-defaults");
    await desk.getByRole("button", { name: "Save and go on" }).click();

    await wizard("Put the chat on a page").waitFor();
    await desk.getByText(`${programs.url}/widget.js`).first().waitFor();
    await checkPage(desk, "08-widget");
    await next();

    await wizard("A first test conversation").waitFor();
    const chat = desk.frameLocator("iframe.preview");
    await chat.locator("button.launcher").click();
    await chat.getByLabel("Your name").fill("Ines Moreau");
    await chat.getByLabel("Your email").fill("ines.moreau@northwind.example");
    await chat.getByLabel("What can we help with?").fill("Does this reach you?");
    await chat.getByRole("button", { name: "Start the chat" }).click();
    const filed = desk.getByText(/It works: the ticket is #\d+/);
    await filed.waitFor({ timeout: 30_000 });
    await checkPage(desk, "09-first-ticket");
    const number = /#(\d+)/.exec(await filed.textContent())[1];
    const ticket = await programs.ticket(number);
    assert.match(JSON.stringify(ticket.comments), /Does this reach you\?/);
    await next();
    await wizard("Parley is ready").waitFor();
    await checkPage(desk, "10-ready");
    assert.deepEqual([...desk.errors, ...syncro.errors], []);
});

test("each missing right is named", async () => {
    for (const right of SEVEN) {
        const rest = SEVEN.filter((one) => one !== right);
        const token = await makeToken(`Without ${right}`, rest);
        await openKeyPage();
        await fill("demo", token);
        const lines = await testCredentials();
        const name = `missing-${right.toLowerCase().replace(/[^a-z]+/g, "-")}`;
        await checkPage(desk, `page-${name}`);
        await shootTest(name);
        const { word, text } = lines[right];
        if (right === "Ticket Comments - New") {
            assert.equal(word, "could not be proved");
            continue;
        }
        assert.equal(word, "failed", right);
        assert.match(text, new RegExp(`"${right}" is missing`));
        assert.match(text, /Custom Permissions/);
        const failed = Object.entries(lines).filter(([, one]) => one.word === "failed");
        assert.deepEqual(failed.map(([label]) => label), [right]);
        await desk.getByText(/1 line failed/).last().waitFor();
    }
});

test("a missing Ticket Comments - New is named where Syncro asks for it", async () => {
    await setSwitch("comment-right", "both");
    const rest = SEVEN.filter((one) => one !== "Ticket Comments - New");
    const token = await makeToken("No comments", rest);
    await openKeyPage();
    await fill("demo", token);
    const lines = await testCredentials();
    await setSwitch("comment-right", "edit");
    await shootTest("missing-ticket-comments-new-both");
    assert.equal(lines["Ticket Comments - New"].word, "failed");
    assert.match(lines["Ticket Comments - New"].text, /"Ticket Comments - New" is missing/);
});

// A token that does not work any more was let in before: then the sentence says so.
async function endedSays(name, sentence) {
    await openKeyPage();
    const lines = await testCredentials(); // of the key that is kept
    await checkPage(desk, `page-${name}`);
    await shootTest(name);
    assert.equal(lines["The API key is accepted"].word, "failed");
    assert.match(lines["The API key is accepted"].text, sentence);
}

// The one line that fails.
async function failsWith(name, sentence) {
    const lines = await testCredentials();
    await checkPage(desk, `page-wrong-${name}`);
    await shootTest(`wrong-${name}`);
    const failed = Object.values(lines).filter((one) => one.word === "failed");
    assert.equal(failed.length, 1, `${name}: ${JSON.stringify(wordsOf(lines))}`);
    assert.match(failed[0].text, sentence, name);
}

// What goes wrong before any right: its name, what the sandbox does, the sentence.
const WRONG = [
    ["proxy-page", { fault: { kind: "html" } }, /web page came/],
    ["slow-down", { fault: { kind: "status", status: 429 } }, /too many requests/],
    ["trouble", { fault: { kind: "status", status: 503 } }, /trouble of its own \(503\)/],
    ["cut", { fault: { kind: "reset_before" } }, /broke/],
    ["time-out", { fault: { kind: "delay", ms: 15_000 } }, /did not answer within 10 seconds/],
    ["subdomain", { set: ["unknown-subdomain", "404"] }, /No Syncro account answers/],
    ["subdomain-elsewhere", { set: ["unknown-subdomain", "redirect"] }, /Check the subdomain/],
];

test("each wrong turn has its sentence", async () => {
    for (const [name, { fault, set }, sentence] of WRONG) {
        await openKeyPage();
        await fill("demo", first);
        if (fault !== undefined) await programs.command("fault", { ...fault, times: 1000 });
        if (set !== undefined) await setSwitch(...set);
        await failsWith(name, sentence);
        await programs.command("clear", {});
        if (set !== undefined) await setSwitch(set[0], "off");
    }
});

test("a wrong token and a wrong address are refused", async () => {
    await openKeyPage();
    await fill("demo", "T0123456789abcdef-wrong");
    await failsWith("token", /does not let this API key in/);
    await fill("https://evil.example", first);
    await desk.getByText(/syncromsp\.com/).first().waitFor();
    await desk.locator("[aria-invalid=true]").first().waitFor();
    await checkPage(desk, "wrong-address");
    await becomes(() => desk.getByText("Account demo at").count(), 0);
});

test("a token that has expired is told of", async () => {
    const dayMs = 24 * 3600 * 1000;
    const tomorrow = new Date(Date.now() + dayMs).toISOString().slice(0, 10);
    const token = await makeToken("Until tomorrow", SEVEN, null, tomorrow);
    await openKeyPage();
    await fill("demo", token);
    await testCredentials();
    await desk.getByRole("button", { name: "Save", exact: true }).click();
    await desk.getByRole("heading", { level: 1, name: "Syncro" }).waitFor();
    await programs.command("fault", { kind: "clock_skew", ms: 3 * dayMs });
    await endedSays("token-expired", /let this API key in before.*expired/);
    await programs.command("clear", {});
    await fill("demo", first);
    await testCredentials();
    await desk.getByRole("button", { name: "Save", exact: true }).click();
    await desk.getByRole("heading", { level: 1, name: "Syncro" }).waitFor();
});

test("an untested key is saved only when one insists", async () => {
    await openKeyPage();
    await fill("demo", first);
    await desk.getByRole("button", { name: "Save", exact: true }).click();
    const dialog = desk.getByRole("dialog");
    await dialog.getByText("have not been tested").waitFor();
    await checkPage(desk, "save-untested");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "hidden" });
});

test("a disabled token is told of within a minute, and a new one drains what waited", async () => {
    await turnToken("Parley", "Disable");
    await desk.getByRole("link", { name: "Connectors", exact: true }).click();
    await desk.getByRole("link", { name: "Syncro" }).click();
    await desk.getByText("Nothing is sent just now.").waitFor({ timeout: 75_000 });
    await checkPage(desk, "token-disabled");
    await endedSays("token-disabled-test", /let this API key in before.*disabled/);

    const person = await openPage(browser);
    await person.goto(`${programs.url}/sample`);
    await person.locator("button.launcher").click();
    await person.getByLabel("Your name").fill("Ada Waits");
    await person.getByLabel("Your email").fill("ada@nowhere.example");
    await person.getByLabel("What can we help with?").fill("Said while the token was off.");
    await person.getByRole("button", { name: "Start the chat" }).click();
    await person.getByLabel("Your message").waitFor();

    const second = await makeToken("Parley 2");
    await openKeyPage();
    await fill("demo", second);
    const lines = await testCredentials();
    assert.equal(lines["The API key is accepted"].word, "good");
    await desk.getByRole("button", { name: "Save", exact: true }).click();
    await desk.getByRole("heading", { level: 1, name: "Syncro" }).waitFor();
    await desk.getByText(`ends with ${second.slice(-4)}`).or(desk.getByText(second.slice(-4)))
        .first().waitFor();
    assert.equal((await desk.content()).includes(second), false);
    await person.getByText(/Your ticket is #\d+/).first().waitFor({ timeout: 60_000 });
    await desk.getByText("Working").first().waitFor({ timeout: 30_000 });
    await checkPage(desk, "token-replaced");
    assert.deepEqual(desk.errors, []);
});

test("a connection that is not safe is refused", async (t) => {
    const file = (name) => join(programs.folder, name);
    const subject = ["-subj", "/CN=demo.syncromsp.com", "-days", "2"];
    const out = ["-keyout", file("tls-key"), "-out", file("tls-cert")];
    execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", ...subject, ...out],
        { stdio: "ignore" });
    const server = https.createServer({
        key: readFileSync(file("tls-key")),
        cert: readFileSync(file("tls-cert")),
    }, (request, response) => response.end("never reached"));
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    t.after(() => server.close());
    await programs.killServer();
    programs.origin = `https://127.0.0.1:${server.address().port}`;
    await programs.startServer();
    await openKeyPage();
    await fill("demo", first);
    await failsWith("tls", /no safe connection/);
});

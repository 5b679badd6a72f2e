// The card about email on the page of settings, and the page that letters lead to, in a real
// browser, with a mail server of this file's.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openMailbox } from "./mailbox.mjs";
import { becomes, checkPage, openBrowser, openPage, Programs, until } from "./programs.mjs";

const LOOKS = [["light", 1440], ["dark", 360], ["light", 360], ["dark", 1440]];
let post;
let bare; // without a mail server
let programs;
let browser;

before(async () => {
    post = await openMailbox();
    bare = new Programs({}, { isConnected: false });
    programs = new Programs({
        PARLEY_SMTP_URL: post.url,
        PARLEY_MAIL_FROM: "help@msp.example",
        PARLEY_URL: "http://127.0.0.1",
        PARLEY_MAIL_AFTER_MS: "800",
    }, { isConnected: false });
    await Promise.all([bare.start(), programs.start()]);
    browser = await openBrowser();
});

after(async () => {
    await browser?.close();
    await Promise.all([bare.end(), programs.end()]);
    post.close();
});

async function check(page, name) {
    for (const [colorScheme, width] of LOOKS) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: width === 360 ? 640 : 900 });
        await checkPage(page, `${name}-${colorScheme}-${width}`);
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1440, height: 900 });
}

async function openSettings(of) {
    const page = await openPage(browser);
    await of.openConsole(page, "Ada", "admin");
    await page.getByRole("navigation", { name: "Main menu" })
        .getByRole("link", { name: "Settings" }).click();
    await page.getByRole("heading", { name: "Email", exact: true }).waitFor();
    return { page, card: page.locator("section", { has: page.locator("#mail-heading") }) };
}

test("without a mail server the card says so, and what that means", async () => {
    const { page, card } = await openSettings(bare);
    await card.getByText("No mail server is set").waitFor();
    await card.getByText("nobody writes of answers given here").waitFor();
    await becomes(() => card.getByRole("button").count(), 0);
    await check(page, "mail-off");
    await card.getByLabel("Who writes to people about answers").selectOption("psa");
    await card.getByText("Saved.").waitFor();
    await card.getByText("read or not").waitFor();
    await page.reload();
    await card.getByText("read or not").waitFor();
    assert.deepEqual(page.errors, []);
});

test("a test letter goes, one that is refused is told and given up", async () => {
    const { page, card } = await openSettings(programs);
    await card.getByText("from help@msp.example").waitFor();
    const button = card.getByRole("button", { name: "Send a test letter to me" });
    await button.focus();
    await page.keyboard.press("Enter");
    await card.getByText("The mail server has taken the test letter").waitFor();
    assert.match(post.letters[0], /^Subject: A test letter from /m);
    await check(page, "mail-works");
    post.refuse = true;
    await button.click();
    await card.getByRole("heading", { name: "Letters that were refused" }).waitFor();
    await card.getByText("550 5.1.1 nobody").first().waitFor();
    await check(page, "mail-refused");
    await card.getByRole("button", { name: /^Give up: / }).click();
    await card.getByText("is given up.").waitFor();
    await until(async () => await card.getByRole("listitem").count() === 0, "the empty list");
    assert.deepEqual(page.errors, []);
});

// The newest letter to the address whose subject passes.
async function letterTo(email, subject) {
    const find = () => post.letters.findLast((one) =>
        one.includes(`To: ${email}\r\n`) && subject.test(one));
    await until(() => find() !== undefined, `a letter to ${email}`);
    return find();
}

async function signIn(page, email) {
    const before = post.letters.length;
    await page.getByRole("button", { name: "Sign in", exact: true }).first().click();
    await page.locator("#prove-email").fill(email);
    await page.keyboard.press("Enter");
    const field = page.getByLabel("Code of six digits");
    await field.waitFor();
    await until(() => post.letters.length > before, "the code");
    const letter = await letterTo(email, /^Subject: \d{6} is your code/m);
    await field.fill(/^Subject: (\d{6})/m.exec(letter)[1]);
    await page.keyboard.press("Enter");
    await field.waitFor({ state: "hidden" });
}

async function reply(page, conversation, body) {
    await page.evaluate((frame) => new Promise((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/v1/console`, "parley.v1");
        socket.onopen = () => socket.send(JSON.stringify({ t: "hello", v: 1 }));
        socket.onmessage = ({ data }) => {
            const { t } = JSON.parse(data);
            if (t === "welcome") socket.send(JSON.stringify(frame));
            if (t !== "ack") return;
            socket.close();
            resolve();
        };
    }), { t: "reply", client_id: "mail-test-0001", conversation, body });
}

test("a letter leads to the conversation, if one proves who one is", async () => {
    const ann = "ann@acme.example";
    post.refuse = false;
    const first = await openPage(browser);
    let conversation = "";
    first.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => {
        const frame = JSON.parse(payload);
        if (frame.t === "ack") conversation = frame.conversation;
    }));
    await first.goto(`${programs.url}/c`);
    await first.getByLabel("Your name").fill("Ann");
    await first.getByLabel("Your email").fill(ann);
    await first.getByLabel("What can we help with?").fill("My printer smokes");
    await first.getByRole("button", { name: "Start the chat" }).click();
    await until(() => conversation !== "", "the conversation");
    await first.reload();
    await signIn(first, ann);
    await first.close();
    const staff = await openPage(browser);
    await programs.openConsole(staff, "Robin");
    await reply(staff, conversation, "Pull the plug, please");
    const letter = await letterTo(ann, /answered: My printer smokes/);
    assert.match(letter, /Pull the plug, please/);
    const link = /\/c#conversation=3D([0-9a-f=\r\n-]+?)\r\n\r\n/.exec(letter)[1];
    assert.equal(link.replace(/=\r\n/g, ""), conversation);
    const page = await openPage(browser);
    await page.goto(`${programs.url}/c#conversation=${conversation}`);
    await page.getByRole("button", { name: "Sign in", exact: true }).first().waitFor();
    assert.equal(await page.getByText("Pull the plug").count(), 0);
    await signIn(page, ann);
    await page.getByText("Pull the plug, please").waitFor();
    await page.getByText("My printer smokes").first().waitFor();
    await check(page, "chat-page-opened");
    assert.deepEqual(page.errors, []);
});

test("nothing can be sent, and the card says what to do", async () => {
    const { page, card } = await openSettings(programs);
    post.close();
    await card.getByRole("button", { name: "Send a test letter to me" }).click();
    await card.getByText("no mail server answers at").first().waitFor();
    await check(page, "mail-held");
    assert.deepEqual(page.errors, []);
});

test("the page that letters lead to is the chat over the whole window", async () => {
    const page = await openPage(browser);
    await page.goto(`${programs.url}/c#conversation=01890000-0000-7000-8000-000000000000`);
    const panel = page.getByRole("dialog");
    await panel.waitFor();
    assert.equal((await panel.boundingBox()).height, 900);
    await becomes(() => page.locator("button.launcher").isVisible(), false);
    await page.keyboard.press("Escape");
    await becomes(() => panel.isVisible(), true);
    await check(page, "chat-page");
    assert.deepEqual(page.errors, []);
});

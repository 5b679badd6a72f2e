// People and technicians in a real browser, on the real programs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
    becomes, checkPage, Gap, openBrowser, openPage, Programs, startChat as begin, until,
} from "./programs.mjs";

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

const startChat = (text, options) => begin(browser, programs, text, options);

async function say(page, text) {
    await page.getByLabel("Your message").fill(text);
    await page.keyboard.press("Enter");
}

async function bodiesOf(number) {
    const ticket = await programs.ticket(number);
    const oldestFirst = ticket.comments.sort((a, b) => a.id - b.id);
    return oldestFirst.map((comment) => comment.body).join("\n");
}

function times(text, part) {
    return text.split(part).length - 1;
}

test("a person chats with the keyboard alone, and the ticket has all of it", async () => {
    const page = await openPage(browser);
    await page.goto(`${programs.url}/sample`);
    const focused = () => page.evaluate(() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at?.className ?? "";
    });
    const focusedText = () => page.evaluate(() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at?.textContent ?? "";
    });
    for (let i = 0; i < 30 && !(await focused()).includes("launcher"); i++)
        await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByLabel("Your name").waitFor();
    await page.keyboard.type("Kay Board");
    await page.keyboard.press("Tab");
    await page.keyboard.type("kay@nowhere.example");
    await page.keyboard.press("Tab");
    await page.keyboard.type("My mouse is gone.");
    for (let i = 0; i < 6 && (await focusedText()) !== "Start the chat"; i++)
        await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const banner = page.getByText(/Your ticket is #\d+/).first();
    await banner.waitFor();
    const number = /#(\d+)/.exec(await banner.textContent())[1];
    await page.keyboard.type("It ran away <b>quickly</b>.");
    await page.keyboard.press("Enter");
    await until(async () => (await bodiesOf(number)).includes("quickly"), "the second message");
    assert.match(await bodiesOf(number), /My mouse is gone\./);
    await page.getByText("It ran away <b>quickly</b>.").first().waitFor();
    await page.keyboard.press("Escape");
    await becomes(focused, /launcher/);
    assert.deepEqual(page.errors, []);
});

test("a technician answers, writes a note and sets the status", async () => {
    const page = await startChat("The till is dead.");
    const desk = await openPage(browser);
    await programs.openConsole(desk, "Robin");
    await desk.locator("button.row", { hasText: page.person }).click();
    await desk.getByText("The till is dead.").first().waitFor();
    await desk.keyboard.press("r");
    await desk.keyboard.type("Which till is it?");
    await desk.keyboard.press("Control+Enter");
    await page.getByText("Which till is it?").first().waitFor();
    await desk.getByRole("tab", { name: "Note" }).click();
    await desk.getByLabel("Internal note, only for staff").fill("Third time this week.");
    await desk.getByRole("button", { name: "Save note" }).click();
    await until(async () => (await bodiesOf(page.ticket)).includes("Third time"), "the note");
    const { comments } = await programs.ticket(page.ticket);
    assert.equal(comments.find((one) => one.body.includes("Which till")).hidden, false);
    assert.equal(comments.find((one) => one.body.includes("Third time")).hidden, true);
    await page.reload();
    await page.locator("button.launcher").click();
    await page.getByText("Which till is it?").first().waitFor();
    assert.equal(await page.getByText("Third time this week.").count(), 0);
    await desk.getByLabel("Status").selectOption("In Progress");
    await until(async () => (await programs.ticket(page.ticket)).status === "In Progress",
        "the status");
    await page.getByText("We are working on it").first().waitFor();
    assert.deepEqual([...page.errors, ...desk.errors], []);
});

test("the network drops and returns, and nothing is lost or doubled", async (t) => {
    const gap = new Gap(programs.port);
    const url = await gap.open();
    t.after(() => gap.close());
    const page = await startChat("The printer prints in pink.", { url });
    const desk = await openPage(browser);
    await programs.openConsole(desk, "Robin");
    await desk.locator("button.row", { hasText: page.person }).click();
    gap.cut();
    await say(page, "And in green.");
    await page.getByText("Waiting for the connection").first().waitFor();
    await desk.keyboard.press("r");
    await desk.keyboard.type("Said while you were away.");
    await desk.keyboard.press("Control+Enter");
    await until(async () => (await bodiesOf(page.ticket)).includes("while you were away"),
        "the reply");
    gap.mend();
    await page.getByText("Said while you were away.").first().waitFor();
    await until(async () => (await bodiesOf(page.ticket)).includes("green"), "the message");
    await until(async () => await page.getByText("Waiting for the connection").count() === 0,
        "the state of the message");
    assert.equal(times(await bodiesOf(page.ticket), "And in green."), 1);
    assert.equal(await page.locator(".body", { hasText: "And in green." }).count(), 1);
});

test("the server is killed while somebody writes", async () => {
    const page = await startChat("My screen flickers.");
    await programs.killServer();
    await say(page, "Now it is dark.");
    await programs.startServer();
    await until(async () => (await bodiesOf(page.ticket)).includes("Now it is dark."),
        "the message", 60_000);
    assert.equal(times(await bodiesOf(page.ticket), "Now it is dark."), 1);
});

test("a network that blocks WebSocket", async (t) => {
    const gap = new Gap(programs.port, { blocksWebSocket: true });
    const url = await gap.open();
    t.after(() => gap.close());
    const page = await startChat("We have a strict proxy.", { url });
    await say(page, "Can you read this?");
    await until(async () => (await bodiesOf(page.ticket)).includes("Can you read this?"),
        "the message");
});

test("nobody sees what another person said", async () => {
    const page = await startChat("My secret is 4711.");
    const other = await openPage(browser);
    await other.goto(`${programs.url}/sample`);
    await other.locator("button.launcher").click();
    await other.getByLabel("Your name").waitFor();
    assert.equal(await other.getByText("4711").count(), 0);
    await page.close();
});

test("what comes while the chat is closed is counted", async () => {
    const page = await startChat("The door does not open.");
    await page.locator("button.launcher").click();
    const desk = await openPage(browser);
    await programs.openConsole(desk, "Robin");
    await desk.locator("button.row", { hasText: page.person }).click();
    await desk.keyboard.press("r");
    await desk.keyboard.type("It is the lock.");
    await desk.keyboard.press("Control+Enter");
    await page.getByRole("button", { name: /1 unread message/ }).waitFor();
    await page.locator("button.launcher").click();
    await page.getByText("It is the lock.").first().waitFor();
    await until(async () => await page.getByRole("button", { name: /unread/ }).count() === 0,
        "the count to go");
});

for (const colorScheme of ["light", "dark"]) {
    for (const width of [360, 1440]) {
        test(`the pages at ${width} px in ${colorScheme}`, async () => {
            const viewport = { width, height: width === 360 ? 640 : 900 };
            const page = await startChat("The label printer is upside down.",
                { viewport, colorScheme, reducedMotion: "reduce" });
            await checkPage(page, `widget-${colorScheme}-${width}`);
            const desk = await openPage(browser, { viewport, colorScheme });
            await programs.openConsole(desk, "Robin");
            await desk.locator("button.row", { hasText: page.person }).waitFor();
            await checkPage(desk, `inbox-${colorScheme}-${width}`);
            await desk.locator("button.row", { hasText: page.person }).click();
            await desk.locator(".said", { hasText: "The label printer is upside down." }).waitFor();
            await checkPage(desk, `thread-${colorScheme}-${width}`);
            assert.deepEqual([...page.errors, ...desk.errors], []);
        });
    }
}

test("what comes to another page before its acknowledgement stands there once", async () => {
    const page = await startChat("My chair squeaks.");
    const other = await page.context().newPage();
    let isCut = true;
    await page.route("**/v1/stream", (route) => route.abort());
    await page.routeWebSocket(/chat/, (near) => {
        if (isCut) near.close();
        else near.connectToServer();
    });
    // It can say nothing of its own, and hears no acknowledgement.
    await other.routeWebSocket(/chat/, (near) => {
        const far = near.connectToServer();
        near.onMessage((text) => /"t":"message"/.test(text) || far.send(text));
        far.onMessage((text) => /"t":"ack"/.test(text) || near.send(text));
    });
    const bubble = (at) => at.locator(".message", { hasText: "It squeaks again." });
    const isThere = (at) => bubble(at).and(at.locator(":not(.on-its-way)")).waitFor();
    await page.reload();
    await page.locator("button.launcher").click();
    await say(page, "It squeaks again.");
    await bubble(page).waitFor();
    await other.goto(`${programs.url}/sample`);
    await other.locator("button.launcher").click();
    await bubble(other).and(other.locator(".on-its-way")).waitFor();
    isCut = false;
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await isThere(page);
    await isThere(other);
    assert.equal(await bubble(other).count(), 1);
});

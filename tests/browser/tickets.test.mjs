// My tickets in a real browser: people of two companies, on the real programs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { becomes, checkPage, openBrowser, openPage, Programs, until } from "./programs.mjs";

const NORTHWIND = 29140031;
const COBALT = 29140033;
const jonas = { email: "jonas.feld@northwind.example", name: "Jonas Feld", contact: 5160042,
    customer: NORTHWIND };
const amara = { email: "amara.osei@northwind.example", name: "Amara Osei", contact: 5160043,
    customer: NORTHWIND };
const lena = { email: "lena.park@cobaltfreight.example", name: "Lena Park", contact: 5160048,
    customer: COBALT };
const boss = { email: "boss@northwind.example", name: "Hugo", contact: 0, customer: NORTHWIND,
    how: 2, manager: true };

const programs = new Programs({ PARLEY_MESSAGES_PER_MINUTE: "1000", PARLEY_MESSAGE_BURST: "1000" });
let browser;

before(async () => {
    await programs.start();
    browser = await openBrowser();
    await programs.command("ticket_new", {
        customer_id: NORTHWIND, contact_id: jonas.contact, user_id: 7002, status: "In Progress",
        subject: "The till drawer is stuck", body: "It opens **halfway**.",
        answer: "We come on Monday.", note: "HIDDEN: he is rude", priority: "2 Normal",
    });
    await programs.command("ticket_new", {
        customer_id: NORTHWIND, contact_id: jonas.contact, user_id: 7002, status: "Resolved",
        subject: "A lamp was out", body: "In the cellar.", answer: "It is new.",
        priority: "3 Low",
    });
});

after(async () => {
    await browser?.close();
    await programs.end();
});

async function openList(person, options) {
    const page = await programs.openAs(browser, person, options);
    await page.goto(`${programs.url}/sample`);
    await page.locator("button.launcher").click();
    await page.getByRole("heading", { name: "My tickets" }).waitFor();
    return page;
}

const row = (page, text) => page.locator("button.row", { hasText: text });

test("a ticket that began by phone is found, read and answered", async () => {
    const page = await openList(jonas);
    await row(page, "The till drawer is stuck").waitFor();
    await becomes(() => row(page, "The till drawer").textContent(), /We are working on it/);
    assert.equal(await row(page, "A lamp was out").count(), 0);
    await row(page, "The till drawer is stuck").click();
    await page.getByText("We come on Monday.").waitFor();
    const said = page.locator(".body", { hasText: "It opens halfway." });
    await becomes(() => said.locator("strong").textContent(), "halfway");
    assert.equal(await page.getByText("HIDDEN").count(), 0);
    await page.getByText(/#\d+ · We are working on it · Urgency: Normal/).waitFor();
    const facts = await page.locator(".bar .facts").textContent();
    const number = /#(\d+)/.exec(facts)[1];
    await page.getByLabel("Your message").fill("Monday is late.");
    await page.keyboard.press("Enter");
    await until(async () => (await programs.ticket(number)).comments
        .some((one) => one.body.includes("Monday is late.")), "the comment");
    await page.getByRole("button", { name: "Back to my tickets" }).click();
    await page.getByRole("heading", { name: "My tickets" }).waitFor();
    assert.deepEqual(page.errors, []);
});

test("open and closed ones, words and numbers, nothing found", async () => {
    const page = await openList(jonas);
    await page.getByRole("button", { name: "Closed" }).click();
    await row(page, "A lamp was out").waitFor();
    await becomes(() => row(page, "The till drawer").count(), 0);
    await page.getByLabel("Search by number or words").fill("drawer");
    await page.getByText("Nothing is found.").waitFor();
    await page.getByText("Look among the open ones.").waitFor();
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await row(page, "The till drawer").waitFor();
    await page.getByText("1 ticket", { exact: true }).waitFor();
    await page.getByLabel("Search by number or words").press("Escape");
    await becomes(() => page.getByLabel("Search by number or words").inputValue(), "");
    await becomes(() => page.locator(".panel").isVisible(), true);
    assert.deepEqual(page.errors, []);
});

test("a new ticket has its urgency; it is solved, and then it is not", async () => {
    const page = await openList(amara);
    await page.getByRole("button", { name: "New ticket" }).click();
    await becomes(() => page.getByLabel("Your email").isVisible(), false);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Please write what we can help with.").waitFor();
    await page.getByLabel("Subject").fill("The scale is wrong");
    await page.getByLabel("What can we help with?").fill("It says 7 kg and is empty.");
    await page.getByLabel("How urgent is it?").selectOption("High");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText(/#\d+ · We have it · Urgency: High/).waitFor();
    const number = /#(\d+)/.exec(await page.locator(".bar .facts").textContent())[1];
    const ticket = await programs.ticket(number);
    assert.deepEqual([ticket.subject, ticket.priority, ticket.contact_id],
        ["The scale is wrong", "1 High", amara.contact]);
    await page.getByRole("button", { name: "This is solved" }).click();
    await page.getByText("Amara Osei: this is solved.").waitFor();
    await page.getByText("This ticket is closed.").waitFor();
    await until(async () => (await programs.ticket(number)).status === "Resolved", "the status");
    await page.getByRole("button", { name: "I still need help" }).click();
    await page.getByText("Amara Osei: I still need help.").waitFor();
    await until(async () => (await programs.ticket(number)).status === "Customer Reply",
        "the status");
    await page.getByRole("button", { name: "This is solved" }).waitFor();
    assert.deepEqual(page.errors, []);
});

test("answers are counted until they are read, also over pages of tickets", async () => {
    const page = await openList(lena);
    for (let i = 1; i <= 22; i++) {
        await page.getByRole("button", { name: "New ticket" }).click();
        await page.getByLabel("What can we help with?").fill(`Box ${i} is lost`);
        await page.getByRole("button", { name: "Send" }).click();
        await page.locator(".message.person", { hasText: `Box ${i} is lost` })
            .getByText("Sent").waitFor();
        await page.keyboard.press("Escape");
    }
    await page.getByRole("button", { name: "Show more" }).click();
    await row(page, "Box 1 is lost").waitFor();
    await becomes(() => page.locator(".panel :focus").count(), 1);
    const desk = await openPage(browser);
    await programs.openConsole(desk, "Robin");
    await desk.locator("button.row", { hasText: "Box 2 is lost" }).first().click();
    await desk.getByLabel("Reply").fill("We found box 2.").catch(async () => {
        await desk.keyboard.press("r");
        await desk.keyboard.type("We found box 2.");
    });
    await desk.keyboard.press("Control+Enter");
    await row(page, "Box 2 is lost").getByText("1 unread").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Open the chat, 1 unread message" }).click();
    await row(page, "Box 2 is lost").click();
    await page.getByText("We found box 2.").waitFor();
    await page.getByRole("button", { name: "Back to my tickets" }).click();
    await row(page, "Box 2 is lost").waitFor();
    await until(async () => await page.locator(".count").count() === 0, "nothing unread");
    assert.deepEqual([...page.errors, ...desk.errors], []);
});

test("nobody sees another's; a manager reads the company's", async () => {
    const stranger = await openList(lena);
    await stranger.getByLabel("Search by number or words").fill("drawer");
    await stranger.getByText("Nothing is found.").waitFor();
    const manager = await openList(boss);
    await row(manager, "The till drawer").click();
    await manager.getByText("You can read it; only its owner can write.").waitFor();
    await becomes(() => manager.getByLabel("Your message").isVisible(), false);
    await manager.locator(".message.person .who").getByText("Jonas Feld").first().waitFor();
    assert.deepEqual([...stranger.errors, ...manager.errors], []);
});

test("a link leads to its ticket, and nowhere when it is another's", async () => {
    const page = await openList(jonas);
    await row(page, "The till drawer").click();
    await page.getByText("We come on Monday.").waitFor();
    const id = await page.evaluate((key) => localStorage.getItem(key),
        `parley ${programs.url} conversation`);
    const again = await programs.openAs(browser, jonas);
    await again.goto(`${programs.url}/sample#conversation=${id}`);
    await again.getByText("We come on Monday.").waitFor();
    const other = await programs.openAs(browser, lena);
    await other.goto(`${programs.url}/sample#conversation=${id}`);
    await other.getByText("That ticket is not here any more.").waitFor();
    assert.equal(await other.getByText("We come on Monday.").count(), 0);
    assert.deepEqual([...page.errors, ...again.errors, ...other.errors], []);
});

test("the keyboard alone goes everywhere", async () => {
    const page = await openList(jonas);
    const search = page.getByLabel("Search by number or words");
    await until(() => search.evaluate((one) => one.matches(":focus")), "the focus in the search");
    await page.keyboard.type("drawer");
    await page.getByText("1 ticket", { exact: true }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByText("We come on Monday.").waitFor();
    await page.keyboard.type("By keyboard.");
    await page.keyboard.press("Enter");
    await page.locator(".message.person", { hasText: "By keyboard." }).getByText("Sent").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "My tickets" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.locator("button.launcher:focus").waitFor();
    assert.deepEqual(page.errors, []);
});

for (const colorScheme of ["light", "dark"]) {
    for (const width of [1440, 360]) {
        test(`it reads well in ${colorScheme} at ${width} px`, async () => {
            const name = `tickets-${colorScheme}-${width}`;
            const page = await openList(jonas, { colorScheme, viewport: { width, height: 740 } });
            await row(page, "The till drawer").waitFor();
            await checkPage(page, `${name}-list`);
            await page.getByRole("button", { name: "New ticket" }).click();
            await checkPage(page, `${name}-new`);
            await page.keyboard.press("Escape");
            await page.getByRole("button", { name: "Closed" }).click();
            await row(page, "A lamp was out").click();
            await page.getByText("This ticket is closed.").waitFor();
            await page.getByText("It is new.").waitFor();
            await checkPage(page, `${name}-closed`);
            assert.deepEqual(page.errors, []);
        });
    }
}

test("an administrator says what statuses mean, and people read it", async () => {
    const admin = await openPage(browser);
    await programs.openConsole(admin, "Ada", "admin");
    await admin.getByRole("link", { name: "Settings" }).click();
    await admin.getByLabel("In Progress", { exact: true }).selectOption("It has its time");
    await admin.getByText("Saved.").first().waitFor();
    await admin.getByLabel("“I still need help” sets the status")
        .selectOption("None: it is not offered");
    await admin.getByText("Saved.").first().waitFor();
    await until(async () => {
        const page = await openList(jonas);
        const facts = await row(page, "The till drawer").textContent();
        await page.context().close();
        return facts.includes("It has its time");
    }, "the meaning");
    const page = await openList(jonas);
    await page.getByRole("button", { name: "Closed" }).click();
    await row(page, "A lamp was out").click();
    await page.getByText("Write below if it is not solved.").waitFor();
    await becomes(() => page.getByRole("button", { name: "I still need help" }).count(), 0);
    await checkPage(admin, "statuses");
    assert.deepEqual([...page.errors, ...admin.errors], []);
});

test("a notification comes while nobody looks, and leads to the ticket", async () => {
    const page = await programs.openAs(browser, amara);
    await page.addInitScript(() => {
        window.told = [];
        window.Notification = class {
            static permission = "default";
            static async requestPermission() {
                return (this.permission = "granted");
            }
            constructor(title, { body }) {
                window.told.push({ title, body, note: this });
            }
            close() {}
        };
        let hidden = false;
        window.hide = (yes) => {
            hidden = yes;
            document.dispatchEvent(new Event("visibilitychange"));
        };
        Object.defineProperty(document, "visibilityState",
            { get: () => (hidden ? "hidden" : "visible") });
    });
    await page.goto(`${programs.url}/sample`);
    await page.locator("button.launcher").click();
    await page.getByRole("button", { name: "New ticket" }).click();
    await page.getByLabel("What can we help with?").fill("The bell is mute");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText(/#\d+ · We have it/).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("checkbox", { name: "Tell me here" }).check();
    await page.keyboard.press("Escape");
    await page.evaluate(() => window.hide(true));
    const desk = await openPage(browser);
    await programs.openConsole(desk, "Robin");
    await desk.locator("button.row", { hasText: "The bell is mute" }).first().click();
    await desk.keyboard.press("r");
    await desk.keyboard.type("Ring it.");
    await desk.keyboard.press("Control+Enter");
    await until(() => page.evaluate(() => window.told.length > 0), "the notification");
    const told = await page.evaluate(() => window.told.map(({ title, body }) => [title, body]));
    assert.deepEqual(told, [["There is an answer", "The bell is mute"]]);
    await page.evaluate(() => {
        window.hide(false);
        window.told[0].note.onclick();
    });
    await page.getByText("Ring it.").waitFor();
    // One that is open, in a panel that is closed, counts too.
    await page.locator("button.launcher").click();
    await desk.keyboard.press("r");
    await desk.keyboard.type("Now it is loud.");
    await desk.keyboard.press("Control+Enter");
    await page.getByRole("button", { name: "Open the chat, 1 unread message" }).click();
    await page.getByText("Now it is loud.").waitFor();
    await page.getByRole("button", { name: "Close the chat", exact: true }).first().waitFor();
    assert.deepEqual(page.errors, []);
});

test("who signs out is nobody here", async () => {
    const page = await openList(amara);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("Your name").waitFor();
    await becomes(() => page.getByLabel("Your name").inputValue(), "");
    assert.deepEqual(page.errors, []);
});

// The ticket panel in a real browser: what is set, what meets a change in Syncro, another ticket.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
    becomes, checkPage, openBrowser, openPage, Programs, startChat, until,
} from "./programs.mjs";

const NORTHWIND = 29140031;
const JONAS = 5160042;

const programs = new Programs({ PARLEY_MESSAGES_PER_MINUTE: "1000", PARLEY_MESSAGE_BURST: "1000" });
let browser, console_, person;

before(async () => {
    await programs.start();
    browser = await openBrowser();
    person = await startChat(browser, programs, "The till is dead.");
    console_ = await openPage(browser);
    await programs.openConsole(console_, "Robin");
    await console_.locator(".row", { hasText: person.person }).click();
    await console_.getByText("What the PSA has been told").waitFor();
});

after(async () => {
    await browser?.close();
    await programs.end();
});

const panel = () => console_.locator(".ticket");
const choice = (name) => panel().getByLabel(name, { exact: true });
const ticket = () => programs.ticket(person.ticket);
const inside = async (body) =>
    programs.command("change", { ticket_id: (await ticket()).id, ...body });

test("issue type, technician and due date are set, and stand in the list", async () => {
    await choice("Issue type").selectOption("Hardware");
    await until(async () => (await ticket()).problem_type === "Hardware", "the issue type");
    await choice("Technician").selectOption("Tomasz Wilk");
    await until(async () => (await ticket()).user_id === 7002, "the technician");
    await choice("Due").fill("2027-03-05");
    const { id } = await ticket();
    await until(async () => (await programs.api(`tickets/${id}`)).ticket.due_date
        .startsWith("2027-03-05"), "the due date");
    await panel().getByText("Issue type: Hardware").waitFor();
    await panel().getByText("Technician: Tomasz Wilk").waitFor();
    await panel().getByText(/Due: .*2027/).waitFor();
    await until(async () => (await panel().locator(".choice-pending").count()) === 0, "all filed");
    await console_.reload();
    await panel().getByText("Technician: Tomasz Wilk").waitFor();
    await becomes(() => choice("Due").inputValue(), "2027-03-05");
    await becomes(() => choice("Issue type").inputValue(), "Hardware");
    await checkPage(console_, "console-ticket");
    // What was told of a message leads to it.
    await panel().getByRole("link", { name: "Message 1", exact: true }).click();
    await until(() => console_.evaluate(() => document.activeElement.textContent
        .includes("The till is dead.")), "the message");
});

test("what Syncro does not have yet is shown as pending, and sent again by hand", async () => {
    await programs.command("fault", { kind: "status", status: 422, method: "PUT" });
    await choice("Priority").selectOption("1 High");
    await panel().getByText(/1 High – waits for the PSA/).waitFor();
    await panel().getByRole("button", { name: "Retry" }).waitFor();
    await checkPage(console_, "console-ticket-pending");
    await console_.reload();
    await panel().getByText(/1 High – waits for the PSA/).waitFor();
    await programs.command("clear", {});
    await panel().getByRole("button", { name: "Retry" }).click();
    await until(async () => (await ticket()).priority === "1 High", "the priority");
    await until(async () => (await panel().locator(".choice-pending").count()) === 0, "all filed");
});

test("a change made in Syncro meanwhile is shown, and whose counts is chosen", async () => {
    await inside({ status: "Waiting on Customer" });
    await choice("Status").selectOption("Resolved");
    const card = panel().locator(".conflict");
    await card.getByText("Changed in the PSA meanwhile").waitFor();
    await becomes(async () => (await card.locator("dl").textContent()).replace(/\s+/g, " "),
        "StatusWasNewIs nowWaiting on CustomerWantedResolved");
    assert.equal((await ticket()).status, "Waiting on Customer");
    await checkPage(console_, "console-ticket-conflict");
    await console_.emulateMedia({ colorScheme: "dark" });
    await checkPage(console_, "console-ticket-conflict-dark");
    await console_.emulateMedia({ colorScheme: "light" });
    await card.getByRole("button", { name: "Send it all the same" }).press("Enter");
    await until(async () => (await ticket()).status === "Resolved", "the status");
    await card.waitFor({ state: "detached" });
    await inside({ status: "In Progress" });
    await choice("Status").selectOption("New");
    await card.getByRole("button", { name: "Leave it as it is" }).click();
    await card.waitFor({ state: "detached" });
    assert.equal((await ticket()).status, "In Progress");
    await becomes(() => choice("Status").inputValue(), "In Progress");
});

test("detached, and a new ticket at once", async () => {
    const old = person.ticket;
    await panel().getByRole("button", { name: "Detach from the ticket…" }).click();
    await checkPage(console_, "console-ticket-detach");
    await console_.getByLabel("No ticket, until somebody asks for one").check();
    await console_.getByRole("button", { name: "Detach", exact: true }).click();
    await panel().getByText("This conversation has no ticket.").waitFor();
    await person.getByText(`This conversation goes on without ticket #${old}.`).waitFor();
    await becomes(() => choice("Status").count(), 0);
    // Neither side reads of a ticket that is not there.
    await until(async () => await panel().getByText("Filed", { exact: true }).count() === 0 &&
        await person.locator("header").getByText(/ticket/).count() === 0, "no word of a ticket");
    await panel().getByRole("button", { name: "Make a ticket now" }).click();
    await panel().getByRole("link", { name: /#\d+/ }).waitFor();
    person.ticket = /#(\d+)/.exec(await panel().locator("h2").textContent())[1];
    assert.notEqual(person.ticket, old);
    assert.match((await ticket()).comments[0].body, /The till is dead\./);
});

test("another ticket is searched by words, confirmed and attached", async () => {
    await programs.command("ticket_new", { customer_id: NORTHWIND, contact_id: JONAS,
        user_id: 7002, subject: "The espresso machine hums", body: "Since Monday.",
        answer: "We listen to it." });
    await panel().getByRole("button", { name: "Attach to a ticket…" }).click();
    await console_.getByLabel("Number or words of the ticket").fill("espresso");
    await console_.getByLabel(/The espresso machine hums/).check();
    await console_.getByRole("button", { name: "Attach", exact: true }).click();
    await console_.getByText("The PSA does not say that this ticket is of this person’s company.")
        .waitFor();
    await checkPage(console_, "console-ticket-attach");
    await console_.emulateMedia({ colorScheme: "dark" });
    await console_.setViewportSize({ width: 360, height: 800 });
    await becomes(() => console_.getByRole("button", { name: "Attach all the same" }).isVisible(),
        true);
    await checkPage(console_, "console-ticket-attach-360-dark");
    await console_.emulateMedia({ colorScheme: "light" });
    await console_.setViewportSize({ width: 1440, height: 900 });
    await console_.getByRole("button", { name: "Attach all the same" }).click();
    await console_.getByText("We listen to it.").first().waitFor();
    assert.equal(await person.getByText("We listen to it.").count(), 0);
    assert.equal(await person.getByText("Since Monday.").count(), 0);
    await person.getByText(/This conversation is about ticket #\d+ now\./).waitFor();
    assert.deepEqual(console_.errors, []);
    assert.deepEqual(person.errors, []);
});

test("on a phone", async () => {
    await console_.setViewportSize({ width: 360, height: 800 });
    const to = console_.locator(".to-ticket");
    if (await to.isVisible()) await to.click();
    await panel().getByText("What the PSA has been told").waitFor();
    await checkPage(console_, "console-ticket-360");
    assert.deepEqual(console_.errors, []);
});

// Routing and hours, in a real browser: an administrator says when it is open and who gets what, by
// the keyboard; a technician is away; a person reads when somebody is back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
    becomes, checkPage, openBrowser, openPage, Programs, startChat, until,
} from "./programs.mjs";

const programs = new Programs();
const LOOKS = [["light", 1440], ["dark", 1440], ["light", 360], ["dark", 360]];
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
let browser;
let admin;

before(async () => {
    await programs.start();
    browser = await openBrowser();
    admin = await openPage(browser, { reducedMotion: "reduce", timezoneId: "Europe/Berlin" });
    await programs.openConsole(admin, "Alex", "admin");
    await admin.getByRole("navigation", { name: "Main menu" })
        .getByRole("link", { name: "Routing and hours" }).click();
    await card("Hours").getByText("It is open now.").waitFor();
});

after(async () => {
    await browser?.close();
    await programs.end();
});

const card = (name) => admin.getByRole("region", { name, exact: true });
const field = (name) => admin.getByLabel(name, { exact: true });
const saved = (name) => card(name).getByRole("status").getByText("Saved.").waitFor();
const kept = (what) => admin.evaluate(async (path) =>
    (await (await fetch(path)).json()).value, `/v1/settings/${what}`);

async function check(at, name) {
    for (const [colorScheme, width] of LOOKS) {
        await at.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await at.setViewportSize({ width, height: width === 360 ? 740 : 900 });
        await checkPage(at, `${name}-${colorScheme}-${width}`);
    }
    await at.emulateMedia({ colorScheme: "light" });
    await at.setViewportSize({ width: 1440, height: 900 });
}

test("hours are told by the week, and what is wrong is said at its place", async () => {
    await field("Open").selectOption("By the week");
    await becomes(() => field("Time zone").inputValue(), "Europe/Berlin");
    await field("Monday").fill("8-12");
    await field("What people are told while it is closed").fill("We are back in the morning.");
    await field("Monday").press("Enter");
    await admin.getByText("Monday: write times like 08:00-12:00, 13:00-17:00.").waitFor();
    await becomes(() => admin.evaluate(() => document.activeElement?.id), "field-day-0");

    // Closed for the next hours, whichever day it is: open in three days alone.
    const day = (new Date(Date.now() + 3 * 86_400_000)).getUTCDay();
    await field("Monday").fill("");
    await field(DAYS[(day + 6) % 7]).fill("8:00-12:00, 13:00–17:00");
    await field("Holidays").fill("12-25 Christmas Day\n2027-05-01");
    await card("Hours").getByRole("button", { name: "Save" }).click();
    await saved("Hours");
    await card("Hours").getByText(/^It is closed now, until /).waitFor();
    const hours = await kept("hours");
    assert.deepEqual(hours.days[(day + 6) % 7],
        [{ from: "08:00", to: "12:00" }, { from: "13:00", to: "17:00" }]);
    assert.deepEqual(hours.holidays,
        [{ date: "12-25", name: "Christmas Day" }, { date: "2027-05-01", name: "" }]);

    await field("Holidays").fill("2026-12-25\n\nsome day");
    await card("Hours").getByRole("button", { name: "Save" }).click();
    await card("Hours").getByText(/Holiday 2: a day like 2026-12-25/).waitFor();
    assert.deepEqual((await kept("hours")).holidays.length, 2);
    await field("Holidays").fill("12-25 Christmas Day");
});

test("who gets what", async () => {
    await field("New conversations").selectOption("Are given in turn");
    await field("Open conversations of one technician, at most").fill("many");
    await card("Who gets a conversation").getByRole("button", { name: "Save" }).click();
    await admin.getByText("Write a whole number from 0 to 100.").waitFor();
    await becomes(() => admin.evaluate(() => document.activeElement.name), "limit");
    await field("Open conversations of one technician, at most").fill("4");
    await field("Their email addresses").fill("boss@msp.example, night@msp.example");
    await field("Tell others when nobody has answered, after minutes").fill("15");
    const team = admin.getByRole("group", { name: /^Alex At the console/ });
    await team.getByLabel("Skills").fill("printer, VPN");
    await team.getByLabel("Limit of their own").fill("2");
    await card("Who gets a conversation").getByRole("button", { name: "Save" }).click();
    await saved("Who gets a conversation");
    const routing = await kept("routing");
    assert.equal(routing.mode, "round_robin");
    assert.equal(routing.unanswered_minutes, 15);
    assert.deepEqual(routing.escalate_to, ["boss@msp.example", "night@msp.example"]);
    assert.deepEqual(routing.members.map(({ skills, limit }) => [skills, limit]),
        [[["printer", "VPN"], 2]]);
    await check(admin, "console-routing");
});

test("a person reads when somebody is back, and is told once", async () => {
    const person = await startChat(browser, programs, "Is anybody there?");
    await person.getByText("We are back in the morning.").waitFor();
    await person.locator(".presence").getByText(/^We are back .*20\d\d/).waitFor();
    await becomes(() => person.locator(".presence.here").count(), 0);
    await person.context().close();
});

test("somebody who is away is given nothing; back again they are", async () => {
    await field("Open").selectOption("Always");
    await card("Hours").getByRole("button", { name: "Save" }).click();
    await card("Hours").getByText("It is open now.").waitFor();
    await admin.getByRole("button", { name: "Away" }).click();
    await admin.getByRole("group", { name: /^Alex Away/ }).waitFor();
    await becomes(() => admin.getByRole("button", { name: "Away" }).getAttribute("aria-pressed"),
        "true");
    // Another tab knows, and turns it off with one press; this one follows.
    const other = await admin.context().newPage();
    await other.goto(`${programs.url}/console`);
    const there = other.getByRole("button", { name: "Away" });
    await there.and(other.locator("[aria-pressed=true]")).waitFor();
    const here = admin.getByRole("button", { name: "Away" });
    for (const to of ["false", "true"]) {
        await there.click();
        await here.and(admin.locator(`[aria-pressed=${to}]`)).waitFor();
        await there.and(other.locator(`[aria-pressed=${to}]:enabled`)).waitFor();
    }
    await other.close();
    const person = await startChat(browser, programs, "My keyboard has no letters.");
    await admin.waitForTimeout(1500);
    const given = () => admin.evaluate(() => document.querySelectorAll(".said-act").length);
    await admin.getByRole("link", { name: "Team", exact: true }).click();
    const row = (name) => admin.getByRole("row", { name: new RegExp(`^${name}`) });
    await row("Alex").getByText("Away").waitFor();
    await row("Nobody has them 1 1").waitFor(); // the one of before was given
    await check(admin, "console-team");
    await admin.getByRole("link", { name: /Inbox/ }).click();
    await admin.getByRole("button", { name: /My keyboard has no letters/ }).click();
    await admin.getByRole("log").getByText("My keyboard has no letters.").waitFor();
    assert.equal(await given(), 0);
    await admin.getByRole("button", { name: "Away" }).click();
    await admin.getByRole("log").getByText("Given to Alex").waitFor();
    await until(async () => (await given()) === 1, "one act");
    await person.context().close();
    assert.deepEqual(admin.errors, []);
});

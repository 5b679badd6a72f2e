// Two technicians and three people in five real pages at once: who looks, who writes, who has it;
// replies that cross, drafts, notes that name somebody, two conversations that become one.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
    Programs, checkPage, openBrowser, openPage, sleep, startChat, until,
} from "./programs.mjs";

const programs = new Programs({ PARLEY_MESSAGES_PER_MINUTE: "1000", PARLEY_MESSAGE_BURST: "1000" });
let browser, ada, ben;
const people = [];
// What the server says to Ben while it is held back; null: nothing is.
let hold = null, toBen;

function release() {
    for (const text of hold) toBen.send(text);
    hold = null;
}

before(async () => {
    await programs.start();
    browser = await openBrowser();
    for (const text of ["The till is dead.", "My mouse is gone.", "No mail since noon."])
        people.push(await startChat(browser, programs, text));
    ada = await openPage(browser, { reducedMotion: "reduce" });
    ben = await openPage(browser, { reducedMotion: "reduce" });
    await ben.routeWebSocket(/console/, (near) => {
        const far = near.connectToServer();
        toBen = near;
        near.onMessage((text) => far.send(text));
        far.onMessage((text) => (hold === null ? near.send(text) : hold.push(text)));
    });
    await programs.openConsole(ada, "Ada");
    await programs.openConsole(ben, "Ben");
});

after(async () => {
    await browser?.close();
    await programs.end();
});

const row = (page, person) => page.locator(".row", { hasText: person.person });
const reply = (page) => page.getByLabel(/^Reply to/);
const says = (page, text) => page.locator(".said", { hasText: text });
const acts = (page) => page.locator(".acts");

async function answer(page, text) {
    await reply(page).fill(text);
    await reply(page).press("Control+Enter");
    await says(page, text).locator(".said-sent").waitFor();
}

async function hears(person, text) {
    await person.getByText(text).first().waitFor();
}

test("all five at once: each person hears their own technician", async () => {
    const [first, second, third] = people;
    await Promise.all([row(ada, first).click(), row(ben, second).click()]);
    await Promise.all([acts(ada).getByText("Nobody has it").waitFor(),
        acts(ben).getByText("Nobody has it").waitFor()]);
    await Promise.all([answer(ada, "Is the till plugged in?"),
        answer(ben, "Look behind the desk.")]);
    await Promise.all([hears(first, "Is the till plugged in?"),
        hears(second, "Look behind the desk.")]);
    await Promise.all([acts(ada).getByText("You have it").waitFor(),
        acts(ben).getByText("You have it").waitFor()]);
    assert.equal(await second.getByText("Is the till plugged in?").count(), 0);
    assert.equal(await third.getByText("Look behind the desk.").count(), 0);
    await Promise.all([row(ada, third).click(), row(ben, third).click()]);
    await ada.getByText("Also here: Ben").waitFor();
    await ben.getByText("Also here: Ada").waitFor();
    await reply(ben).pressSequentially("We see");
    await ada.getByText("Ben is writing a reply…").waitFor();
    await third.getByText(/typing|writing/i).first().waitFor();
    await checkPage(ada, "talk-five");
});

test("one takes it, the other takes it over; a note goes with it", async () => {
    const third = people[2];
    await acts(ada).getByRole("button", { name: "Take it", exact: true }).click();
    await acts(ben).getByText("Ada has it").waitFor();
    await acts(ada).getByRole("button", { name: "Give…" }).click();
    await ada.getByLabel("Ben", { exact: true }).check();
    await ada.getByLabel("A note to them").fill("You know the mail server.");
    await ada.getByRole("button", { name: "Give", exact: true }).click();
    await acts(ben).getByText("You have it").waitFor();
    await says(ben, "You know the mail server.").waitFor();
    await acts(ada).getByText("Ben has it").waitFor();
    await acts(ada).getByRole("button", { name: "Take it over" }).click();
    await acts(ben).getByText("Ada has it").waitFor();
    assert.equal(await third.getByText("You know the mail server.").count(), 0);
    await acts(ada).getByRole("button", { name: "Tags…" }).click();
    await ada.getByLabel("Tags, with commas between").fill("mail, urgent");
    await ada.keyboard.press("Enter");
    await acts(ben).getByText("urgent").waitFor();
});

test("a reply that crosses another's is held back, and goes when it is wanted", async () => {
    const third = people[2];
    await reply(ben).fill("It will take an hour.");
    hold = [];
    await answer(ada, "It is back already.");
    await hears(third, "It is back already.");
    await reply(ben).press("Control+Enter");
    await until(() => hold.some((text) => text.includes("crossed")), "the refusal");
    assert.equal(await third.getByText("It will take an hour.").count(), 0);
    release();
    await says(ben, "It is back already.").waitFor();
    await ben.locator(".said-failed", { hasText: "A colleague has answered" }).waitFor();
    await checkPage(ben, "talk-crossed");
    await ben.getByRole("button", { name: "Send again" }).click();
    await says(ben, "It will take an hour.").locator(".said-sent").waitFor();
    await hears(third, "It will take an hour.");
});

test("what is written is on all pages of theirs, and gone once it is said", async () => {
    const [first] = people;
    const cookies = await ada.context().cookies();
    const second = await openPage(browser);
    await second.context().addCookies(cookies);
    await second.goto(`${programs.url}/console`);
    await row(second, first).click();
    await row(ada, first).click();
    await reply(second).pressSequentially("Half a sent");
    await until(async () => await reply(ada).inputValue() === "Half a sent", "the draft");
    await second.close();
    await ada.reload();
    await until(async () => await reply(ada).inputValue() === "Half a sent", "the draft, again");
    await answer(ada, "A whole sentence.");
    await hears(first, "A whole sentence.");
    await ada.reload();
    await says(ada, "A whole sentence.").waitFor();
    await sleep(300);
    assert.equal(await reply(ada).inputValue(), "");
});

test("the person's reading is seen, and what is new is marked", async () => {
    const [, second] = people;
    await row(ben, second).click();
    await answer(ben, "Found it?");
    await ben.locator(".read-at").waitFor();
    await row(ben, people[0]).click();
    await second.getByRole("textbox").last().fill("Yes, thank you!");
    await second.keyboard.press("Enter");
    await row(ben, second).click();
    await ben.locator(".new-from + .said", { hasText: "Yes, thank you!" }).waitFor();
});

test("a note names a colleague, who hears of it", async () => {
    const [, second] = people;
    await row(ada, people[0]).click();
    await row(ben, second).click();
    await ben.getByRole("tab", { name: "Note" }).click();
    await ben.getByLabel("Internal note, only for staff").fill("@Ada, have you seen such a mouse?");
    await ben.getByRole("button", { name: "Save note" }).click();
    await ada.locator("[aria-live]", { hasText: "Ben named you in a note." }).first()
        .waitFor({ state: "attached" });
    await row(ada, second).getByText("Names you").waitFor();
    await row(ada, second).click();
    await row(ada, second).getByText("Names you").waitFor({ state: "detached" });
    assert.equal(await second.getByText("such a mouse").count(), 0);
});

test("sleep, waking, closing and opening", async () => {
    const [, second] = people;
    await acts(ben).getByRole("button", { name: "Snooze…" }).click();
    await checkPage(ben, "talk-snooze");
    await ben.keyboard.press("Enter");
    await acts(ben).getByText(/Asleep until/).waitFor();
    await acts(ben).getByRole("button", { name: "Wake" }).click();
    await acts(ben).getByRole("button", { name: "Close…" }).click();
    await ben.getByRole("button", { name: "Close", exact: true }).click();
    await second.getByText("Ben closed this conversation.").waitFor();
    await acts(ben).getByRole("button", { name: "Reopen" }).click();
    await second.getByText("Ben opened this conversation again.").waitFor();
});

test("two conversations of one person become one, and they go on there", async () => {
    const lena = await programs.openAs(browser, { name: "Lena Roth", email: "lena@roth.example" });
    await lena.goto(`${programs.url}/sample`);
    await lena.locator("button.launcher").click();
    for (const text of ["The lamp flickers.", "The lamp is dark now."]) {
        await lena.getByRole("button", { name: "New ticket" }).click();
        await lena.getByLabel("What can we help with?").fill(text);
        await lena.getByRole("button", { name: /^Start|^Make|^Send/ }).click();
        await ada.locator(".row", { hasText: text }).first().waitFor();
        await lena.getByRole("button", { name: /back|all tickets|my tickets/i }).first().click();
    }
    await lena.locator("button.row", { hasText: "The lamp is dark now." }).click();
    await ada.locator(".row", { hasText: "The lamp is dark now." }).click();
    await ada.locator(".ticket").getByText("The lamp flickers.").waitFor();
    await acts(ada).getByRole("button", { name: "Merge…" }).click();
    await checkPage(ada, "talk-merge");
    await ada.getByRole("button", { name: "Merge", exact: true }).click();
    await ada.getByText("This conversation goes on in another.").waitFor();
    await lena.getByText(/This goes on in your ticket #\d+\./).waitFor();
    await lena.getByRole("textbox").last().fill("Is it the bulb?");
    await lena.keyboard.press("Enter");
    await ada.getByRole("button", { name: "Go there" }).click();
    await says(ada, "Is it the bulb?").waitFor();
    assert.deepEqual([ada.errors, ben.errors, lena.errors], [[], [], []]);
});

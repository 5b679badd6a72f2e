// Two technicians and three people in five real pages at once: who looks, who writes, who has it;
// replies that cross, drafts, notes that name somebody, two conversations that become one.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
    becomes, checkPage, openBrowser, openPage, Programs, say, sleep, startChat, until,
} from "./programs.mjs";

const programs = new Programs({ PARLEY_MESSAGES_PER_MINUTE: "1000", PARLEY_MESSAGE_BURST: "1000" });
let browser, ada, ben;
const people = [];
// What the server says to Ben while it is held back, of that which `held` fits; null: nothing is.
let hold = null, held = /./, toBen;
// What Ben says is lost on the way; the frame of his that the server refuses, once.
let isDead = false, refused = "";
// Ben does not come to the server; of the inbox one row comes first, and the rest by hand.
let isAway = false, rest = null;

function release() {
    for (const text of hold) toBen.send(text);
    hold = null;
    held = /./;
}

function fromBen(near, far, text) {
    const { t, client_id } = JSON.parse(text);
    if (isDead || (t === "inbox" && rest !== null)) return;
    if (t !== refused) {
        far.send(text);
        return;
    }
    refused = "";
    near.send(JSON.stringify({ t: "error", code: "busy", text: "", client_id, retry_ms: 1500 }));
}

function toPage(near, text) {
    const frame = JSON.parse(text);
    if (frame.t === "inbox" && rest !== null) {
        const { conversations } = frame;
        rest = { ...frame, first: false, conversations: conversations.slice(1) };
        near.send(JSON.stringify({ ...frame, conversations: conversations.slice(0, 1),
            after: conversations[0].id }));
    } else if (hold === null || !held.test(text)) {
        near.send(text);
    } else {
        hold.push(text);
    }
}

before(async () => {
    await programs.start();
    browser = await openBrowser();
    for (const text of ["The till is dead.", "My mouse is gone.", "No mail since noon."])
        people.push(await startChat(browser, programs, text));
    ada = await openPage(browser, { reducedMotion: "reduce" });
    ben = await openPage(browser, { reducedMotion: "reduce" });
    await ben.routeWebSocket(/console/, (near) => {
        if (isAway) {
            near.close();
            return;
        }
        const far = near.connectToServer();
        toBen = near;
        near.onMessage((text) => fromBen(near, far, text));
        far.onMessage((text) => toPage(near, text));
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
    await acts(ada).getByRole("button", { name: "Take it", exact: true }).press("Enter");
    await until(() => ada.evaluate(() => document.activeElement.id === "thread-heading"),
        "the focus, when its button is gone");
    await acts(ben).getByText("Ada has it").waitFor();
    await acts(ada).getByRole("button", { name: "Give…" }).click();
    await ada.getByLabel("Ben", { exact: true }).check();
    const note = ada.getByLabel("A note to them");
    await note.pressSequentially("You know the mail server, @b");
    await ada.getByRole("option", { name: "Ben" }).waitFor();
    await checkPage(ada, "talk-give");
    await note.press("Enter");
    await becomes(() => note.inputValue(), "You know the mail server, @Ben ");
    await ada.getByRole("button", { name: "Give", exact: true }).click();
    await acts(ben).getByText("You have it").waitFor();
    await says(ben, "You know the mail server,").waitFor();
    await ben.locator("[aria-live]", { hasText: "Ada named you in a note." }).first()
        .waitFor({ state: "attached" });
    await acts(ada).getByText("Ben has it").waitFor();
    await acts(ada).getByRole("button", { name: "Take it over" }).click();
    await acts(ben).getByText("Ada has it").waitFor();
    assert.equal(await third.getByText("You know the mail server.").count(), 0);
    await acts(ada).getByRole("button", { name: "Tags…" }).click();
    await ada.getByLabel("Tags, with commas between").fill("mail, urgent");
    await ada.keyboard.press("Enter");
    await acts(ben).getByText("urgent").waitFor();
});

test("who took it, and what was written, while one was asked is not passed by", async () => {
    const third = people[2];
    await acts(ben).getByRole("button", { name: "Give…" }).click();
    await ben.getByLabel("Nobody: back to the unassigned").check();
    await acts(ada).getByRole("button", { name: "Give…" }).click();
    await ada.getByLabel("Ben", { exact: true }).check();
    await ada.getByRole("button", { name: "Give", exact: true }).click();
    await ben.locator(".acts-has", { hasText: "You have it" }).waitFor();
    await ben.getByRole("button", { name: "Give", exact: true }).click();
    await ben.getByText("Changed meanwhile: You have it.").waitFor();
    await ben.keyboard.press("Escape");
    await acts(ben).getByRole("button", { name: "Close…" }).click();
    await third.getByRole("textbox").last().fill("Now the calendar, too.");
    await third.keyboard.press("Enter");
    await row(ben, third).getByText("Now the calendar, too.").waitFor();
    await ben.getByRole("button", { name: "Close", exact: true }).click();
    await ben.getByText(`${third.person} has written meanwhile.`).waitFor();
    await checkPage(ben, "talk-close-written");
    await ben.keyboard.press("Escape");
    // What Ben has not heard of yet, the server knows.
    hold = [];
    held = /"t":"(summary|messages|team)"/;
    await acts(ada).getByRole("button", { name: "Take it over" }).click();
    await acts(ada).getByText("You have it").waitFor();
    await acts(ben).getByRole("button", { name: "Give…" }).click();
    await ben.getByLabel("Nobody: back to the unassigned").check();
    await ben.getByRole("button", { name: "Give", exact: true }).click();
    await ben.locator(".notice", { hasText: "Somebody else was first." }).waitFor();
    await checkPage(ben, "talk-refused");
    release();
    await ben.locator(".notice").getByRole("button", { name: "Close" }).press("Enter");
    await ben.locator(".notice").waitFor({ state: "detached" });
    await becomes(() => ben.evaluate(() => document.activeElement.id), "thread-heading");
    await acts(ben).getByText("Ada has it").waitFor();
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

for (const kind of ["reply", "note"])
    test(`a ${kind} that comes before its acknowledgement stands there once`, async () => {
        const body = `Now it stays, by ${kind}.`;
        hold = [];
        held = /"t":"ack"/;
        if (kind === "note") await ben.getByRole("tab", { name: "Note" }).click();
        await (kind === "note" ? ben.getByLabel(/^Internal note/) : reply(ben)).fill(body);
        await ben.locator(`.main-${kind}`).click();
        const isSaid = ({ seq }) => seq > 0; // not that of the draft
        await until(() => hold.map((text) => JSON.parse(text)).some(isSaid), "the acknowledgement");
        const { conversation, client_id, seq, at } =
            hold.map((text) => JSON.parse(text)).find(isSaid);
        const from = kind === "note" ? "note" : "staff";
        toBen.send(JSON.stringify({ t: "messages", conversation, more: false, messages: [
            { seq, id: conversation, from, name: "Ben", body, at, client_id }] }));
        await ben.locator(".said-unsent", { hasText: body }).waitFor({ state: "detached" });
        assert.equal(await says(ben, body).count(), 1);
        release();
        assert.equal(await says(ben, body).count(), 1);
        if (kind === "note") await ben.getByRole("tab", { name: "Reply" }).click();
    });

test("also where the server could not take it at once, or nothing is here yet", async () => {
    const third = people[2];
    await reply(ben).fill("Try again later.");
    refused = "reply";
    await reply(ben).press("Control+Enter");
    await until(() => refused === "", "the refusal");
    await answer(ada, "It is here to stay.");
    const failed = ben.locator(".said-failed", { hasText: "A colleague has answered" });
    await failed.getByRole("button", { name: "Edit" }).click();
    await failed.waitFor({ state: "detached" });
    hold = [];
    held = /"t":"messages"/;
    await ben.reload();
    await until(async () => await reply(ben).inputValue() === "Try again later.", "the draft");
    await acts(ben).waitFor();
    await reply(ben).press("Control+Enter");
    await failed.waitFor();
    release();
    await says(ben, "It is here to stay.").waitFor();
    assert.equal(await third.getByText("Try again later.").count(), 0);
    await failed.getByRole("button", { name: "Edit" }).click();
    await reply(ben).fill("");
});

test("what is written outlives a dead line, a full disk, and a reload", async () => {
    await reply(ben).pressSequentially("Half");
    await sleep(1000);
    isDead = true;
    await reply(ben).pressSequentially(" and half");
    await sleep(1000);
    isDead = false;
    await toBen.close();
    await ben.locator("[aria-live]", { hasText: "Connected again." }).first()
        .waitFor({ state: "attached" });
    await sleep(500);
    await becomes(() => reply(ben).inputValue(), "Half and half");
    refused = "draft";
    await reply(ben).pressSequentially(" again");
    await until(() => refused === "", "the refusal");
    await sleep(2000);
    await ben.evaluate(() => sessionStorage.clear());
    await ben.reload();
    await until(async () => await reply(ben).inputValue() === "Half and half again", "the draft");
    await reply(ben).press("End");
    await ben.keyboard.type("!");
    await ben.reload();
    await acts(ben).waitFor();
    await sleep(500);
    await becomes(() => reply(ben).inputValue(), "Half and half again!");
    await reply(ben).fill("");
});

test("one of the links to messages is in the tab order, arrows go to the others", async () => {
    const links = ben.locator(".said-link");
    const last = await links.count() - 1;
    assert.ok(last > 1);
    await becomes(() => ben.locator(".said-link[tabindex='0']").count(), 1);
    await links.nth(last).focus();
    await ben.keyboard.press("ArrowUp");
    await becomes(() => links.nth(last - 1).evaluate((one) => document.activeElement === one),
        true);
    await ben.keyboard.press("Home");
    await becomes(() => links.first().evaluate((one) => document.activeElement === one), true);
    await becomes(() => ben.locator(".said-link[tabindex='0']").count(), 1);
});

test("after a break the rows stay until all are here, and what came is told", async () => {
    const rows = ben.locator("button.row");
    const before = await rows.count();
    await ben.evaluate(() => {
        window.tones = 0;
        OscillatorNode.prototype.start = () => window.tones++;
    });
    isAway = true;
    await toBen.close();
    await say(browser, programs, [["Noa Blau", "noa@nowhere.example", "The door is stuck."]]);
    rest = {};
    isAway = false;
    await until(() => rest.t === "inbox", "the first piece");
    await sleep(300);
    await becomes(() => rows.count(), before + 1); // who waits comes first
    toBen.send(JSON.stringify(rest));
    rest = null;
    await ben.locator(".row", { hasText: "Noa Blau" }).waitFor();
    await until(() => ben.evaluate(() => window.tones > 0), "the sound");
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
    await ada.reload();
    await until(async () => await reply(ada).inputValue() === "Half a sent", "the draft, again");
    await answer(ada, "A whole sentence.");
    await hears(first, "A whole sentence.");
    await until(async () => await reply(second).inputValue() === "", "the draft, gone there too");
    await second.close();
    await ada.reload();
    await says(ada, "A whole sentence.").waitFor();
    await sleep(300);
    await becomes(() => reply(ada).inputValue(), "");
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
    await reply(ada).fill("Yes.");
    await reply(ada).press("Control+Enter");
    await ada.locator(".said-failed", { hasText: "goes on in another" }).waitFor();
    await ada.getByRole("button", { name: "Go there" }).click();
    await says(ada, "Is it the bulb?").waitFor();
    assert.deepEqual([ada.errors, ben.errors, lena.errors], [[], [], []]);
});

test("who has said it writes no more", async () => {
    const [, second] = people;
    await Promise.all([row(ada, second).click(), row(ben, second).click()]);
    await ada.getByText("Also here: Ben").waitFor();
    await reply(ada).pressSequentially("It is in");
    await ben.getByText("Ada is writing a reply…").waitFor();
    await reply(ada).press("Control+Enter");
    await says(ben, "It is in").waitFor();
    assert.equal(await ben.getByText("Ada is writing a reply…").count(), 0);
});

// Ten people chat in a browser while the server is killed fifty times (ten with TEST_QUICK).
import assert from "node:assert/strict";
import { test } from "node:test";

import { Programs, openBrowser, openPage, sleep, until } from "./programs.mjs";

const PEOPLE = 10;
const KILLS = process.env.TEST_QUICK ? 10 : 50;
const DRAIN_MS = 280_000; // what crashes have spent of the rate limit comes back after 150 s

class Person {
    constructor(number) {
        this.name = `Person ${String(number).padStart(2, "0")}`;
        this.email = `person${number}@nowhere.example`;
        this.said = [];
    }

    next() {
        const count = String(this.said.length + 1).padStart(3, "0");
        this.said.push(`${this.name} says ${count}.`);
        return this.said.at(-1);
    }

    async enter(browser, url) {
        this.page = await openPage(browser, { viewport: { width: 400, height: 700 } });
        await this.page.goto(`${url}/sample`);
        await this.page.locator("button.launcher").click();
        await this.page.getByLabel("Your name").fill(this.name);
        await this.page.getByLabel("Your email").fill(this.email);
        await this.page.getByLabel("What can we help with?").fill(this.next());
        await this.page.getByRole("button", { name: "Start the chat" }).click();
        await this.page.getByLabel("Your message").waitFor();
    }

    async chatUntil(isOver) {
        while (!isOver()) {
            await this.page.getByLabel("Your message").fill(this.next());
            await this.page.keyboard.press("Enter");
            await sleep(300 + 900 * Math.random());
        }
    }

    // What the page shows after it was loaded anew: what the server has.
    async shown() {
        await this.page.reload();
        await this.page.locator("button.launcher").click();
        await until(async () => (await this.bodies()).length >= this.said.length, "the messages");
        return this.bodies();
    }

    bodies() {
        return this.page.locator(".body").allTextContents();
    }
}

function filed(tickets, name) {
    const says = `${name} says`;
    const own = tickets.filter((ticket) => JSON.stringify(ticket.comments).includes(says));
    const comments = own.flatMap((ticket) => [...ticket.comments].sort((a, b) => a.id - b.id));
    const said = comments.flatMap((one) => one.body.match(/Person \d\d says \d{3}\./g) ?? []);
    return { tickets: own.length, said };
}

test("ten people chat while the server is killed", { timeout: 600_000 }, async (t) => {
    const programs = new Programs({ PARLEY_MESSAGES_PER_MINUTE: "600" });
    t.after(() => programs.end());
    await programs.start();
    const browser = await openBrowser();
    t.after(() => browser.close());
    const people = Array.from({ length: PEOPLE }, (_, i) => new Person(i + 1));
    await Promise.all(people.map((person) => person.enter(browser, programs.url)));
    let isOver = false;
    const chats = people.map((person) => person.chatUntil(() => isOver));
    for (let kill = 0; kill < KILLS; kill++) {
        await sleep(100 + 900 * Math.random());
        await programs.killServer();
        await programs.startServer();
    }
    isOver = true;
    await Promise.all(chats);
    for (const person of people) {
        const waits = person.page.getByText(/^(Sending…|Waiting for the connection|Goes out.*)$/);
        await until(async () => await waits.count() === 0, `${person.name} acknowledged`, 90_000);
        assert.deepEqual(await person.shown(), person.said);
    }
    const state = async () => (await (await fetch(`${programs.control}/state`)).json()).tickets;
    await until(async () => {
        const tickets = await state();
        return people.every(({ name, said }) => filed(tickets, name).said.length >= said.length);
    }, "all of it in Syncro", DRAIN_MS);
    const tickets = await state();
    for (const { name, said } of people)
        assert.deepEqual(filed(tickets, name), { tickets: 1, said });
});

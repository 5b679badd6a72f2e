// The stand-in's live page: what a technician, and a customer by email, do in Syncro.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, test } from "node:test";

import { checkPage, openBrowser, openPage, until } from "./programs.mjs";

let browser, sandbox, origin, control;

before(async () => {
    const options = ["--listen", "127.0.0.1:0", "--control", "127.0.0.1:0"];
    sandbox = spawn(process.env.BIN_SANDBOX, options, { stdio: ["ignore", "pipe", "inherit"] });
    [, origin, control] = await new Promise((resolve, reject) => {
        let text = "";
        sandbox.stdout.on("data", (part) => {
            const match = /listening (http:\S+) control (http:\S+)/.exec((text += part));
            if (match !== null) resolve(match);
        });
        sandbox.once("exit", (code) => reject(new Error(`ended with ${code}: ${text}`)));
    });
    browser = await openBrowser();
});

after(async () => {
    await browser?.close();
    const over = new Promise((resolve) => sandbox.once("exit", resolve));
    sandbox.kill("SIGTERM");
    assert.equal(await over, 0);
});

function card(page, number) {
    return page.locator(`article[data-number="${number}"]`);
}

async function state() {
    return (await fetch(`${control}/state`)).json();
}

async function ticket(number) {
    return (await state()).tickets.find((one) => one.number === number);
}

test("a ticket is made by phone, answered, edited, hidden, replied to and merged", async () => {
    const page = await openPage(browser);
    await page.goto(origin);
    await page.getByText("New ticket by phone or email").click();
    const made = page.locator("#new");
    await made.getByLabel("Contact").selectOption({ label: "Owen Hart, Fernhill Optics" });
    await made.getByLabel("Subject").fill("Lamp is dark");
    await made.getByLabel("Description").fill("The lamp in room 2 stays dark.");
    await made.getByLabel("First answer").fill("We bring a new one.");
    await made.getByRole("button", { name: "Create ticket" }).click();
    const one = card(page, 1016);
    await one.getByText("We bring a new one.").waitFor();
    await page.getByText("Emails to customers: 1").waitFor();

    const answer = one.getByRole("listitem").filter({ hasText: "We bring a new one." });
    await answer.getByRole("button", { name: "Edit" }).click();
    await one.getByLabel("Comment").fill("We bring two.");
    await one.getByRole("button", { name: "Save comment" }).click();
    const edited = one.getByRole("listitem").filter({ hasText: "We bring two." });
    await edited.getByRole("button", { name: "Hide" }).click();
    await edited.getByRole("button", { name: "Show to the customer" }).waitFor();

    await one.getByLabel("Comment").fill("Thank you");
    await one.getByRole("button", { name: "Reply as the customer" }).click();
    await one.getByText("Customer Reply", { exact: true }).first().waitFor();
    await one.getByLabel("Assignee").selectOption({ label: "Aiko Brandt" });
    await until(async () => (await ticket(1016)).user_id === 7003, "the new assignee");
    const thanks = one.getByRole("listitem").filter({ hasText: "Thank you" });
    await thanks.getByRole("button", { name: "Delete" }).click();
    await thanks.waitFor({ state: "detached" });

    await one.getByText("More", { exact: true }).click();
    await one.getByLabel("Merge into number").fill("1");
    await one.getByRole("button", { name: "Merge" }).click();
    await one.getByText("There is no ticket of that number").waitFor();
    await one.getByLabel("Merge into number").fill("1011");
    await one.getByRole("button", { name: "Merge" }).click();
    await one.waitFor({ state: "detached" });
    await card(page, 1011).getByText("The lamp in room 2 stays dark.").waitFor();
    assert.equal(await ticket(1016), undefined);
    assert.deepEqual(page.errors, []);
    await page.context().close();
});

test("the page has no command for what is the stand-in's own", async () => {
    for (const name of ["token", "fault", "clear", "set", "webhook", "nothing"]) {
        const answer = await fetch(`${origin}/sandbox/do/${name}`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: "{}",
        });
        assert.equal(answer.status, 404, name);
    }
});

for (const [name, options] of [
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["narrow", { viewport: { width: 360, height: 740 } }],
])
    test(`the page is accessible: ${name}`, async () => {
        const page = await openPage(browser, options);
        await page.goto(origin);
        await card(page, 1001).waitFor();
        await page.getByText("New ticket by phone or email").click();
        await page.getByText("Emails to customers").click();
        await card(page, 1013).getByText("More", { exact: true }).click();
        await checkPage(page, `sandbox-page-${name}`);
        await page.context().close();
    });

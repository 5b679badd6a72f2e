// What comes after a conversation, in real browsers: its person rates it and gets what was said by
// email; staff see the one and can send the other.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openMailbox } from "./mailbox.mjs";
import { becomes, checkPage, openBrowser, openPage, Programs, until } from "./programs.mjs";

const NORTHWIND = 29140031;
const INES = { email: "ines.moreau@northwind.example", name: "Ines Moreau", contact: 5160041,
    customer: NORTHWIND };

let post, programs, browser, person, staff;

before(async () => {
    post = await openMailbox();
    programs = new Programs({
        PARLEY_SMTP_URL: post.url, PARLEY_MAIL_FROM: "help@msp.example",
        PARLEY_URL: "http://127.0.0.1", PARLEY_MAIL_AFTER_MS: "800",
    });
    await programs.start();
    browser = await openBrowser();
    person = await programs.openAs(browser, INES, { reducedMotion: "reduce" });
    await person.goto(`${programs.url}/sample`);
    await person.locator("button.launcher").click();
    await person.getByRole("button", { name: "New ticket" }).click();
    await person.getByLabel("What can we help with?").fill("The oven is cold.");
    await person.getByRole("button", { name: "Send", exact: true }).click();
    staff = await openPage(browser);
    await programs.openConsole(staff, "Robin");
    await staff.locator(".row", { hasText: "The oven is cold." }).click();
});

after(async () => {
    await browser?.close();
    await programs.end();
    post?.close();
});

const part = () => person.locator(".after");
const panel = () => staff.locator(".ticket");

async function looks(page, name, ready) {
    for (const [colorScheme, width] of [["light", 1440], ["dark", 360]]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: width === 360 ? 640 : 900 });
        await ready?.(width);
        await checkPage(page, `${name}-${colorScheme}-${width}`);
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1440, height: 900 });
}

test("a person rates what is closed, by keyboard, and changes it", async () => {
    await person.getByText("The oven is cold.").last().waitFor();
    await becomes(() => part().isVisible(), false);
    await panel().getByText("Not rated").waitFor();
    await staff.getByRole("button", { name: "Close…" }).or(
        staff.getByRole("button", { name: "Close …" })).first().click();
    await staff.getByRole("dialog").getByRole("button", { name: /^Close/ }).last().click();
    await part().getByText("How was our help?").waitFor();
    await part().getByRole("radio", { name: "1 of 5: very bad" }).focus();
    await person.keyboard.press("ArrowRight");
    await person.keyboard.press("ArrowRight");
    await person.keyboard.press("ArrowRight");
    await becomes(() => part().getByRole("radio", { checked: true }).getAttribute("aria-label"),
        "4 of 5: good");
    await looks(person, "widget-rate");
    await part().getByLabel("Anything to add?").fill("Quick, and kind.");
    await part().getByRole("button", { name: "Send rating" }).press("Enter");
    await part().getByText("Thank you. You gave 4 of 5: “Quick, and kind.”").waitFor();
    await staff.getByText("Ines Moreau rated this 4 of 5: good “Quick, and kind.”").waitFor();
    await panel().getByText("4 of 5: good").waitFor();
    await panel().getByText("“Quick, and kind.”").waitFor();
    await part().getByRole("button", { name: "Change it" }).click();
    await part().getByRole("radio", { name: "2 of 5: bad" }).check({ force: true });
    await part().getByRole("button", { name: "Send rating" }).click();
    await panel().getByText("2 of 5: bad").waitFor();
    await person.reload();
    await person.locator("button.launcher").click();
    await part().getByText("You gave 2 of 5: “Quick, and kind.”").waitFor();
    await looks(person, "widget-rated");
});

test("what was said goes by email, asked for by the person or by staff", async () => {
    await part().getByRole("button", { name: "Email me what was said" }).click();
    await part().getByText(`It is on its way to ${INES.email}.`).waitFor();
    await until(() => post.letters.length === 1, "the letter");
    assert.match(post.letters[0], new RegExp(`^To: ${INES.email}\r$`, "m"));
    assert.match(post.letters[0], /The oven is cold\./);
    await staff.getByRole("log").getByText("Ines Moreau had what was said sent by email").waitFor();
    const button = panel().getByRole("button", { name: "Email what was said" });
    post.refuse = true;
    await button.press("Enter");
    await panel().getByText("It is on its way.").waitFor();
    await staff.getByRole("log").getByText("Robin had what was said sent to the person by email")
        .waitFor();
    await looks(staff, "console-after", async (width) => {
        if (width === 360) await staff.locator(".to-ticket").click();
        await button.scrollIntoViewIfNeeded();
    });
    assert.deepEqual(person.errors, []);
    assert.deepEqual(staff.errors, []);
});

// Files in a real browser: chosen, pasted and dropped, shown on both sides, refused in words.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
    Gap, Programs, checkPage, openBrowser, openPage, startChat as begin, until,
} from "./programs.mjs";

// One pixel.
const PNG = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg" +
    "gg==", "base64");
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

async function openDesk(page) {
    const desk = await openPage(browser);
    await programs.openConsole(desk, "Robin");
    await desk.locator("button.row", { hasText: page.person }).click();
    await desk.getByRole("tab", { name: "Note" }).waitFor();
    return desk;
}

const composer = (page) => page.locator(".composer");
const send = (page) => page.getByLabel("Your message").press("Enter");
const choose = (page, ...files) => composer(page).locator("input[type=file]").setInputFiles(files);

// As a paste or a drop brings them.
const give = (page, ...what) => page.getByLabel("Your message").evaluate((field, [how, file]) => {
    const data = new DataTransfer();
    data.items.add(new File(["what was given"], file, { type: "text/plain" }));
    const more = { bubbles: true, cancelable: true, composed: true };
    field.dispatchEvent(how === "paste"
        ? new ClipboardEvent("paste", { ...more, clipboardData: data })
        : new DragEvent("drop", { ...more, dataTransfer: data }));
}, what);

for (const colorScheme of ["light", "dark"])
    for (const width of [360, 1440])
        test(`a picture and a text, at ${width} px in ${colorScheme}`, async () => {
            const page = await startChat("It looks like this.",
                { colorScheme, viewport: { width, height: 780 } });
            await choose(page, { name: "screen.png", mimeType: "image/png", buffer: PNG },
                { name: "log of today.txt", mimeType: "text/plain",
                    buffer: Buffer.from("line 1") });
            await page.getByRole("button", { name: "Remove screen.png" }).waitFor();
            await page.getByLabel("Your message").fill("See both.");
            await send(page);
            const log = page.getByRole("log");
            await log.locator("img").first().waitFor();
            await log.getByText("log of today.txt").waitFor();
            await checkPage(page, `files-${colorScheme}-${width}`);
            const [saved] = await Promise.all([page.waitForEvent("download"),
                log.getByRole("button", { name: /Save log of today\.txt/ }).click()]);
            assert.equal(saved.suggestedFilename(), "log of today.txt");
            await until(async () => (await programs.ticket(page.ticket)).comments
                .some((one) => one.body.includes("log of today.txt")), "the ticket's line");
            assert.deepEqual(page.errors, []);
        });

test("what is pasted and dropped goes along; what a technician sends comes", async () => {
    const page = await startChat("More to come.");
    await give(page, "paste", "pasted.txt");
    await give(page, "drop", "dropped.txt");
    await page.getByRole("button", { name: "Remove dropped.txt" }).waitFor();
    await page.getByRole("button", { name: "Remove pasted.txt" }).click();
    await page.getByLabel("Your message").focus();
    await send(page);
    await page.getByRole("log").getByText("dropped.txt").waitFor();
    const desk = await openDesk(page);
    await desk.getByText("dropped.txt").first().waitFor();
    assert.equal(await desk.getByText("pasted.txt").count(), 0);
    const chooser = desk.locator("#write-panel input[type=file]");
    // Sent before it is up: it goes by itself.
    await desk.route("**/v1/files", async (route) => {
        await new Promise((done) => setTimeout(done, 1000));
        await route.continue();
    });
    await chooser.setInputFiles({ name: "answer.png", mimeType: "image/png", buffer: PNG });
    await desk.getByText("answer.png").first().waitFor();
    await desk.locator("#write-field").fill("Like this?");
    await desk.locator("#write-field").press("Control+Enter");
    await desk.getByText("Goes as soon as the files are here").waitFor();
    await desk.unroute("**/v1/files", { behavior: "wait" });
    await page.getByRole("log").locator("img").first().waitFor();
    await desk.locator(".files img").first().waitFor();
    await checkPage(desk, "files-desk");
    await desk.getByRole("tab", { name: "Note" }).click();
    await chooser.setInputFiles({ name: "secret.txt", mimeType: "text/plain",
        buffer: Buffer.from("for staff") });
    await desk.locator("#write-field").fill("Only for us.");
    await desk.getByRole("button", { name: "Save note" }).click();
    await desk.getByText("secret.txt").first().waitFor();
    await page.reload();
    await page.locator("button.launcher").click();
    await page.getByText("answer.png").first().waitFor();
    assert.equal(await page.getByText("secret.txt").count(), 0);
    assert.deepEqual([...page.errors, ...desk.errors], []);
});

test("a program is refused in words, and the rest can go", async () => {
    const page = await startChat("And this?");
    await choose(page, { name: "setup.exe", mimeType: "application/octet-stream",
        buffer: Buffer.from("MZ....") });
    await page.getByText("Files of this kind are not taken here").first().waitFor();
    await page.getByRole("button", { name: "Remove setup.exe" }).click();
    await page.getByLabel("Your message").fill("Without it, then.");
    await send(page);
    await page.getByRole("log").getByText("Without it, then.").waitFor();
    assert.deepEqual(page.errors, []);
});

test("files take their room from above: the end stays seen, and one that is refused says so",
    async () => {
        const page = await startChat(Array.from({ length: 40 }, (_, i) => `Line ${i}`).join("\n"));
        const desk = await openDesk(page);
        await choose(desk, { name: "setup.exe", mimeType: "application/octet-stream",
            buffer: Buffer.from("MZ....") }, { name: "a.txt", mimeType: "text/plain",
            buffer: Buffer.from("a") });
        await desk.getByText("The marked file cannot be sent. Remove it").waitFor();
        const toEnd = () => desk.locator(".log").evaluate((log) =>
            log.scrollHeight - log.scrollTop - log.clientHeight);
        await until(async () => await toEnd() < 2, "the end of the log");
        await desk.getByRole("button", { name: "Remove setup.exe" }).click();
        await desk.getByLabel(/^Reply to/).fill("See here.");
        await desk.keyboard.press("Control+Enter");
        await desk.locator(".said", { hasText: "See here." }).waitFor();
        await until(async () => await toEnd() < 2, "what was sent");
        assert.deepEqual([...page.errors, ...desk.errors], []);
    });

test("an upload goes on after the network has dropped", async (t) => {
    const gap = new Gap(programs.port);
    const url = await gap.open();
    t.after(() => gap.close());
    const page = await startChat("A large one.", { url });
    gap.cut();
    await choose(page, { name: "large.txt", mimeType: "text/plain",
        buffer: Buffer.alloc(1_500_000, "a line of text\n") });
    await page.getByLabel("Your message").fill("Here it is.");
    await send(page);
    gap.mend();
    await until(async () => (await programs.ticket(page.ticket)).comments
        .some((one) => one.body.includes("large.txt")), "the file", 40_000);
});

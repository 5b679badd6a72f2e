// Markdown as people and technicians see it, and what is hostile in it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
    becomes, checkPage, openBrowser, openPage, Programs, startChat, until,
} from "./programs.mjs";

const programs = new Programs();
let browser;
let page;
let desk;

before(async () => {
    await programs.start();
    browser = await openBrowser();
    page = await startChat(browser, programs, "The till is dead.", {});
    desk = await openPage(browser);
    await programs.openConsole(desk, "Robin");
    await desk.locator("button.row", { hasText: page.person }).click();
    await desk.getByText("The till is dead.").first().waitFor();
});

after(async () => {
    await browser?.close();
    await programs.end();
});

async function say(text) {
    await page.getByLabel("Your message").fill(text);
    await page.keyboard.press("Enter");
}

async function answer(text) {
    await desk.locator("#write-field").fill(text);
    await desk.keyboard.press("Control+Enter");
}

// The last message on a page: its text, and the names of its elements with their targets.
async function last(where, side, text) {
    const body = where.locator(side).last();
    await until(async () => (await body.textContent()).includes(text), `${side}: ${text}`);
    return body.evaluate((root) => ({
        text: root.textContent,
        made: [...root.querySelectorAll("*")].map((one) =>
            [one.localName, one.getAttribute("href")].filter(Boolean).join(" ")),
        attributes: [...root.querySelectorAll("*")].flatMap((one) => one.getAttributeNames()),
    }));
}

const HOSTILE = [
    "<img src=x onerror=\"window.hit = 1\"><script>window.hit = 1</script>",
    "[a](javascript:window.hit=1) [b](JaVaScRiPt:window.hit=1) [c](java\tscript:window.hit=1)",
    "[d](&#106;avascript:window.hit=1) [e]( javascript:window.hit=1) [f](https:javascript:x)",
    "[g](data:text/html,<script>window.hit=1</script>) [h](vbscript:x) [i](//evil.example)",
    "**<b onmouseover=window.hit=1>x</b>** `<svg onload=window.hit=1>`",
    `${"[".repeat(7990)}x`,
    `${"*".repeat(7990)}x`,
    `${"[x](".repeat(1990)}x`,
    `${"*a ".repeat(2650)}x`,
];

test("hostile messages are text, in the chat and in the console", async () => {
    for (const [i, text] of HOSTILE.entries()) {
        const marked = `${text} end-${i}`;
        await (i % 2 === 0 ? say(marked) : answer(marked));
        const seen = [await last(page, ".message .body", `end-${i}`),
            await last(desk, ".said .body", `end-${i}`)];
        for (const { text: shown, made, attributes } of seen) {
            assert.deepEqual(made, i === 4 ? ["strong", "code"] : [], text.slice(0, 80));
            assert.equal(shown, i === 4 ? marked.replace(/[*`]/g, "") : marked);
            assert.deepEqual(attributes, []);
        }
    }
    for (const where of [page, desk])
        assert.equal(await where.evaluate(() => window.hit), undefined);
    assert.deepEqual([...page.errors, ...desk.errors], []);
});

const RICH = [
    "Please **restart** it, *then* run `ipconfig /all`:",
    "- first [our way](https://help.example/way)", "- then", "  - this",
    "```", `ping -n 40 ${"host.example ".repeat(30)}`, "```",
    "1. one", "2. two", "[https://bank.example](https://evil.example) snake_case_name",
].join("\n");

test("both see what was meant; the PSA has it as it was typed", async () => {
    await answer(RICH);
    for (const [where, side] of [[page, ".message .body"], [desk, ".said .body"]]) {
        const { text, made } = await last(where, side, "snake_case_name");
        assert.deepEqual(made, ["strong", "em", "code", "ul", "li", "a https://help.example/way",
            "li", "ul", "li", "pre", "ol", "li", "li", "a https://evil.example", "bdi"]);
        assert.match(text, /bank\.example \(https:\/\/evil\.example\/\) snake_case_name$/);
        const link = where.locator(`${side} a`).last();
        await becomes(() => link.getAttribute("rel"), "noopener noreferrer nofollow");
        await becomes(() => link.getAttribute("target"), "_blank");
        const [inner, outer, box] = await where.locator(`${side} pre`).last().evaluate((pre) =>
            [pre.scrollWidth, pre.clientWidth, pre.closest(".log").scrollWidth -
                pre.closest(".log").clientWidth]);
        assert.ok(inner > outer && box <= 0, `${side}: ${inner} ${outer} ${box}`);
    }
    await until(async () => (await programs.ticket(page.ticket)).comments.some((one) =>
        one.body.includes(RICH)), "the comment as it was typed");
});

test("the write box makes bold and italic by keys, and shows how it will look", async () => {
    const box = desk.locator("#write-field");
    await box.fill("make this bold");
    await box.evaluate((field) => field.setSelectionRange(5, 9));
    await desk.keyboard.press("Control+b");
    await becomes(() => box.inputValue(), "make **this** bold");
    await desk.keyboard.press("Control+i");
    await becomes(() => box.inputValue(), "make ***this*** bold");
    await desk.keyboard.press("Control+b");
    await becomes(() => box.inputValue(), "make *this* bold");
    await desk.keyboard.press("Control+i");
    await becomes(() => box.inputValue(), "make this bold");
    await desk.keyboard.press("Control+z");
    await becomes(() => box.inputValue(), "make *this* bold");
    await desk.getByRole("button", { name: "Preview" }).click();
    const preview = desk.getByRole("region", { name: "How it will look" });
    await becomes(() => preview.locator("em").textContent(), "this");
    await box.fill("now `code`");
    await becomes(() => preview.locator("code").textContent(), "code");
    await desk.getByRole("button", { name: "Markdown" }).click();
    await desk.getByText("bold (Ctrl+B)").waitFor();
    assert.deepEqual([...page.errors, ...desk.errors], []);
});

test("a link to the conversation and one to a message are copied", async () => {
    const copied = async (button) => {
        await button.click();
        await button.locator("xpath=following-sibling::*[@role='status'][text()]").waitFor();
        return desk.evaluate(() => navigator.clipboard.readText());
    };
    await desk.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const whole = await copied(
        desk.getByRole("button", { name: "Copy link to this conversation" }));
    assert.match(whole, /^http:.*\/console#c=[A-Za-z0-9-]+$/);
    const said = desk.locator("article.said", { hasText: "The till is dead." });
    await said.hover();
    const one = await copied(said.getByRole("button", { name: "Copy link to this message" }));
    assert.match(one.replace(whole, ""), /^\/\d+$/);
    // Who opens it is at the message, far up as it is.
    const other = await desk.context().newPage();
    await other.goto(one);
    const there = other.locator("article.said:focus");
    await there.waitFor();
    await becomes(() => there.textContent(), /The till is dead\./);
    await other.close();
});

test("it is readable in light and dark, wide and narrow", async () => {
    for (const [colorScheme, width] of [["light", 1440], ["dark", 360], ["dark", 1440],
        ["light", 360]]) {
        for (const [where, name] of [[page, "widget"], [desk, "thread"]]) {
            await where.setViewportSize({ width, height: 900 });
            await where.emulateMedia({ colorScheme, reducedMotion: "reduce" });
            await where.locator("pre").last().evaluate((pre) =>
                pre.scrollIntoView({ block: "nearest" }));
            const deeper = await where.locator(where === desk ? "html" : ".panel").evaluate((one) =>
                one.scrollHeight - one.clientHeight);
            assert.ok(deeper <= 0, `${name} scrolls by ${deeper} px`);
            await checkPage(where, `markdown-${name}-${colorScheme}-${width}`);
        }
    }
});

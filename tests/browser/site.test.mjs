// The widget on a page of another site that allows it nothing but its address.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { Programs, openBrowser, openPage, until } from "./programs.mjs";

let programs;
let browser;
let site;

before(async () => {
    site = createServer((_request, answer) => {
        const chat = programs.url;
        answer.setHeader("content-type", "text/html; charset=utf-8");
        answer.setHeader(
            "content-security-policy",
            `default-src 'none'; script-src ${chat}; ` +
                `connect-src ${chat} ${chat.replace("http", "ws")}; ` +
                "base-uri 'none'; form-action 'none'; " +
                "require-trusted-types-for 'script'; trusted-types 'none'",
        );
        answer.end(
            "<!DOCTYPE html><html lang=en><title>A shop</title><h1>A shop</h1>" +
                `<script src="${chat}/widget.js" data-parley="${chat}" async></script>`,
        );
    });
    await new Promise((resolve) => site.listen(0, "127.0.0.1", resolve));
    const origin = `http://127.0.0.1:${site.address().port}`;
    programs = new Programs({ PARLEY_ORIGINS: origin });
    await programs.start();
    browser = await openBrowser();
});

after(async () => {
    await browser?.close();
    await programs.end();
    site.close();
});

test("a whole chat under a strict policy, and nothing of it is refused", async () => {
    for (const blocked of [false, true]) {
        const page = await openPage(browser);
        const refused = [];
        await page.exposeFunction("refused", (what) => refused.push(what));
        await page.addInitScript((isBlocked) => {
            document.addEventListener("securitypolicyviolation", (event) => {
                window.refused(`${event.violatedDirective} ${event.blockedURI}`);
            });
            if (isBlocked) {
                window.WebSocket = class {
                    constructor() {
                        throw new Error("a network that blocks WebSocket");
                    }
                };
            }
        }, blocked);
        await page.goto(`http://127.0.0.1:${site.address().port}/`);
        await page.locator("button.launcher").click();
        await page.getByLabel("Your name").fill("Ines");
        await page.getByLabel("Your email").fill("ines@nowhere.example");
        await page.getByLabel("What can we help with?").fill("The shop is closed.");
        await page.getByRole("button", { name: "Start the chat" }).click();
        const banner = page.getByText(/Your ticket is #\d+/).first();
        await banner.waitFor();
        const number = /#(\d+)/.exec(await banner.textContent())[1];
        await until(async () => {
            const { comments } = await programs.ticket(number);
            return comments.some((one) => one.body.includes("The shop is closed."));
        }, "the ticket");
        const launcher = page.locator("button.launcher");
        const { position } = await launcher.evaluate((button) => getComputedStyle(button));
        assert.notEqual(position, "static", "its style sheet applies");
        assert.deepEqual(refused, []);
        await page.close();
    }
});

// Who the person is, in a real browser: signing in by a code, with a mail server of this file's;
// a page that signs who its visitor is.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import net from "node:net";
import { after, before, test } from "node:test";

import { becomes, checkPage, openBrowser, openPage, Programs, until } from "./programs.mjs";

const LOOKS = [["light", 1440], ["dark", 360], ["light", 360], ["dark", 1440]];
const letters = [];
let post;
let programs;
let browser;
let site;
let admin;
const shown = { attributes: "", script: "", token: "" };

function talk(socket) {
    let text = "";
    let inLetter = false;
    socket.on("error", () => socket.destroy());
    socket.write("220 mailbox.test\r\n");
    socket.on("data", (data) => {
        text += data.toString("latin1");
        for (let end; (end = text.indexOf(inLetter ? "\r\n.\r\n" : "\r\n")) >= 0;) {
            const line = text.slice(0, end);
            text = text.slice(end + (inLetter ? 5 : 2));
            if (inLetter) letters.push(line);
            if (line.startsWith("DATA") && !inLetter) socket.write("354 go on\r\n");
            else if (line.startsWith("QUIT")) socket.end("221 bye\r\n");
            else socket.write("250 ok\r\n");
            inLetter = line.startsWith("DATA") && !inLetter;
        }
    });
}

async function codeFor(email, after = 0) {
    const find = () => letters.slice(after).find((one) => one.includes(email));
    await until(() => find() !== undefined, `a letter to ${email}`);
    const text = find().split(/\r\n\r\n/).slice(1).join(" ");
    return /\b(\d{3}) ?(\d{3})\b/.exec(text).slice(1).join("");
}

function token(secret, sub, email, name) {
    const b64 = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const now = Math.floor(Date.now() / 1000);
    const text = `${b64({ alg: "HS256", typ: "JWT" })}.` +
        b64({ sub, email, name, iat: now, exp: now + 300 });
    return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}

async function call(path, body) {
    const answer = await fetch(`${programs.url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: programs.url,
            cookie: `${admin.name}=${admin.value}` },
        body: JSON.stringify(body),
    });
    assert.equal(answer.status, 200, await answer.clone().text());
    return answer.json();
}

before(async () => {
    post = net.createServer(talk);
    await new Promise((resolve) => post.listen(0, "127.0.0.1", resolve));
    site = createServer((request, answer) => {
        if (request.url === "/token") {
            answer.end(shown.token);
            return;
        }
        answer.setHeader("content-type", "text/html; charset=utf-8");
        answer.end("<!DOCTYPE html><html lang=en><title>A portal</title>" +
            "<main><h1>A portal</h1></main>" +
            `<script>${shown.script}</script><script src="${programs.url}/widget.js" ` +
            `data-parley="${programs.url}" ${shown.attributes} async></script>`);
    });
    await new Promise((resolve) => site.listen(0, "127.0.0.1", resolve));
    programs = new Programs({
        PARLEY_SMTP_URL: `smtp://127.0.0.1:${post.address().port}`,
        PARLEY_MAIL_FROM: "help@msp.example",
        PARLEY_URL: "http://127.0.0.1",
        PARLEY_ORIGINS: `http://127.0.0.1:${site.address().port}`,
    }, { isConnected: false });
    await programs.start();
    admin = await programs.signUp("Ada", "admin");
    browser = await openBrowser();
});

after(async () => {
    await browser?.close();
    await programs.end();
    post.close();
    site.close();
});

async function check(page, name) {
    for (const [colorScheme, width] of LOOKS) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: width === 360 ? 640 : 900 });
        await checkPage(page, `${name}-${colorScheme}-${width}`);
    }
}

async function open(page, options) {
    Object.assign(shown, { attributes: "", script: "", token: "", ...options });
    await page.goto(`http://127.0.0.1:${site.address().port}/`);
    await page.locator("button.launcher").click();
}

function person(page) {
    return page.frames.filter((one) => one.t === "welcome").at(-1)?.person;
}

// Everything that the server says to the page's chat.
function listen(page) {
    page.frames = [];
    page.on("websocket", (socket) => {
        socket.on("framereceived", ({ payload }) => page.frames.push(JSON.parse(payload)));
    });
}

function hasFocus(field) {
    return field.evaluate((one) => one.getRootNode().activeElement === one);
}

test("a code by email, by keyboard alone, in every look", async () => {
    const page = await openPage(browser);
    listen(page);
    await open(page, {});
    const offer = page.getByRole("button", { name: "Sign in", exact: true });
    await offer.waitFor();
    await offer.focus();
    await page.keyboard.press("Enter");
    const email = page.locator("#prove-email");
    await until(() => hasFocus(email), "the focus");
    await check(page, "prove-email");
    await page.keyboard.type("nobody");
    await page.keyboard.press("Enter");
    await page.getByText("This does not look like an email address").first().waitFor();
    await email.fill("");
    await page.keyboard.type("Ann@Acme.example");
    await page.keyboard.press("Enter");
    const code = page.getByLabel("Code of six digits");
    await code.waitFor();
    await until(() => hasFocus(code), "the focus");
    await page.getByText("Ann@Acme.example can be reached").waitFor();
    await check(page, "prove-code");
    const right = await codeFor("ann@acme.example");
    await page.keyboard.type(right === "123456" ? "123457" : "123456");
    await page.keyboard.press("Enter");
    await page.getByText("This code is wrong or too old").waitFor();
    await check(page, "prove-wrong");
    await code.fill("");
    await page.keyboard.type(`${right.slice(0, 3)} ${right.slice(3)}`);
    await page.keyboard.press("Enter");
    await until(() => person(page)?.verified === true, "the welcome");
    assert.equal(person(page).email, "ann@acme.example");
    await code.waitFor({ state: "hidden" });
    await becomes(() => offer.isVisible(), false);
    await page.reload();
    await page.locator("button.launcher").click();
    await until(() => page.frames.filter((one) => one.t === "welcome").length === 3, "again");
    assert.equal(person(page).verified, true);
    assert.deepEqual(page.errors, []);
    await page.close();
});

test("a way back at each step", async () => {
    const page = await openPage(browser);
    await open(page, {});
    const offer = page.getByRole("button", { name: "Sign in", exact: true });
    await offer.click();
    await page.keyboard.press("Escape");
    await page.getByLabel("What can we help with?").waitFor();
    await offer.click();
    await page.locator("#prove-email").fill("back@acme.example");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Another way" }).click();
    await becomes(() => page.locator("#prove-email").inputValue(), "back@acme.example");
    await page.getByRole("button", { name: "Not now" }).click();
    await page.getByLabel("What can we help with?").waitFor();
    await page.close();
});

test("the page says who its visitor is", async () => {
    const { key, secret } = await call("/v1/sites", { name: "Portal", public_key: "" });
    const page = await openPage(browser);
    listen(page);
    const tag = `data-site="${key}"`;

    // By the tag; a reload keeps the session, another person at the computer has nothing of it.
    const ann = token(secret, "u-1", "ann.p@acme.example", "Ann");
    await open(page, { attributes: `${tag} data-identity="${ann}"` });
    await until(() => person(page)?.email === "ann.p@acme.example", "Ann");
    assert.equal(person(page).via, "token");
    const annToken = await page.evaluate(() =>
        Object.entries(sessionStorage).find(([name]) => name.endsWith(" token"))[1]);
    assert.ok(!await page.evaluate((one) => Object.values(localStorage).includes(one), annToken));
    await open(page, {});
    await until(() => page.frames.at(-1)?.t === "welcome" && person(page) === null, "nobody");

    // By a function, asked at each hello.
    shown.token = token(secret, "u-2", "ben.p@acme.example", "Ben");
    await open(page, { attributes: tag, token: shown.token,
        script: 'window.parley={identity:async()=>(await fetch("/token")).text()}' });
    await until(() => person(page)?.email === "ben.p@acme.example", "Ben");
    const benToken = await page.evaluate(() =>
        Object.entries(sessionStorage).find(([name]) => name.endsWith(" token"))[1]);
    assert.notEqual(benToken, annToken);

    // Later on, and out again.
    await open(page, { attributes: tag });
    await until(() => page.frames.at(-1)?.t === "welcome" && person(page) === null, "nobody");
    const cem = token(secret, "u-3", "cem.p@acme.example", "Cem");
    await page.evaluate((one) => window.Parley.identify(one), cem);
    await until(() => person(page)?.email === "cem.p@acme.example", "Cem");
    await page.evaluate(() => window.Parley.signOut());
    await until(() => person(page) === null, "signed out");

    // A bad one: the chat goes on as anybody's, and the console says why.
    const said = [];
    page.on("console", (message) => said.push(message.text()));
    await open(page, { attributes: `${tag} data-identity="${ann.slice(0, -3)}AAA"` });
    await page.getByLabel("What can we help with?").waitFor();
    await until(() => said.some((one) => one.includes("its signature is wrong")), "the warning");
    await until(() => page.frames.at(-1)?.t === "welcome" && person(page) === null, "anybody");
    assert.deepEqual(page.errors, []);
    await page.close();
});

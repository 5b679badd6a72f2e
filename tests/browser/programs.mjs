// The real programs and a real browser, for the tests beside this file.
//
// BIN_PARLEY and BIN_SANDBOX name the programs.
import assert from "node:assert/strict";
import { spawn, execFileSync } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axe = require("axe-core");

export const TOKEN = "Ttest-0123456789abcdef";

// Resolves with the match of the pattern in what the process prints.
function waitFor(process, stream, pattern) {
    return new Promise((resolve, reject) => {
        let text = "";
        const timer = setTimeout(() => reject(new Error(`no ${pattern} in: ${text}`)), 20_000);
        stream.setEncoding("utf8");
        stream.on("data", (part) => {
            text += part;
            const match = pattern.exec(text);
            if (match === null) return;
            clearTimeout(timer);
            resolve(match);
        });
        process.once("exit", (code) => reject(new Error(`ended with ${code}: ${text}`)));
    });
}

async function end(process) {
    if (process === undefined || process.exitCode !== null || process.signalCode !== null) return;
    const over = new Promise((resolve) => process.once("exit", resolve));
    process.kill("SIGTERM");
    const timer = setTimeout(() => process.kill("SIGKILL"), 15_000);
    await over;
    clearTimeout(timer);
}

export class Programs {
    // settings: the server's, by their names in the environment. isConnected: Syncro is connected
    // beforehand, by the command line.
    constructor(settings = {}, { isConnected = true } = {}) {
        this.settings = settings;
        this.isConnected = isConnected;
        this.log = "";
    }

    async start() {
        this.folder = mkdtempSync(join(tmpdir(), "parley-browser-"));
        this.data = join(this.folder, "data");
        const options = ["--listen", "127.0.0.1:0", "--control", "127.0.0.1:0"];
        this.sandbox = spawn(
            process.env.BIN_SANDBOX,
            [...options, "--token", TOKEN, "--seed", "demo"],
            { stdio: ["ignore", "pipe", "inherit"] },
        );
        const pattern = /listening (http:\S+) control (http:\S+)/;
        [, this.origin, this.control] = await waitFor(this.sandbox, this.sandbox.stdout, pattern);
        if (this.isConnected) await this.connect();
        this.port = 0;
        await this.startServer();
    }

    async connect() {
        const found = await this.api("customers?business_name=Unsorted");
        const set = ["connector", "set", "syncro", "--subdomain", "demo", "--token-file", "-"];
        const fallback = ["--fallback-customer", String(found.customers[0].id)];
        execFileSync(process.env.BIN_PARLEY, [...set, ...fallback, "--data", this.data], {
            input: TOKEN,
        });
    }

    async startServer() {
        const listen = ["--listen", `127.0.0.1:${this.port}`];
        this.server = spawn(
            process.env.BIN_PARLEY,
            ["serve", "--data", this.data, ...listen, "--syncro-origin", this.origin],
            { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, ...this.settings } },
        );
        this.server.stderr.on("data", (part) => {
            this.log += part;
        });
        const pattern = /event=listening address=127\.0\.0\.1:(\d+)/;
        this.port = Number((await waitFor(this.server, this.server.stderr, pattern))[1]);
        this.url = `http://127.0.0.1:${this.port}`;
    }

    // What `parley serve` printed for the first administrator.
    async setupLink() {
        const pattern = /event=setup url="?([^"\s]+)/;
        await until(() => pattern.test(this.log), "the setup link");
        return pattern.exec(this.log)[1];
    }

    async killServer() {
        const over = new Promise((resolve) => this.server.once("exit", resolve));
        this.server.kill("SIGKILL");
        await over;
    }

    async api(path) {
        const answer = await fetch(`${this.origin}/api/v1/${path}`, {
            headers: { authorization: `Bearer ${TOKEN}` },
        });
        return answer.json();
    }

    // To the sandbox's control port.
    async command(path, body) {
        const answer = await fetch(`${this.control}/${path}`, {
            method: "POST",
            body: JSON.stringify(body),
        });
        if (!answer.ok) throw new Error(await answer.text());
    }

    // From the control port: the API counts requests, and these are not the server's.
    async ticket(number) {
        const { tickets } = await (await fetch(`${this.control}/state`)).json();
        return tickets.find((one) => String(one.number) === number);
    }

    // Somebody new who works here and accepted the invitation; the session's cookie.
    async signUp(name, role = "technician") {
        const email = `${name.toLowerCase()}-${randomUUID().slice(0, 8)}@msp.example`;
        const options = ["--email", email, "--name", name, "--role", role, "--data", this.data];
        const link = execFileSync(process.env.BIN_PARLEY, ["staff", "add", ...options], {
            encoding: "utf8",
        });
        const token = link.trim().split("#link=")[1];
        const answer = await fetch(`${this.url}/v1/link/use`, {
            method: "POST",
            headers: { "content-type": "application/json", origin: this.url },
            body: JSON.stringify({ token, password: "correct horse battery" }),
        });
        if (!answer.ok) throw new Error(await answer.text());
        const [pair] = answer.headers.get("set-cookie").split(";");
        const [cookie, value] = pair.split("=");
        return { name: cookie, value };
    }

    // A page of somebody who has proved who they are, before it is opened anywhere.
    async openAs(browser, person, options = {}) {
        const token = randomBytes(32).toString("base64url");
        const proof = fileURLToPath(new URL("../integration/proof.py", import.meta.url));
        execFileSync("python3", [proof, this.data, JSON.stringify({ token, ...person })]);
        const page = await openPage(browser, options);
        await page.addInitScript(
            ([key, value]) => localStorage.getItem(key) ?? localStorage.setItem(key, value),
            [`parley ${this.url} token`, token],
        );
        return page;
    }

    // The console, as somebody who has signed in.
    async openConsole(page, name, role) {
        const cookie = await this.signUp(name, role);
        const more = { domain: "127.0.0.1", path: "/", secure: true, httpOnly: true };
        await page.context().addCookies([{ ...cookie, ...more, sameSite: "Strict" }]);
        await page.goto(`${this.url}/console`);
    }

    async end() {
        await end(this.server);
        await end(this.sandbox);
        rmSync(this.folder, { recursive: true, force: true });
    }
}

export async function openBrowser() {
    return chromium.launch({
        executablePath: "/usr/bin/chromium",
        args: [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    });
}

// A page whose errors (those of its content policy too) are collected in page.errors.
export async function openPage(browser, options = {}) {
    const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        ...options,
    });
    const page = await context.newPage();
    page.errors = [];
    page.on("pageerror", (error) => page.errors.push(String(error)));
    page.on("console", (message) => {
        const text = message.text();
        const expected = /WebSocket connection to|Failed to load resource|ERR_/.test(text);
        if (message.type() === "error" && !expected) page.errors.push(text);
    });
    return page;
}

export function sleep(ms) {
    return new Promise((resolve) => setTimeout(resolve, ms));
}

// Wait until the function is true; `what` says what did not come.
export async function until(isTrue, what, ms = 20_000) {
    const end = Date.now() + ms;
    while (!(await isTrue())) {
        if (Date.now() > end) throw new Error(`did not come: ${what}`);
        await sleep(50);
    }
}

// Wait until what is read is what is wanted, for a page draws when it gets to it: a value, or the
// pattern of a text. What must never stand there is for assert.
export async function becomes(read, wanted) {
    const check = wanted instanceof RegExp ? assert.match : assert.deepEqual;
    const end = Date.now() + 20_000;
    for (;;) {
        const found = await read();
        try {
            check(found, wanted);
            return;
        } catch (error) {
            if (Date.now() > end) throw error;
        }
        await sleep(50);
    }
}

// A network between browser and server that can be cut.
export class Gap {
    constructor(port, { blocksWebSocket = false } = {}) {
        this.sockets = new Set();
        this.isCut = false;
        this.server = net.createServer((near) => {
            if (this.isCut) {
                near.destroy();
                return;
            }
            const far = net.connect(port, "127.0.0.1");
            for (const socket of [near, far]) {
                this.sockets.add(socket);
                socket.on("error", () => socket.destroy());
                socket.on("close", () => {
                    this.sockets.delete(socket);
                    near.destroy();
                    far.destroy();
                });
            }
            near.on("data", (data) => {
                if (blocksWebSocket && /^Upgrade: websocket/im.test(data.toString("latin1")))
                    near.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
                else far.write(data);
            });
            far.pipe(near);
        });
    }

    async open() {
        await new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
        return `http://127.0.0.1:${this.server.address().port}`;
    }

    cut() {
        this.isCut = true;
        for (const socket of this.sockets) socket.destroy();
    }

    mend() {
        this.isCut = false;
    }

    async close() {
        this.cut();
        await new Promise((resolve) => this.server.close(resolve));
    }
}

// Accessible by axe's rules, and not wider than the screen. With SHOTS set, a picture goes there.
export async function checkPage(page, name) {
    // Colours may be on their way.
    await page.evaluate(async () => {
        for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
        const ending = document.getAnimations()
            .filter((one) => one.effect.getComputedTiming().endTime !== Infinity);
        await Promise.allSettled(ending.map((one) => one.finished));
    });
    if (process.env.SHOTS)
        await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
    const found = await page.evaluate(async (source) => {
        (0, eval)(source);
        const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
        return violations.map((one) =>
            `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
    }, axe.source);
    if (found.length > 0) throw new Error(`${name}: ${found.join("; ")}`);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > page.viewportSize().width) throw new Error(`${name} is ${width} px wide`);
}

// The controls of the console's page that Tab does not come to.
export async function missedByTab(page) {
    await page.evaluate(() => {
        window.reached = new Set();
        document.addEventListener("focusin", (event) => window.reached.add(event.target));
        document.querySelector("main h1").focus();
    });
    for (let i = 0; i < 120; i++) await page.keyboard.press("Tab");
    return page.evaluate(() => [...document.querySelectorAll(
        "main a[href], main button, main input, main select, main textarea, main summary")]
        .filter((one) => one.checkVisibility() && !one.disabled && one.tabIndex >= 0)
        .filter((one) => one.type !== "radio" || one.checked)
        .filter((one) => !window.reached.has(one))
        .map((one) => one.outerHTML.slice(0, 120)));
}

let people = 0;

// A person who has started a chat: their name in page.person, the ticket's number in page.ticket.
export async function startChat(browser, programs, text, more = {}) {
    const { url = programs.url, ...options } = more;
    const page = await openPage(browser, options);
    page.person = `Person ${String(++people).padStart(2, "0")}`;
    await page.goto(`${url}/sample`);
    await page.locator("button.launcher").click();
    await page.getByLabel("Your name").fill(page.person);
    await page.getByLabel("Your email").fill(`person${people}@nowhere.example`);
    await page.getByLabel("What can we help with?").fill(text);
    await page.getByRole("button", { name: "Start the chat" }).click();
    const banner = page.getByText(/Your ticket is #\d+/).first();
    await banner.waitFor();
    page.ticket = /#(\d+)/.exec(await banner.textContent())[1];
    return page;
}

// People who begin to chat, each [name, email, body], from a page of the server's own.
export async function say(browser, programs, said) {
    const one = await openPage(browser);
    await one.goto(`${programs.url}/sample`);
    for (const [name, email, body] of said)
        await one.evaluate(([who, address, text]) => new Promise((done, fail) => {
            const socket = new WebSocket(`${location.origin.replace("http", "ws")}/v1/chat`,
                "parley.v1");
            const token = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
                .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
            socket.onopen = () => socket.send(JSON.stringify({ t: "hello", v: 1, token }));
            socket.onerror = fail;
            socket.onmessage = ({ data }) => {
                const frame = JSON.parse(data);
                if (frame.t === "welcome")
                    socket.send(JSON.stringify({ t: "start", client_id: `start-${address}`
                        .replace(/[^a-z-]/g, "-").slice(0, 60), name: who, email: address,
                        body: text }));
                if (frame.t !== "ack" && frame.t !== "error") return;
                socket.close();
                (frame.t === "ack" ? done : fail)(frame);
            };
        }), [name, email, body]);
    await one.context().close();
}

// The technician's console in Chromium, on a CPU that is slowed: how long until the next paint
// after each key and click, and how many bytes its first load takes.
//
//   node console.mjs URL LINK SLOWER     LINK: the token of an invitation
//
// Prints {"inp_ms", "worst", "interactions", "slow", "rows", "bytes", "files"} as JSON.
import { createRequire } from "node:module";

const require = createRequire(new URL("../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const [url, token, slower] = process.argv.slice(2);
const STEP_MS = 16; // faster ones are not told by the browser

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"] });
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });

async function signIn() {
    const answer = await fetch(`${url}/v1/link/use`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: url },
        body: JSON.stringify({ token, password: "correct horse battery" }),
    });
    const [name, value] = answer.headers.get("set-cookie").split(";")[0].split("=");
    await context.addCookies([{ name, value, domain: "127.0.0.1", path: "/", secure: true,
        httpOnly: true, sameSite: "Strict" }]);
}

// The bytes on the wire of everything that the first load fetches.
async function countBytes(line) {
    const files = new Map();
    let bytes = 0;
    line.on("Network.responseReceived", ({ requestId, response }) =>
        files.set(requestId, new URL(response.url).pathname));
    line.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
        if (/\.(js|css|html)$|^\/console$/.test(files.get(requestId) ?? ""))
            bytes += encodedDataLength;
    });
    await line.send("Network.enable");
    return () => ({ bytes, files: [...files.values()].filter((one) => !one.startsWith("/v1")) });
}

function watch() {
    window.slow = new Map();
    new PerformanceObserver((list) => {
        for (const one of list.getEntries()) {
            if (!one.interactionId) continue;
            const before = window.slow.get(one.interactionId);
            if (before === undefined || before.ms < one.duration)
                window.slow.set(one.interactionId, { ms: one.duration, name: one.name,
                    key: one.target?.className ?? "" });
        }
    }).observe({ type: "event", durationThreshold: 16, buffered: true });
}

let interactions = 0;

async function act(what) {
    await what();
    interactions++;
    await new Promise((done) => setTimeout(done, 120));
}

async function work(page) {
    const key = (name) => act(() => page.keyboard.press(name));
    for (let round = 0; round < 4; round++) {
        for (let i = 0; i < 12; i++) await key(i % 4 === 3 ? "k" : "j");
        await key("Enter");
        await key("r");
        for (const letter of "Have you tried it again?")
            await key(letter === " " ? "Space" : letter);
        await key("Control+Enter");
        await key("n");
        for (const letter of "third time") await key(letter === " " ? "Space" : letter);
        await key("Escape");
        await act(() => page.locator("button.row").nth(3 + round).click());
    }
}

await signIn();
const page = await context.newPage();
const line = await context.newCDPSession(page);
const counted = await countBytes(line);
await page.addInitScript(watch);
await page.goto(`${url}/console`);
await page.locator("button.row").first().waitFor();
await page.waitForLoadState("networkidle");
const load = counted();
await line.send("Emulation.setCPUThrottlingRate", { rate: Number(slower) });
await page.locator("button.row").first().click();
await work(page);
await page.waitForTimeout(500);
const slow = (await page.evaluate(() => [...window.slow.values()])).sort((a, b) => b.ms - a.ms);
// As browsers count it: the worst, but for one of every fifty.
const skipped = Math.floor(interactions / 50);
console.log(JSON.stringify({
    inp_ms: slow[skipped]?.ms ?? STEP_MS,
    worst: slow.slice(0, 5),
    interactions,
    rows: await page.locator("button.row").count(),
    ...load,
}));
await browser.close();

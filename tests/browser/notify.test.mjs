// What a technician is told, in a real browser: one notification whatever the number of tabs, none
// in quiet hours, the title and the icon; and the part of My account where it is chosen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
    becomes, checkPage, openBrowser, openPage, Programs, sleep, startChat, until,
} from "./programs.mjs";

const programs = new Programs();
const LOOKS = [["light", 1440], ["dark", 1440], ["light", 360], ["dark", 360]];
let browser;
let first;
let second;
let person;

// Notifications are only looked at: each tab keeps what it showed, and counts its tones.
function watch() {
    window.shown = [];
    window.tones = 0;
    const Real = window.Notification;
    window.Notification = class {
        constructor(title, options) {
            window.shown.push({ title, body: options.body, one: this });
        }
        close() {}
        static get permission() {
            return sessionStorage.getItem("blocked") ?? Real.permission;
        }
        static requestPermission() {
            window.asked = true;
            return window.grant();
        }
    };
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (at) {
        window.tones++;
        return start.call(this, at);
    };
}

before(async () => {
    await programs.start();
    browser = await openBrowser();
    first = await openPage(browser, { reducedMotion: "reduce", timezoneId: "Europe/Berlin" });
    await first.context().addInitScript(watch);
    await first.context().exposeFunction("grant", () =>
        first.context().grantPermissions(["notifications"]));
    await programs.openConsole(first, "Mia");
    await first.getByText("Nobody is waiting").first().waitFor();
});

after(async () => {
    await browser?.close();
    await programs.end();
});

const card = () => first.getByRole("region", { name: "Notifications", exact: true });
const shown = async () => (await Promise.all([first, second].map((page) =>
    page.evaluate(() => window.shown.map(({ title, body }) => `${title}|${body}`))))).flat();
const tones = async () => (await Promise.all([first, second].map((page) =>
    page.evaluate(() => window.tones)))).reduce((sum, one) => sum + one, 0);
const icon = (page) => page.evaluate(() =>
    decodeURIComponent(document.querySelector("link[rel=icon]").href));

async function save() {
    // "Saved." may stand there from before.
    const stored = first.waitForResponse((answer) => answer.request().method() === "POST" &&
        answer.url().includes("/v1/me/settings/"));
    await card().getByRole("button", { name: "Save" }).click();
    await stored;
    await card().getByText("Saved.").waitFor();
}

test("it is asked for by the button, never by itself", async () => {
    await first.getByRole("link", { name: "My account" }).click();
    const ask = card().getByRole("button", { name: "Allow notifications" });
    await first.evaluate(() => sessionStorage.setItem("blocked", "denied"));
    await first.reload();
    await card().getByText("This browser blocks notifications of this page.").waitFor();
    await becomes(() => ask.count(), 0);
    await first.evaluate(() => sessionStorage.clear());
    await first.reload();
    await card().getByText("No mail server is set up").waitFor();
    await ask.waitFor();
    for (const [colorScheme, width] of LOOKS) {
        await first.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await first.setViewportSize({ width, height: width === 360 ? 740 : 900 });
        await card().evaluate((one) => one.scrollIntoView({ block: "start" }));
        await checkPage(first, `console-notify-${colorScheme}-${width}`);
    }
    await first.emulateMedia({ colorScheme: "light" });
    await first.setViewportSize({ width: 1440, height: 900 });
    assert.equal(await first.evaluate(() => window.asked), undefined);
    await ask.press("Enter");
    await card().getByText("This browser shows notifications.").waitFor();
    assert.equal(await first.evaluate(() => window.asked), true);
});

test("what is chosen is kept; what is wrong is said at its place", async () => {
    await card().getByLabel("Times", { exact: true }).fill("8:00, 25:00");
    await card().getByRole("button", { name: "Save" }).click();
    await card().getByText("Write times like 08:00, 13:00.").waitFor();
    await becomes(() => first.evaluate(() => document.activeElement.id), "field-times");
    await card().getByLabel("Times", { exact: true }).fill("13:00 8:00");
    await card().getByLabel("Quiet from").fill("18:00");
    await card().getByRole("button", { name: "Save" }).click();
    await card().getByText("Fill in both times").waitFor();
    await card().getByLabel("Quiet from").fill("");
    const sound = card().getByLabel("Nobody answered in time: Sound");
    await sound.focus();
    await sound.press("Space");
    await card().getByRole("button", { name: "Try the sound" }).click();
    await until(() => first.evaluate(() => window.tones === 2), "the sound");
    await save();
    const kept = await first.evaluate(async () =>
        (await (await fetch("/v1/me/settings/notify")).json()).value);
    assert.deepEqual(kept.digest.times, ["08:00", "13:00"]);
    assert.deepEqual(kept.events.escalation, ["browser", "sound"]);
    assert.equal(kept.zone, "Europe/Berlin");
});

test("two tabs, one notification, without what was said; the title and the icon say more",
    async () => {
        second = await first.context().newPage();
        await second.goto(`${programs.url}/console`);
        await second.getByText("Nobody is waiting").first().waitFor();
        await first.evaluate(() => (window.tones = 0));
        assert.doesNotMatch(await icon(second), /<text/);
        person = await startChat(browser, programs, "The printer burns.");
        await until(async () => (await shown()).length > 0, "the notification");
        await sleep(700); // the other tab is slower
        await becomes(shown, [`${person.person} waits, and nobody has it|`]);
        await becomes(tones, 2);
        for (const page of [first, second]) {
            await becomes(() => page.title(), /^\(1\) /);
            await becomes(() => icon(page), />1<\/text>/);
        }
    });

test("a click on it opens the conversation", async () => {
    const opened = (await first.evaluate(() => window.shown.length)) > 0 ? first : second;
    await opened.evaluate(() => window.shown[0].one.onclick());
    await opened.getByRole("log").getByText("The printer burns.").waitFor();
    await opened.waitForURL(/#c=/);
});

test("in quiet hours there is the title alone", async () => {
    await first.bringToFront();
    if (!await card().isVisible())
        await first.getByRole("link", { name: "My account" }).click();
    for (const day of await card().getByRole("group", { name: "Quiet all day on" })
        .getByRole("checkbox").all())
        await day.check();
    await save(); // the other tab goes by it, too; it is the one that would tell
    await first.evaluate(() => (document.hasFocus = () => false));
    await second.getByRole("button", { name: /The printer burns/ }).waitFor();
    for (const page of [first, second])
        await page.evaluate(() => {
            window.shown = [];
            window.tones = 0;
        });
    const other = await startChat(browser, programs, "The keyboard is wet.");
    await until(async () => /^\(2\) /.test(await second.title()), "the title");
    await sleep(700);
    assert.deepEqual(await shown(), []);
    assert.equal(await tones(), 0);
    await other.context().close();
    await person.context().close();
    assert.deepEqual([...first.errors, ...(second.errors ?? [])], []);
});

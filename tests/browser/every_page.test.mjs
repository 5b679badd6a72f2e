// Each page of the console, whichever there are: its picture in light and dark, wide and narrow,
// and that it is accessible. A page that is added is looked at from then on.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { checkPage, openBrowser, openPage, Programs, say } from "./programs.mjs";

const programs = new Programs();
const LOOKS = [["light", 1440], ["dark", 1440], ["light", 360], ["dark", 360]];
const ROUTES = readFileSync(new URL("../../web/console/route.ts", import.meta.url), "utf8");
const PAGES = [...ROUTES.matchAll(/^ {4}\| \{ page: "([a-z_]+)"/gm)].map(([, name]) => name);
// Pages that are about something, by their addresses; the others are #/NAME.
const ADDRESS = {
    inbox: () => "",
    add: () => "#/connectors/add/syncro",
    connector: () => "#/connectors/syncro",
    key: () => "#/connectors/syncro/key",
    person: (ids) => `#/people/${ids.person}`,
};
const SAID = [
    ["Ines Moreau", "ines.moreau@northwind.example", "The till is dead since this morning."],
    ["Jo Park", "jo.park@nowhere.example", "My screen flickers when I dock the laptop."],
    ["Amara Diallo", "amara@elsewhere.example", "Please give Sam access to the shared calendar."],
];
let browser;
let page;
const ids = {};

before(async () => {
    await programs.start();
    browser = await openBrowser();
    await say(browser, programs, SAID);
    page = await openPage(browser, { reducedMotion: "reduce" });
    await programs.openConsole(page, "Robin", "admin");
    await page.locator("button.row").nth(SAID.length - 1).waitFor();
    const people = await page.evaluate(async () => (await fetch("/v1/people")).json());
    ids.person = people.people[0].id;
});

after(async () => {
    await browser?.close();
    await programs.end();
});

test("the list of pages is read", () => {
    assert.ok(PAGES.length > 10, PAGES.join());
    for (const name of Object.keys(ADDRESS)) assert.ok(PAGES.includes(name), name);
});

for (const name of PAGES)
    test(`the page ${name}`, async () => {
        await page.setViewportSize({ width: 1440, height: 900 });
        const hash = (ADDRESS[name] ?? (() => `#/${name}`))(ids);
        await page.goto("about:blank");
        await page.goto(`${programs.url}/console${hash}`);
        await page.locator("#main").waitFor();
        if (name === "inbox") await page.locator("button.row").first().click();
        await page.waitForLoadState("networkidle");
        for (const [colorScheme, width] of LOOKS) {
            await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
            await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
            await checkPage(page, `console-${name}-${colorScheme}-${width}`);
        }
        assert.equal(await page.getByText("undefined").count(), 0);
        assert.deepEqual(page.errors, []);
    });

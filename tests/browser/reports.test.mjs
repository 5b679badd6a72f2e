// Reports in a real browser: a technician looks at what was done, chooses other days by the
// keyboard, takes a table along, and reads what is wrong where something is.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";

import { becomes, checkPage, missedByTab, openBrowser, openPage, Programs } from "./programs.mjs";

const programs = new Programs({}, { isConnected: false });
// The other looks are in every_page.test.mjs.
const LOOKS = [["light", 1440], ["dark", 360]];
// Some weeks of a house, the same each time, the last of them today.
const FILL = `
import random, sqlite3, sys, time
chance, now = random.Random(5), int(time.time() * 1000)
HOUR = 3_600_000
DAY = 24 * HOUR
with sqlite3.connect(sys.argv[1], timeout=20) as db:
    for n, name in enumerate(("Ada Berg", "Jonas Weber", "Mia Sand")):
        db.execute("INSERT INTO staff (id, name, email, role, created_ms) VALUES (CAST(? AS BLOB), "
                   "?, ?, 2, 1)", (f"staff-000000000{n}", name, f"s{n}@msp.example"))
    names = ("Northwind Traders", "Contoso", "Fabrikam", "Acme", "=Sum of all")
    for n in range(40):
        db.execute("INSERT INTO person (id, name, email, company, created_ms) VALUES (CAST(? AS "
                   "BLOB), 'Ines', ?, ?, 1)", (f"person-00000000{n:02}"[-16:].zfill(16),
                   f"p{n}@c.example", names[chance.randrange(len(names))] if n % 8 else ""))
    for n in range(1, 501):
        day = now // DAY * DAY - chance.randrange(40) * DAY
        at = min(day + int(chance.triangular(6, 18, 9) * HOUR), now - 1000)
        if time.gmtime(at // 1000).tm_wday > 4 and chance.random() < 0.8:
            at -= 3 * DAY
        answered = at + int(chance.expovariate(1 / (25 * 60_000))) if chance.random() < 0.9 else 0
        closed = at + int(chance.expovariate(1 / (9 * HOUR))) if chance.random() < 0.85 else 0
        staff = f"staff-000000000{chance.randrange(3)}" if chance.random() < 0.9 else None
        db.execute("INSERT INTO conversation (n, id, reference, person, subject, open, last_seq, "
                   "last_at_ms, waiting_since_ms, created_ms, answered_ms, closed_ms, staff) "
                   "VALUES (?1, randomblob(16), printf('PLY-%08d', ?1), CAST(?2 AS BLOB), '', "
                   "?3 = 0, 0, ?4, 0, ?4, ?5, ?3, CAST(?6 AS BLOB))",
                   (n, f"person-00000000{chance.randrange(40):02}"[-16:].zfill(16), closed, at,
                    answered, staff))
        if closed and chance.random() < 0.3:
            db.execute("INSERT INTO rating (conversation, score, at_ms) VALUES (?, ?, ?)",
                       (n, chance.choice((5, 5, 4, 4, 3, 1)), closed))
`;
let browser;
let page;

before(async () => {
    await programs.start();
    execFileSync("python3", ["-c", FILL, `${programs.data}/parley.db`]);
    browser = await openBrowser();
    page = await openPage(browser, { reducedMotion: "reduce", timezoneId: "Europe/Berlin" });
    page.files = [];
    page.on("request", (one) => page.files.push(new URL(one.url()).pathname));
    await programs.openConsole(page, "Robin", "technician");
    await page.locator("button.row").first().waitFor();
});

after(async () => {
    await browser?.close();
    await programs.end();
});

const card = (name) => page.getByRole("region", { name, exact: true });
const isPart = (name) => name.startsWith("/console-ReportsPage");
const told = () => page.locator("p[role=status]").textContent();

test("what was done is shown, and loaded when it is asked for", async () => {
    assert.ok(!page.files.some(isPart));
    await page.getByRole("navigation", { name: "Main menu" })
        .getByRole("link", { name: "Reports" }).click();
    await page.getByRole("heading", { name: "Reports", level: 1 }).waitFor();
    await card("All together").waitFor();
    assert.ok(page.files.some(isPart));
    await becomes(told, /time zone Europe\/Berlin: \d+ conversations$/);
    const count = Number(/: (\d+) conversations/.exec(await told())[1]);
    assert.ok(count > 200 && count < 500, String(count));
    await becomes(() => page.getByRole("heading", { name: "Reports" }).evaluate(
        (one) => one === document.activeElement), true);
    const rows = card("By technician").locator("tbody tr");
    await becomes(() => rows.count(), 4);
    const counts = await rows.locator("td:nth-child(2)").allTextContents();
    assert.equal(counts.map(Number).reduce((sum, n) => sum + n, 0), count);
    await becomes(() => card("By day").getByRole("img").getAttribute("aria-label"),
        new RegExp(`^${count} conversations; most on one day: \\d+, on `));
    await becomes(() => card("By hour of the week").getByRole("img").getAttribute("aria-label"),
        /^\d+ conversations began in the busiest hour, [A-Z][a-z]+day at \d+:00\.$/);
});

test("it looks right, is accessible and within reach of the keys", async () => {
    for (const [colorScheme, width] of LOOKS) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
        await checkPage(page, `console-reports-full-${colorScheme}-${width}`);
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 360, height: 3400 });
    for (const summary of await page.getByText("As a table").all()) await summary.click();
    await checkPage(page, "console-reports-tables-360");
    for (const summary of await page.getByText("As a table").all()) await summary.click();
    await page.setViewportSize({ width: 1440, height: 1750 });
    await checkPage(page, "console-reports-all");
    await page.setViewportSize({ width: 1440, height: 900 });
    for (const summary of await page.getByText("As a table").all()) await summary.click();
    assert.deepEqual(await missedByTab(page), []);
    await becomes(() => card("By hour of the week").locator("tbody tr").count(), 24);
});

test("a table is taken along", async () => {
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name: "CSV: By company" }).click();
    const file = await coming;
    assert.match(file.suggestedFilename(), /^parley-companies-[\d-]+\.csv$/);
    const stream = await file.createReadStream();
    let text = "";
    for await (const part of stream) text += part;
    assert.match(text, /^company,conversations,taken_over,.*\r\n"/);
    assert.match(text, /^"'=Sum of all",\d+,/m);
});

test("other days, by the keyboard", async () => {
    const period = page.getByLabel("Period", { exact: true });
    const before = await told();
    await period.focus();
    await page.keyboard.press("ArrowDown"); // 90 days
    await page.getByText(/: 500 conversations$/).waitFor();
    assert.notEqual(await told(), before);
    await period.selectOption("Dates of your own");
    await page.getByLabel("First day").fill("2001-01-01");
    await page.getByLabel("Last day").fill("2001-01-31");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Nothing happened in this period" }).waitFor();
    await becomes(told, "Jan 1, 2001 to Jan 31, 2001, time zone Europe/Berlin: " +
        "0 conversations");
    await checkPage(page, "console-reports-none");
    await page.getByLabel("Last day").fill("2000-12-31");
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByRole("alert").getByText("The last day must not be before the first one.")
        .waitFor();
    await becomes(() => page.getByRole("heading", { name: "All together" }).count(), 0);
});

test("where the server does not answer it is said, and asked again", async () => {
    await page.route("**/v1/reports?*", (route) => route.abort());
    await page.getByLabel("Period", { exact: true }).selectOption("7 days");
    await page.getByRole("alert").getByRole("button").waitFor();
    await checkPage(page, "console-reports-trouble");
    await page.unroute("**/v1/reports?*");
    await page.getByRole("alert").getByRole("button").click();
    await card("All together").waitFor();
    await becomes(() => page.getByRole("alert").getByRole("button").count(), 0);
    assert.deepEqual(page.errors, []);
});

test("a page that cannot be loaded says so", async () => {
    await page.goto("about:blank");
    await page.route(/console-ReportsPage/, (route) => route.abort());
    await page.goto(`${programs.url}/console#/reports`);
    await page.getByRole("button", { name: "Load it again" }).waitFor();
    await checkPage(page, "console-reports-stale");
    await page.unroute(/console-ReportsPage/);
    await page.getByRole("button", { name: "Load it again" }).click();
    await card("All together").waitFor();
});

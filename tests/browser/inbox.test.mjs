// The inbox, in a real browser: views and filters, answer times, several at once, searching, and
// every command of the table by each of its keys.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { becomes, checkPage, openBrowser, openPage, Programs, say, until } from "./programs.mjs";

const SOURCE = readFileSync(new URL("../../web/console/commands.ts", import.meta.url), "utf8");
// [name, keys] of each line of the table.
const COMMANDS = [
    ...[...SOURCE.matchAll(/\{ name: "(\w+)", keys: \[([^\]]+)\]/g)]
        .map(([, name, keys]) => [name, keys.split(", ").map((key) => key.slice(1, -1))]),
    ...[...SOURCE.matchAll(/^ {4}look\("(\w+)", "(.)"/gm)].map(([, name, key]) => [name, [key]]),
];
const SAID = [
    ["Ines Moreau", "ines.moreau@northwind.example", "The till is dead since this morning."],
    ["Jo Park", "jo.park@nowhere.example", "My screen flickers when I dock the laptop."],
    ["Amara Diallo", "amara@elsewhere.example", "Please give Sam access to the calendar."],
    ["Kim Larsen", "kim@nowhere.example", "The Zürich gateway is down."],
    ["Lea Roth", "lea@nowhere.example", "My keyboard has no letters."],
];
const LOOKS = [["light", 1440], ["dark", 360]];
const programs = new Programs();
let browser;
let page;

before(async () => {
    await programs.start();
    browser = await openBrowser();
    await say(browser, programs, SAID);
    page = await openPage(browser, { reducedMotion: "reduce" });
    await programs.openConsole(page, "Robin", "admin");
    await rows().nth(SAID.length - 1).waitFor();
    await page.getByText("#10", { exact: false }).first().waitFor();
});

after(async () => {
    await browser?.close();
    await programs.end();
});

const rows = () => page.locator("button.row");
const row = (name) => page.locator("button.row", { hasText: name });
const pick = (name) => page.getByLabel(`Select ${name}`);
const view = (name) => page.getByRole("group", { name: "Views" })
    .getByRole("button", { name: new RegExp(`^${name}`) });
const bulk = () => page.getByRole("group", { name: "What to do with those selected" });
const dialog = (name) => page.getByRole("dialog", { name });
const result = (text) => page.locator(".bulk-result").getByText(text).waitFor();
const count = (n) => until(async () => await rows().count() === n, `${n} rows`);
const nameIn = (text) => text.replace("Unread", "").trim();
const names = async () => (await page.locator(".row-name").allTextContents()).map(nameIn);
const focused = async () => nameIn(await page.evaluate(() => {
    const at = document.activeElement;
    return at?.matches(".row") ? at.querySelector(".row-name").textContent : at?.id ?? "";
}));

async function looks(name, at = page) {
    for (const [colorScheme, width] of LOOKS) {
        await at.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await at.setViewportSize({ width, height: width === 360 ? 740 : 900 });
        await checkPage(at, `${name}-${colorScheme}-${width}`);
    }
    await at.emulateMedia({ colorScheme: "light" });
    await at.setViewportSize({ width: 1440, height: 900 });
}

test("views with counts; filters; a view that is saved and remembered", async () => {
    await becomes(() => view("Unassigned").textContent(), /5$/);
    await row("Jo Park").click();
    await page.getByRole("button", { name: "Take it", exact: true }).click();
    await until(async () => /1$/.test(await view("Mine").textContent()), "one of mine");
    await page.goto(`${programs.url}/console`);
    await view("Mine").click();
    await becomes(names, ["Jo Park"]);
    await view("Unassigned").click();
    await count(4);
    await page.getByRole("button", { name: "Filters" }).click();
    await becomes(focused, "field-by-company");
    await page.getByLabel("Company", { exact: true }).selectOption("Northwind Bakery");
    await becomes(names, ["Ines Moreau"]);
    await becomes(() => view("All open").textContent(), /1$/);
    await page.getByRole("button", { name: "Save as a view…" }).click();
    await dialog("Save this view").getByRole("button", { name: "Save" }).click();
    await page.getByText("Give it a name of at most 60 bytes.").waitFor();
    await page.getByLabel("Name", { exact: true }).fill("Bakers");
    await page.getByLabel("For all of staff").check();
    const other = await openPage(browser);
    await programs.openConsole(other, "Tess", "technician");
    await other.locator("button.row").first().waitFor();
    await dialog("Save this view").getByRole("button", { name: "Save" }).click();
    await page.getByLabel("Saved views").waitFor();
    await looks("inbox-filters");
    const isKept = (last) => page.waitForResponse((one) =>
        (one.request().postData() ?? "").includes(`"last":{${last}`));
    const kept = isKept('"view":"unassigned"');
    await page.getByRole("group", { name: "Filters" }).getByLabel("Technician")
        .selectOption("Robin (you)");
    await page.getByText("Nothing passes the filters").waitFor();
    await kept;
    await page.reload();
    await page.getByText("Nothing passes the filters").waitFor();
    await page.getByLabel("Saved views").selectOption("Bakers");
    await becomes(names, ["Ines Moreau"]);
    await other.getByLabel("Saved views").selectOption("Bakers"); // it came by itself
    await until(async () => await other.locator("button.row").count() === 1, "the view of all");
    await other.context().close();

    await page.getByRole("button", { name: "1 filter" }).click();
    await page.getByRole("button", { name: "Remove this view" }).click();
    await page.getByLabel("Saved views").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Clear the filters" }).click();
    await page.getByRole("button", { name: "Filters" }).click();
    const all = isKept('"view":"open","company":"","tag":""');
    await view("All open").click();
    await count(5);
    await all;
});

test("answer times colour a row before they are over, in words too", async () => {
    await page.goto(`${programs.url}/console#/settings`);
    const card = page.getByRole("region", { name: "Answer times" });
    const field = (group) => card.getByRole("group", { name: group })
        .getByLabel("First answer, minutes");
    await field("All conversations").fill("soon");
    await card.getByRole("button", { name: "Save" }).click();
    await card.getByText("A whole number of minutes, at most 43,200.").waitFor();
    await field("All conversations").fill("100");
    await card.getByRole("button", { name: "Save" }).click();
    await card.getByText("Saved.").waitFor();
    await page.goto(`${programs.url}/console`);
    await count(5);
    await becomes(() => page.locator(".late-soon, .late-over").count(), 0);
    const storageState = await page.context().storageState();
    for (const [minutes, text, kind] of [[80, /Due in (19|20) min/, "soon"],
        [105, /Late by [45] min/, "over"]]) {
        const later = await openPage(browser, { storageState });
        await later.addInitScript((ms) => {
            const now = Date.now;
            Date.now = () => now() + ms;
        }, minutes * 60_000);
        await later.goto(`${programs.url}/console`);
        await later.locator(`.inbox-row.late-${kind} .row-late`).filter({ hasText: text }).nth(4)
            .waitFor();
        await looks(`inbox-${kind}`, later);
        await later.context().close();
    }
});

test("several at once, by mouse and by keys", async () => {
    await page.goto(`${programs.url}/console`);
    await count(5);
    const all = await names();
    await pick(all[1]).click();
    await pick(all[3]).click({ modifiers: ["Shift"] });
    await bulk().getByText("3 selected").waitFor();
    const checked = (name) => pick(name).isChecked();
    assert.deepEqual(await Promise.all(all.map(checked)), [false, true, true, true, false]);
    await looks("inbox-bulk");
    await bulk().getByRole("button", { name: "Tag…" }).click();
    await page.getByLabel("Tags, with commas between").fill("printer");
    await page.keyboard.press("Enter");
    await result("3 conversations tagged.");
    await until(async () => await page.locator(".row-has .tag").count() === 3, "three tags");
    await becomes(() => page.locator(".inbox-row.selected").count(), 0);

    await row(all[1]).focus();
    await pick(all[1]).click({ modifiers: [] });
    await row(all[1]).focus();
    await row(all[3]).click({ modifiers: ["Control"] });
    await bulk().getByText("2 selected").waitFor();
    await page.keyboard.press("e");
    await dialog("Close it?").getByText("2 conversations").waitFor();
    await dialog("Close it?").getByRole("button", { name: "Close", exact: true }).click();
    await result("2 conversations closed.");
    await count(3);
    await view("Closed").click();
    await count(2);
    await becomes(async () => (await names()).sort(), [all[1], all[3]].sort());
    await page.keyboard.press("Escape");
    await page.keyboard.press("*");
    await bulk().getByText("2 selected").waitFor();
    await bulk().getByRole("button", { name: "Reopen" }).click();
    await result("2 conversations open again.");
    await page.getByText("Nothing is closed").waitFor();
    await view("All open").click();
    await count(5);
});

// What each command does, seen: press is its key. Each begins in the view of all, nothing open.
const EFFECTS = {
    next: async (press, all) => {
        await press();
        await until(async () => await focused() === all[0], "the first row");
        await press();
        await until(async () => await focused() === all[1], "the second row");
    },
    previous: async (press, all) => {
        await page.keyboard.press("j");
        await page.keyboard.press("j");
        await press();
        await until(async () => await focused() === all[0], "the first row");
    },
    open: async (press, all) => {
        await page.keyboard.press("j");
        await press();
        await page.getByRole("heading", { name: all[0] }).first().waitFor();
        await page.waitForURL(/#c=/);
    },
    reply: async (press) => {
        await openFirst();
        await press();
        await page.getByLabel(/^Reply to/).waitFor();
        await until(async () => await focused() === "write-field", "the box");
    },
    note: async (press) => {
        await openFirst();
        await press();
        await page.getByLabel("Internal note, only for staff").waitFor();
        await until(async () => await focused() === "write-field", "the box");
    },
    send: async (press) => {
        await openFirst();
        await page.keyboard.press("r");
        await page.keyboard.type("Sent by a key.");
        await press();
        await page.getByRole("log").getByText("Sent by a key.").waitFor();
    },
    take: async (press, all) => {
        await page.keyboard.press("j");
        await page.keyboard.press("j");
        await press();
        await row(all[1]).getByText("You have it").waitFor();
    },
    assign: (press) => asks(press, "Who takes it?"),
    snooze: (press) => asks(press, "Until when?"),
    close: (press) => asks(press, "Close it?"),
    tags: (press) => asks(press, "Tags"),
    reopen: async (press) => {
        const id = await openFirst();
        await page.keyboard.press("e");
        await dialog("Close it?").waitFor();
        await page.keyboard.press("Enter");
        await page.getByText("This conversation is closed.").waitFor();
        await press();
        await page.getByText("This conversation is closed.").waitFor({ state: "detached" });
        await page.waitForURL((url) => url.hash === `#c=${id}`);
    },
    select: async (press) => {
        await press();
        await bulk().getByText("1 selected").waitFor();
        await press();
        await bulk().waitFor({ state: "detached" });
    },
    selectNext: async (press, all) => {
        await page.keyboard.press("j");
        await press();
        await bulk().getByText("2 selected").waitFor();
        assert.ok(await pick(all[0]).isChecked() && await pick(all[1]).isChecked());
    },
    selectPrevious: async (press, all) => {
        for (const key of ["j", "j", "j"]) await page.keyboard.press(key);
        await press();
        await bulk().getByText("2 selected").waitFor();
        assert.ok(await pick(all[1]).isChecked() && await pick(all[2]).isChecked());
    },
    selectAll: async (press) => {
        await press();
        await bulk().getByText("5 selected").waitFor();
    },
    unassigned: (press) => shows(press, "Unassigned"),
    mine: (press) => shows(press, "Mine"),
    all: async (press) => {
        await page.keyboard.press("2");
        await shows(press, "All open");
    },
    waiting: (press) => shows(press, "Waiting on us"),
    closed: (press) => shows(press, "Closed"),
    mention: async (press) => {
        const other = await openPage(browser);
        await programs.openConsole(other, "Otto");
        await other.locator(".row").first().click();
        await other.getByRole("tab", { name: "Note" }).click();
        const box = other.getByLabel("Internal note, only for staff");
        await box.pressSequentially("See this, @rob");
        await other.getByRole("option", { name: "Robin" }).waitFor();
        await box.press("Enter");
        await becomes(() => box.inputValue(), "See this, @Robin ");
        await other.getByRole("button", { name: "Save note" }).click();
        await page.getByRole("button", { name: /Named in 1 note/ }).waitFor();
        await press();
        await page.locator(".said-note", { hasText: "See this, @Robin" }).waitFor();
        await page.getByRole("button", { name: /Named in/ }).waitFor({ state: "detached" });
        await other.context().close();
    },
    filters: async (press) => {
        await press();
        await until(async () => await focused() === "field-by-company", "the filters");
        await page.keyboard.press("Escape");
        await page.keyboard.press("f");
        await page.getByLabel("Company", { exact: true }).waitFor({ state: "detached" });
    },
    search: async (press) => {
        await press();
        await until(async () => await focused() === "field-search", "the search");
    },
    palette: async (press) => {
        await openFirst();
        await page.keyboard.press("r"); // also while something is written
        await press();
        await until(async () => await focused() === "palette-field", "the palette");
        await page.keyboard.press("Escape");
        await page.locator("#palette-field").waitFor({ state: "detached" });
        await until(async () => await focused() === "write-field", "the focus is back");
    },
    help: async (press) => {
        await press();
        await dialog("Keys").waitFor();
        await becomes(() => dialog("Keys").locator("dd").count(), COMMANDS.length);
        await becomes(() => dialog("Keys").evaluate((box) => box.scrollTop), 0);
    },
    back: async (press, all) => {
        await openFirst();
        await page.keyboard.press("r");
        await press();
        await until(async () => await focused() === "thread-heading", "out of the box");
        await page.keyboard.press("x");
        await press();
        await bulk().waitFor({ state: "detached" });
        await press();
        await page.getByText("Choose a conversation").waitFor();
        await until(async () => all.includes(await focused()), "back to the rows");
    },
};

// Opens the first row, and says its id.
async function openFirst() {
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.locator("#write-field").waitFor();
    await page.waitForURL(/#c=/);
    return page.url().split("#c=")[1];
}

async function asks(press, heading) {
    await page.keyboard.press("j");
    await press();
    await dialog(heading).waitFor();
}

async function shows(press, name) {
    await press();
    await until(async () => await view(name).getAttribute("aria-pressed") === "true", name);
}

test("every command has its test", () => {
    assert.ok(COMMANDS.length > 20);
    assert.deepEqual(COMMANDS.map(([name]) => name).sort(), Object.keys(EFFECTS).sort());
});

for (const [name, keys] of COMMANDS)
    test(`the command ${name}: ${keys.join(", ")}`, async () => {
        for (const key of keys) {
            await page.goto("about:blank");
            await page.goto(`${programs.url}/console`);
            await view("All open").click();
            await count(5);
            await page.evaluate(() => document.activeElement.blur());
            await EFFECTS[name](() => page.keyboard.press(key.replace("Mod+", "Control+")),
                await names());
        }
    });

test("letters are no keys where they were turned off, the others are", async () => {
    await page.goto(`${programs.url}/console`);
    await view("All open").click();
    await count(5);
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("?");
    await page.getByLabel("Single letters work as keys").uncheck();
    await page.keyboard.press("Escape");
    await dialog("Keys").waitFor({ state: "detached" });
    await page.keyboard.press("2");
    await page.keyboard.press("x");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: /^A command, a page/ }).fill("this list");
    await page.keyboard.press("Enter");
    await page.getByLabel("Single letters work as keys").check();
    await page.keyboard.press("Escape");
    await becomes(() => view("Mine").getAttribute("aria-pressed"), "false");
    await becomes(() => bulk().count(), 0);
});

test("the palette goes to pages, to people, to numbers", async () => {
    const number = (await row("Kim Larsen").textContent()).match(/#\d+/)[0];
    await page.keyboard.press("Control+k");
    await looks("palette");
    for (const [typed, option, there] of [["audit", "Audit log", /#\/audit$/],
        ["kim", /Kim Larsen/, /#c=[0-9a-f-]+$/],
        [number, /Kim Larsen/, /#c=[0-9a-f-]+$/],
        ["powershell", "Search all messages for “powershell”", /#\/search\/powershell$/]]) {
        if (typed !== "audit") await page.keyboard.press("Control+k");
        await page.locator("#palette-field").fill(typed);
        await page.getByRole("option", { name: option, selected: true }).waitFor();
        await page.keyboard.press("Enter");
        await page.locator("#palette-field").waitFor({ state: "detached" });
        await page.waitForURL(there);
    }
});

test("what was said is found, and opens where it was said", async () => {
    await page.goto(`${programs.url}/console#/search`);
    await page.getByText("Type what you remember of it").waitFor();
    const field = page.getByRole("searchbox");
    await field.fill("nobody ever said this");
    await page.getByText("Nothing with “nobody ever said this”").waitFor();
    await field.fill("ZURICH gatew");
    const found = page.getByRole("list", { name: "Found" }).getByRole("link");
    await found.first().waitFor();
    await becomes(() => found.locator("mark").allTextContents(), ["Zürich", "gateway"]);
    await looks("search");
    await page.route("**/v1/search*", (route) => route.abort());
    await field.fill("gateway is");
    await page.getByRole("alert").getByRole("button").waitFor();
    await page.unroute("**/v1/search*");
    await page.getByRole("alert").getByRole("button").click();
    await found.first().click();
    await page.waitForURL(/#c=[0-9a-f-]+\/1$/);
    await page.locator(".sought + .said", { hasText: "The Zürich gateway is down." }).waitFor();
    await page.goBack();
    await page.waitForURL(/#\/search\/gateway%20is$/);
    await found.first().waitFor();
    assert.deepEqual(page.errors, []);
});

// A page with many rows: those of the server, and copies of one of them.
async function manyRows(n) {
    const at = await openPage(browser, {
        reducedMotion: "reduce", storageState: await page.context().storageState(),
    });
    const copies = [];
    let socket;
    await at.routeWebSocket(/console/, (near) => {
        socket = near;
        const far = near.connectToServer();
        near.onMessage((text) => far.send(text));
        far.onMessage((text) => {
            const frame = JSON.parse(text);
            if (frame.t === "inbox" && copies.length === 0) {
                const [one] = frame.conversations;
                for (let i = 0; i < n; i++)
                    copies.push({ ...one, id: `${one.id.slice(0, -4)}${1000 + i}`,
                        name: `Copy ${100 + i}`, waiting_since: Date.now() + i });
                frame.conversations.push(...copies);
            }
            near.send(JSON.stringify(frame));
        });
    });
    await at.goto(`${programs.url}/console`);
    await at.locator("button.row", { hasText: `Copy ${99 + n}` }).waitFor();
    const tell = (one) => socket.send(JSON.stringify({ t: "summary", conversation: one }));
    return { at, copies, tell };
}

test("among many the focus stays where it is while rows come to lie elsewhere", async () => {
    const { at, copies, tell } = await manyRows(40);
    const order = () => at.locator(".row-name").allTextContents();
    // One that comes to lie in the part before when one above it goes.
    const name = (await order())[24].trim();
    const first = copies[0];
    const moves = async (part) => {
        tell({ ...first, waiting_since: part ? Date.now() + 1e6 : first.waiting_since });
        await until(async () => (await order())[part ? 23 : 24].trim() === name, "its place");
    };
    const inRow = at.locator(".inbox-row", { hasText: name });
    for (const part of [inRow.getByRole("checkbox"), inRow.getByRole("button")]) {
        await part.focus();
        for (const up of [true, false]) {
            await moves(up);
            assert.ok(await part.evaluate((one) => one === document.activeElement));
        }
    }
    await at.context().close();
});

test("back at once, before the address shows where one is", async () => {
    const { at } = await manyRows(3);
    const open = (n) => at.locator("button.row").nth(n);
    const press = (n, andBack) => open(n).evaluate((one, back) => {
        one.click();
        if (back) window.history.back();
    }, andBack);
    await press(0, true);
    await at.getByText("Choose a conversation").waitFor();
    await at.waitForURL(`${programs.url}/console`);
    await press(1, false);
    await at.waitForURL(/#c=/);
    await press(2, true);
    await at.getByText("Choose a conversation").waitFor();
    await at.waitForURL(`${programs.url}/console`);
    await at.goForward();
    await at.waitForURL(/#c=/);
    await at.locator("#thread-heading").waitFor();
    await at.context().close();
});

test("among many each row says which of how many it is", async () => {
    const { at, copies, tell } = await manyRows(40);
    const rowsOf = () => at.locator(".inbox-row").evaluateAll((all) => all.map((one) =>
        `${one.getAttribute("aria-posinset")} of ${one.getAttribute("aria-setsize")}`));
    const isWhole = async () => {
        const all = await rowsOf();
        return all.every((one, i) => one === `${i + 1} of ${all.length}`) && all.length;
    };
    await until(async () => await isWhole() >= 40, "all of them");
    const n = await isWhole();
    tell({ ...copies[3], waiting_since: Date.now() + 1e6 });
    const said = async () => (await at.locator(".row-name").allTextContents()).join();
    await until(async () => /Copy 139.*Copy 103/.test(await said()), "its place behind the others");
    await becomes(isWhole, n);
    tell({ ...copies[5], state: "closed", waiting_since: null });
    await until(async () => await isWhole() === n - 1, "one less");
    await checkPage(at, "inbox-many");
    await at.context().close();
});

test("what the last page of closed ones brings is where one goes on", async () => {
    const { at, copies } = await manyRows(20);
    const closed = copies.map((one, i) =>
        ({ ...one, state: "closed", waiting_since: null, closed_at: Date.now() - i }));
    await at.route("**/v1/conversations?state=closed*", (route) => {
        const more = !route.request().url().includes("after=");
        const conversations = more ? closed.slice(0, 12) : closed.slice(12);
        return route.fulfill({ json: { conversations, more } });
    });
    await at.getByRole("button", { name: "Closed" }).click();
    await at.locator(".inbox-more button").focus();
    await at.keyboard.press("Enter");
    await at.locator("button.row", { hasText: "Copy 119" }).waitFor();
    await until(() => at.evaluate(() =>
        document.activeElement.matches(".row") &&
            document.activeElement.textContent.includes("Copy 112")), "the focus there");
    await at.context().close();
});

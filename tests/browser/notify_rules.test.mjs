// The rules of what is told to a technician (web/console/notify_rules.ts), without a browser.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { buildSync } = require("esbuild");
const source = fileURLToPath(new URL("../../web/console/notify_rules.ts", import.meta.url));
const { outputFiles } = buildSync({ entryPoints: [source], bundle: true, format: "esm",
    write: false });
const { deserved, eventsOf, isQuiet, waitsOnMe, UNCHOSEN } =
    await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);

const ME = { id: "me", name: "Mia" };
const ANN = { id: "ann", name: "Ann" };
const talk = (more = {}) => ({
    id: "c1", name: "Ines", company: "Acme", subject: "Printer", lastBody: "It burns.",
    lastFrom: "person", lastAt: 1000, lastSeq: 1, lastSaid: 1, waitingSince: 1000, open: true,
    staff: null, snoozedUntil: null, unanswered: false, ...more,
});
const kinds = (before, now) => eventsOf(before, now, "me").map((one) => one.kind);

test("what a summary tells", () => {
    const free = talk();
    const mine = talk({ staff: ME });
    assert.deepEqual(kinds(undefined, free), ["unassigned"]);
    assert.deepEqual(kinds(free, talk({ lastAt: 2000, lastSeq: 2, lastSaid: 2 })), [],
        "waits already");
    assert.deepEqual(kinds(talk({ waitingSince: null, lastFrom: "staff" }), free),
        ["unassigned"], "waits again");
    assert.deepEqual(kinds(talk({ snoozedUntil: 5 }), free), ["unassigned"], "awake again");
    assert.deepEqual(kinds(talk({ staff: ANN }), free), ["unassigned"], "given back");
    assert.deepEqual(kinds(mine, free), [], "I gave it up");
    assert.deepEqual(kinds(undefined, talk({ snoozedUntil: 5 })), [], "asleep");
    assert.deepEqual(kinds(undefined, talk({ waitingSince: null })), [], "nobody waits");
    assert.deepEqual(kinds(free, talk({ open: false })), [], "closed");

    assert.deepEqual(kinds(free, talk({ staff: ME, lastSeq: 2 })), ["assigned"]);
    assert.deepEqual(kinds(talk({ staff: ANN }), mine), ["assigned"], "handed over");
    assert.deepEqual(kinds(free, talk({ staff: ANN })), [], "somebody else's");
    assert.deepEqual(kinds(mine, talk({ staff: ME, lastSaid: 2 })), ["reply"]);
    assert.deepEqual(kinds(mine, talk({ staff: ME, lastSaid: 2, lastAt: 900 })), ["reply"],
        "an email, made before what was said last and read from the PSA after it");
    assert.deepEqual(kinds(mine, talk({ staff: ME, lastFrom: "staff", lastSaid: 2 })), []);
    assert.deepEqual(kinds(undefined, mine), ["reply"], "it was closed, and its person wrote");
    assert.deepEqual(kinds(mine, talk({ staff: ME, lastSeq: 9 })), [], "a note");
    assert.deepEqual(kinds(talk({ staff: ANN }), talk({ staff: ANN, unanswered: true })),
        ["escalation"]);
    assert.deepEqual(kinds(talk({ unanswered: true }), talk({ unanswered: true })), []);
    assert.equal(eventsOf(undefined, free, "me")[0].key, "c1 1");
});

const happening = (kind) => ({ kind, conversation: "c1", key: "c1 1", who: "", company: "",
    text: "" });
const MONDAY = Date.UTC(2026, 10, 23, 11, 0); // noon in Berlin
const HOUR = 3_600_000;
const quiet = (from, to, days = []) => ({ ...UNCHOSEN, zone: "Europe/Berlin",
    quiet: { from, to, days } });

test("by which way", () => {
    const set = { ...UNCHOSEN, events: { assigned: ["sound"], unassigned: ["browser"], reply: [],
        mention: ["digest"], escalation: [] } };
    const both = [happening("assigned"), happening("unassigned")];
    assert.deepEqual(deserved(both, set, MONDAY), { show: both[1], sound: true });
    assert.deepEqual(deserved(both, { ...set, volume: 0 }, MONDAY),
        { show: both[1], sound: false });
    assert.deepEqual(deserved([happening("mention"), happening("reply")], set, MONDAY),
        { show: null, sound: false });
    assert.deepEqual(deserved(both, { ...set, quiet: { from: "", to: "", days: [1] }, zone: "UTC" },
        MONDAY), { show: null, sound: false });
});

test("quiet hours, by the clock there, over midnight and the change of summer time", () => {
    const night = quiet("18:00", "08:00");
    const is = (set, after) => isQuiet(set, MONDAY + after * HOUR);
    assert.equal(is(UNCHOSEN, 0), false);
    assert.equal(is(night, 0), false);
    assert.equal(is(night, 5.99), false);
    assert.equal(is(night, 6), true); // 18:00
    assert.equal(is(night, 12), true); // midnight
    assert.equal(is(night, 19.99), true);
    assert.equal(is(night, 20), false); // 08:00
    assert.equal(is(quiet("12:00", "13:00"), 0), true);
    assert.equal(is(quiet("12:00", "13:00"), 1), false);
    assert.equal(is(quiet("", "", [6, 7]), 0), false);
    assert.equal(is(quiet("", "", [6, 7]), 5 * 24), true);
    assert.equal(is(quiet("", "", [2]), 12.01), true); // Tuesday there, Monday in UTC
    // On 2027-03-28 the clock goes from 02:00 to 03:00.
    const jump = Date.UTC(2027, 2, 28, 1, 0);
    assert.equal(isQuiet(quiet("03:00", "04:00"), jump), true);
    assert.equal(isQuiet(quiet("02:00", "03:00"), jump), false);
    assert.equal(isQuiet({ ...night, zone: "No/Where" }, MONDAY), isQuiet({ ...night, zone: "" },
        MONDAY));
});

test("what waits on me", () => {
    const inbox = [talk(), talk({ id: "c2", staff: ME }), talk({ id: "c3", staff: ANN }),
        talk({ id: "c4", staff: ME, waitingSince: null }),
        talk({ id: "c5", staff: ME, snoozedUntil: 5 })];
    assert.equal(waitsOnMe(inbox, new Map(), "me", UNCHOSEN), 2);
    assert.equal(waitsOnMe(inbox, new Map([["c2", 1], ["c3", 1]]), "me", UNCHOSEN), 3);
    const deaf = { ...UNCHOSEN, events: { ...UNCHOSEN.events, unassigned: [] } };
    assert.equal(waitsOnMe(inbox, new Map(), "me", deaf), 1);
});

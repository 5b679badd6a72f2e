// Where a new day begins between two messages, in console and widget, where people are.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
let inConsole;
let inWidget;

before(async () => {
    const { outputFiles } = await require("esbuild").build({
        stdin: {
            contents: "export * as desk from './console/time';" +
                "export * as chat from './widget/time';",
            resolveDir: fileURLToPath(new URL("../../web", import.meta.url)),
        },
        bundle: true, write: false, format: "esm",
    });
    const code = Buffer.from(outputFiles[0].contents).toString("base64");
    ({ desk: inConsole, chat: inWidget } = await import(`data:text/javascript;base64,${code}`));
});

// Zone, a moment, another: whether they are of one day there, and how the first is called then.
const DAYS = [
    ["UTC", "2026-11-25T00:00:00Z", "2026-11-25T23:59:59Z", true, "Today"],
    ["UTC", "2026-11-24T23:59:59Z", "2026-11-25T00:00:00Z", false, "Yesterday"],
    ["Europe/Berlin", "2026-11-24T22:59:59Z", "2026-11-24T23:00:00Z", false, "Yesterday"],
    ["Asia/Kolkata", "2026-11-24T18:29:00Z", "2026-11-24T18:30:00Z", false, "Yesterday"],
    // The days of 23 and of 25 hours.
    ["Europe/Berlin", "2026-03-28T22:30:00Z", "2026-03-29T21:59:00Z", false, "Yesterday"],
    ["Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T22:59:00Z", true, "Today"],
    ["America/New_York", "2026-10-31T05:00:00Z", "2026-11-02T04:30:00Z", false, "Yesterday"],
    ["Pacific/Auckland", "2025-12-31T10:59:00Z", "2025-12-31T11:00:00Z", false, "Yesterday"],
    ["UTC", "2026-11-23T12:00:00Z", "2026-11-25T12:00:00Z", false, "Monday, November 23, 2026"],
    ["UTC", "2025-11-25T12:00:00Z", "2026-11-25T12:00:00Z", false, "Tuesday, November 25, 2025"],
];

test("a day begins at midnight where one is", async () => {
    const zone = process.env.TZ;
    for (const [where, first, second, isSame, name] of DAYS) {
        process.env.TZ = where;
        const [at, now] = [Date.parse(first), Date.parse(second)];
        const said = `${where} ${first} ${second}`;
        assert.equal(inConsole.dayKey(at) === inConsole.dayKey(now), isSame, said);
        assert.equal(inConsole.dayName(at, now), name, said);
    }
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
});

test("the widget's day changes when the console's does", () => {
    for (const [, first, second] of DAYS) {
        const [at, now] = [Date.parse(first), Date.parse(second)];
        assert.equal(inWidget.dayOf(at) === inWidget.dayOf(now),
            inConsole.dayKey(at) === inConsole.dayKey(now), `${first} ${second}`);
    }
});

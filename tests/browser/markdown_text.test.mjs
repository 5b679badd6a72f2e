// How a text is read as Markdown: by the same code as in widget and console.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const TAGS = ["strong", "em", "code", "a", "bdi", "pre", "ul", "ol", "li"];
const BODY_MAX = 32 * 1024;
let folder;
let address;
let parse;
let attributesOf;
let plain;

before(async () => {
    const { outputFiles } = await require("esbuild").build({
        stdin: {
            contents: "export * from './markdown'; export * from './marks'; " +
                "export { plain } from '../console/plain';",
            resolveDir: fileURLToPath(new URL("../../web/text", import.meta.url)),
        },
        bundle: true, write: false, format: "esm",
    });
    folder = mkdtempSync(join(tmpdir(), "parley-text-"));
    const file = join(folder, "text.mjs");
    writeFileSync(file, outputFiles[0].contents);
    address = pathToFileURL(file).href;
    ({ parse, attributesOf, plain } = await import(address));
});

after(() => rmSync(folder, { recursive: true, force: true }));

// As a page would write it; for these tests only.
function html(kids) {
    return kids.map((kid) => {
        if (typeof kid === "string") return kid;
        const mark = kid.tag === "a" ? `a ${kid.href}` : kid.tag;
        return `<${mark}${kid.value === undefined ? "" : ` ${kid.value}`}>` +
            `${html(kid.kids)}</${kid.tag}>`;
    }).join("");
}

function textOf(kids) {
    return kids.map((kid) => typeof kid === "string" ? kid : textOf(kid.kids)).join("");
}

const MEANS = [
    ["a **bold** and *lean* and _lean_ word", "a <strong>bold</strong> and <em>lean</em> and " +
        "<em>lean</em> word"],
    ["***both*** **a *b* c**", "<strong><em>both</em></strong> <strong>a <em>b</em> c</strong>"],
    ["(**x**), \"*y*\". „**z**“", "(<strong>x</strong>), \"<em>y</em>\". „<strong>z</strong>“"],
    ["run `rm -rf *` or ``a`b``", "run <code>rm -rf *</code> or <code>a`b</code>"],
    ["one\n\ntwo", "one\n\ntwo"],
    ["```sh\nls **\n- x\n```\nthen", "<pre>ls **\n- x</pre>then"],
    ["so:\n- a\n  and\n  - b\n* c\nend",
        "so:<ul><li>a\nand<ul><li>b</li></ul></li><li>c</li></ul>end"],
    ["1. a\n\n2. b\n7. c", "<ol><li 1>a</li><li 2>b</li><li 7>c</li></ol>"],
    ["- a\n1. b", "<ul><li>a</li></ul><ol><li 1>b</li></ol>"],
    ["[the **way**](https://a.example/b_(c)?d=*e*)",
        "<a https://a.example/b_(c)?d=*e*>the <strong>way</strong></a>"],
    ["see https://a.example/x_y_(z). **http://b.example**, (mailto:ada@c.example)",
        "see <a https://a.example/x_y_(z)>https://a.example/x_y_(z)</a>. <strong>" +
        "<a http://b.example>http://b.example</a></strong>, (<a mailto:ada@c.example>" +
        "mailto:ada@c.example</a>)"],
    // A link goes where it says.
    ["[https://a.example](https://a.example/)", "<a https://a.example/>https://a.example</a>"],
    ["[https://bank.example](https://evil.example)", "<a https://evil.example>" +
        "https://bank.example</a> <bdi>(https://evil.example/)</bdi>"],
    ["[bank․example](https://evil.example)", "<a https://evil.example>bank․example</a> " +
        "<bdi>(https://evil.example/)</bdi>"],
    ["[**www.bank.example**](https://xn--e1awd7f.example)", "<a https://xn--e1awd7f.example>" +
        "<strong>www.bank.example</strong></a> <bdi>(https://xn--e1awd7f.example/)</bdi>"],
    ["[[in](https://a.example) out](https://b.example)", "[<a https://a.example>in</a> out]" +
        "(<a https://b.example>https://b.example</a>)"],
];

test("Markdown is read as what it means", () => {
    for (const [text, shown] of MEANS) assert.equal(html(parse(text)), shown, text);
});

const AS_TYPED = [
    "snake_case_names and __init__ and _GET", "2*3*4 = 24, 5 * 3, a*b*c",
    "C:\\a_b\\*.txt D:\\*.log",
    "*.* and *.txt, *.log", "*", "**", "****", "_", "`", "```", "* ", "-", "--", "---", "* * *",
    "SELECT * FROM a WHERE b = '*' OR c = '*';", "char *a, **b; /* c */", "f(*args, **kwargs)",
    "[ERROR] [x](y) [](https://", "[a] (b) [c]", "2026-11-25 10:00:01 [main] *** failed ***",
    "24. December", "2. is not first", "#1 > 2 < 3 & <b>no</b> &amp; \\* ~~x~~", "   deep\n\ttab",
    "**not\nover lines**", "** a **", "*a", "a*", "``` \nnever closed", "    - far in",
    "javascript:alert(1)", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))",
    "[x](\tjavascript:alert(1))", "[x](java\nscript:alert(1))", "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)", "[x](vbscript:x)", "[x](//evil.example)",
    "[x](/v1/me)", "[x](file:///etc/passwd)", "[x](blob:a)", "[x](https:x)",
    "[x](https:\\\\evil.example)", "https://bank.example@evil.example/", "http://%%", "mailto:x",
    "[x](https://bank.example:pw@evil.example)", "[ ](https://", "<img src=x onerror=alert(1)>",
    "<a href=\"https://", "[x](ftp://a.example)", "xhttps://", "*_*",
];

test("what is not Markdown stays as it was typed", () => {
    for (const text of AS_TYPED) assert.deepEqual(parse(text), [text], text);
    assert.deepEqual(parse(""), []);
});

// The same numbers each time.
function random(seed) {
    let state = seed;
    return (below) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
    };
}

const PIECES = [
    "*", "**", "***", "_", "`", "``", "```", "\n", "\n\n", "\r\n", "- ", "* ", "1. ", "2. ", "  ",
    " ", "[", "]", "(", ")", "](", "https://", "https://a.example", "mailto:", "mailto:a@b.example",
    "javascript:", "JAVASCRIPT:", "data:text/html,", "//", "@", "\\", "<", ">", "\"", "'", "&",
    "a", "word", "9", ".", "!", "é", "ж", "字", "😀", "\ud800", "\u202e", "\u200b", "\u0000", "\t",
    "\u2028", "\u00a0", "<img src=x onerror=alert(1)>", "snake_case", "2*3*4",
];
// What markup is made of, and white space; all else must be seen.
const MARKUP = /[*_`[\]()\s.:-]/g;

function check(text) {
    const kids = parse(text);
    let shown = textOf(kids);
    const look = (some) => {
        for (const kid of some) {
            if (typeof kid === "string") continue;
            assert.ok(TAGS.includes(kid.tag), kid.tag);
            const { href = "https://none.example" } = attributesOf(kid);
            assert.match(new URL(href).protocol, /^(https?|mailto):$/);
            if (kid.tag === "bdi") shown = shown.replace(textOf([kid]), "");
            look(kid.kids);
        }
    };
    look(kids);
    return shown;
}

test("of any text all is seen that is no markup, and nothing else is made", () => {
    for (let seed = 1; seed <= 20_000; seed++) {
        const next = random(seed);
        const text = Array.from({ length: 1 + next(24) }, () => PIECES[next(PIECES.length)])
            .join("");
        const shown = check(text).replace(MARKUP, "");
        // The targets of links are markup, as are the numbers of lists and a fence's language.
        let at = 0;
        for (const char of shown) {
            at = text.indexOf(char, at) + 1;
            assert.ok(at > 0, `seed ${seed}: ${JSON.stringify([text, shown])}`);
        }
        const bare = text.replace(/\]\([^\s)]*\)?/g, "").replace(/^ *\d{1,3}\. |^ *```.*$/gm, "");
        const letters = (some) => some.replace(MARKUP, "").replace(/[^\p{L}\p{S}]/gu, "").length;
        assert.ok(letters(shown) >= letters(bare),
            `seed ${seed}: ${JSON.stringify([text, shown])}`);
    }
});

// How often each piece of the code runs, as the engine counts it.
test("the steps are as many as the text is long, whatever its shape", async () => {
    const session = new Session();
    session.connect();
    const post = promisify(session.post.bind(session));
    await post("Profiler.enable");
    await post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    const url = `${address}?counted`;
    const counted = await import(url);
    const stepsOf = async (text) => {
        await post("Profiler.takePreciseCoverage");
        counted.parse(text);
        const { result } = await post("Profiler.takePreciseCoverage");
        return result.find((one) => one.url === url).functions
            .flatMap(({ ranges }) => ranges).reduce((all, { count }) => all + count, 0);
    };
    const shapes = [...PIECES, "*a ", "**a", "[a", "[](", "[a](", "[](https://a", "](a", "a* ",
        "a_ ", "`a``b```c", "https://a)", "https://a.example ", "http://%%", "http://%%[", "*- -* ",
        "- a\n", "  - a\n", "1. a\n\n", "```\n", "```a\n", "[a](https://b.example) ", "(((",
        "*a_b* ", "\"*a\"* "];
    for (const shape of shapes) {
        for (const lead of ["", "[".repeat(8192), "*a ".repeat(4096),
            "- a\n  - b\n    - c\n"]) {
            const times = Math.floor((BODY_MAX - lead.length) / shape.length);
            const steps = await stepsOf(lead + shape.repeat(times));
            assert.ok(steps < 30 * BODY_MAX,
                `${JSON.stringify([lead.slice(0, 9), shape])}: ${steps} steps`);
        }
    }
    session.disconnect();
});

test("a row says it without the signs", () => {
    for (const [typed, shown] of [
        ["My **blue screen** and `chkdsk /f`", "My blue screen and chkdsk /f"],
        ["2 ** 3 and **", "2 ** 3 and **"],
        ["** not bold**, *lean*", "** not bold**, *lean*"],
    ])
        assert.equal(plain(typed), shown);
});

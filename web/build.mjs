// Bundle the pages: node build.mjs OUTDIR
//
// Writes into OUTDIR the widget, the console and the sample page, beside each its NAME.gz, and
// files.txt: one line per file, "name<TAB>content type<TAB>bytes<TAB>bytes of its .gz". The same
// sources give the same bytes. Ends with 1 when widget or console is over its budget.

import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const WIDGET_GZ_MAX = 31_000;
// What the console loads first, together.
const CONSOLE_GZ_MAX = 120_000;
const CONSOLE_FIRST = ["console.html", "console.js", "console.css"];
// Parts of the console that are loaded when they are needed, and what all share.
const CONSOLE_PARTS = "console-[name]-[hash]";

const LANGUAGES = ["de"];

const TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
};

const TARGET = ["chrome111", "edge111", "firefox114", "safari16.4"];
const web = dirname(fileURLToPath(import.meta.url));

// The widget's style sheet travels inside its script, as text.
const cssAsText = {
    name: "css-as-text",
    setup(b) {
        b.onLoad({ filter: /\.css$/ }, async ({ path }) => {
            const { code } = await transform(readFileSync(path, "utf8"), {
                loader: "css",
                minify: true,
                target: TARGET,
            });
            return { contents: code.trim(), loader: "text" };
        });
    },
};

async function bundle(options) {
    const { outputFiles } = await build({
        absWorkingDir: web,
        bundle: true,
        write: false,
        minify: true,
        target: TARGET,
        charset: "utf8",
        legalComments: "none",
        logLevel: "warning",
        outdir: "/out",
        ...options,
    });
    return outputFiles.map((file) => [file.path.replace(/^.*\//, ""), Buffer.from(file.contents)]);
}

async function widget() {
    return bundle({
        entryPoints: [{ in: "widget/main.ts", out: "widget" }],
        format: "iife",
        plugins: [cssAsText],
    });
}

// Words of other languages, loaded as modules.
async function words() {
    const files = LANGUAGES.flatMap((language) => [
        { in: `widget/words/${language}.ts`, out: `widget-${language}` },
        { in: `console/words/${language}.ts`, out: `console-${language}` },
    ]);
    return bundle({ entryPoints: files, format: "esm" });
}

// What a bundle loads with it at once, and these in turn.
function importedBy(name, files, known = new Set()) {
    const text = files.find(([one]) => one === name)[1].toString();
    for (const [, part] of text.matchAll(/(?:from|import)"\.\/([^"]+)"/g)) {
        if (known.has(part)) continue;
        known.add(part);
        importedBy(part, files, known);
    }
    return [...known];
}

async function staffConsole() {
    if (!existsSync(join(web, "console/main.tsx"))) return [];
    const entryPoints = [{ in: "console/main.tsx", out: "console" }];
    const files = await bundle({
        entryPoints,
        format: "esm",
        splitting: true,
        chunkNames: CONSOLE_PARTS,
        jsx: "automatic",
        jsxImportSource: "preact",
        define: { "process.env.NODE_ENV": '"production"' },
    });
    // The style sheet may be imported by the script or stand beside it.
    if (!files.some(([name]) => name === "console.css")) {
        const entryPoints = [{ in: "console/console.css", out: "console" }];
        files.push(...(await bundle({ entryPoints })));
    }
    const parts = importedBy("console.js", files);
    CONSOLE_FIRST.push(...parts);
    const page = readFileSync(join(web, "console/console.html"), "utf8");
    files.push(["console.html", Buffer.from(page.replace("<script type=\"module\"",
        `${parts.map((name) => `<link rel="modulepreload" href="/${name}">\n`).join("")}$&`))]);
    const preview = [{ in: "console/preview/preview.ts", out: "widget-preview" }];
    files.push(...(await bundle({ entryPoints: preview, format: "iife" })));
    for (const kind of ["html", "css"])
        files.push([`widget-preview.${kind}`,
            readFileSync(join(web, `console/preview/preview.${kind}`))]);
    return files;
}

async function chatPage() {
    const entryPoints = [{ in: "page/chat.ts", out: "chat" }];
    return [
        ...(await bundle({ entryPoints, format: "iife" })),
        ...["html", "css"].map((kind) =>
            [`chat.${kind}`, readFileSync(join(web, `page/chat.${kind}`))]),
    ];
}

function sample() {
    const from = join(web, "sample");
    return readdirSync(from)
        .filter((name) => extname(name) in TYPES)
        .map((name) => [name, readFileSync(join(from, name))]);
}

function compress(bytes) {
    const gz = gzipSync(bytes, { level: 9 });
    gz[9] = 255; // "unknown operating system", wherever it was built
    return gz;
}

async function main() {
    if (process.argv.length !== 3) throw new Error("usage: node build.mjs OUTDIR");
    const out = resolve(process.argv[2]);
    mkdirSync(out, { recursive: true });
    const files = [
        ...(await widget()), ...(await staffConsole()), ...(await chatPage()),
        ...(await words()), ...sample(),
    ];
    files.sort(([a], [b]) => (a < b ? -1 : 1));
    const list = [];
    let first = 0;
    for (const [name, bytes] of files) {
        const gz = compress(bytes);
        if (name === "widget.js" && gz.length > WIDGET_GZ_MAX) {
            throw new Error(`widget.js.gz has ${gz.length} bytes; the most is ${WIDGET_GZ_MAX}`);
        }
        if (CONSOLE_FIRST.includes(name)) first += gz.length;
        writeFileSync(join(out, name), bytes);
        writeFileSync(join(out, `${name}.gz`), gz);
        list.push(`${name}\t${TYPES[extname(name)]}\t${bytes.length}\t${gz.length}\n`);
    }
    if (first > CONSOLE_GZ_MAX)
        throw new Error(`the console's first load has ${first} bytes of ${CONSOLE_GZ_MAX}`);
    writeFileSync(join(out, "files.txt"), list.join(""));
}

main().catch((error) => {
    console.error(`build.mjs: ${error.message}`);
    process.exitCode = 1;
});

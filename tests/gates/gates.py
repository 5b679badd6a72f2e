#!/usr/bin/env python3
"""Rules of the house that no compiler checks. Prints each finding; exit 1 if there is one.

- a folder of src/ includes only headers of its own and of folders below it
- no banned C function
- no type of a library in a header outside the rooms that own the library
- no inline style or script, no "any" in web/
- texts that people read, in web/: see words.py
- lines of C and TypeScript at most 100 columns
"""
import pathlib
import re
import subprocess
import sys

import words

ROOT = pathlib.Path(__file__).resolve().parents[2]
ORDER = ["base", "net", "store", "chat", "mail", "hook", "duty", "psa", "api", "app"]  # lowest first
BANNED = re.compile(r"\b(strcpy|strcat|sprintf|vsprintf|gets|atoi|atol|strtok|rand|srand)\s*\(")
LIBRARY = {  # header -> folders that may include it
    "uv.h": ["src/net/", "bench/"],
    "libwebsockets.h": ["src/net/", "bench/"],
    "curl/curl.h": ["src/net/"],
    "sqlite3.h": ["src/store/sqlite/", "bench/", "tests/contract/store/"],
    "jansson.h": ["src/base/"],
    "cjose/cjose.h": ["src/base/"],
    "glib.h": ["src/base/"],
    "sodium.h": ["src/base/"],
    "idn2.h": ["src/base/"],
    "liboath/oath.h": ["src/base/"],
    "qrencode.h": ["src/base/"],
    "ini.h": ["src/app/"],
}
INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]')
COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.S)

findings = []


def found(path, line, text):
    findings.append(f"{path}:{line}: {text}")


def blank(match):
    """Comments and strings become spaces, so that line numbers stay."""
    return re.sub(r"[^\n]", " ", match.group())


def check_include(path, number, header):
    parts = path.split("/")
    if parts[0] == "src" and header.split("/")[0] in ORDER:
        if ORDER.index(header.split("/")[0]) > ORDER.index(parts[1]):
            found(path, number, f"{parts[1]} may not include {header}, which lies above it")
    if parts[0] == "sandbox" and header.split("/")[0] in ORDER[2:]:
        found(path, number, f"the sandbox shares base and net only, not {header}")
    for library, rooms in LIBRARY.items():
        if header != library:
            continue
        if not any(path.startswith(room) for room in rooms):
            found(path, number, f"{library} belongs to {', '.join(rooms)}")
        elif path.endswith(".h") and not path.endswith(("_private.h", "_uv.h")) and path.startswith("src/"):
            found(path, number, f"{library} in a header for others; use an x_private.h")


def check_c(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            check_include(path, number, match.group(1))
    for number, line in enumerate(COMMENT.sub(blank, text).splitlines(), 1):
        match = BANNED.search(line)
        if match:
            found(path, number, f"banned function {match.group(1)}")


def check_web(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        if path.endswith((".ts", ".tsx")):
            if re.search(r":\s*any\b|\bas any\b|<any>", line):
                found(path, number, "type any")
            if re.search(r"\bstyle=|innerHTML|\beval\(", line):
                found(path, number, "inline style, innerHTML or eval")
        if path.endswith(".html") and re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*src=)",
                                                 line):
            found(path, number, "inline style or script")


def check_words(names):
    """Needs all files: the server's sentences stand in C, their translations in TypeScript."""
    texts = {path: (ROOT / path).read_text(encoding="utf-8") for path in names
             if path.endswith((".c", ".h", ".ts", ".tsx")) and (ROOT / path).is_file()}
    pages = "src/api/rest_words.c"
    known = words.sentences([text for path, text in texts.items()
                             if path.startswith("src/") and path != pages])
    words.check_pages(pages, texts[pages], known, found)
    # While texts of several are brought together a translation may come before its sentence.
    strict = words.is_strict(texts["web/console/words/said.ts"])
    for path, text in texts.items():
        if path.startswith("web/"):
            words.check_texts(path, text, found)
        if strict and re.search(r"/words/\w\w/", path) and "hearing\"" in text:
            words.check_heard(path, text, known, found)


def main():
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True,
                           capture_output=True, text=True).stdout.splitlines()
    for path in names:
        if not (ROOT / path).is_file() or "/node_modules/" in path:
            continue
        if path.endswith((".c", ".h", ".ts", ".tsx", ".mjs", ".html")):
            text = (ROOT / path).read_text(encoding="utf-8")
            if path.endswith((".c", ".h")):
                check_c(path, text)
            if path.startswith("web/"):
                check_web(path, text)
            for number, line in enumerate(text.splitlines(), 1):
                if len(line) > 100 and not path.endswith(".html"):
                    found(path, number, f"{len(line)} columns")
    check_words([path for path in names if "/node_modules/" not in path])
    for finding in findings:
        print(finding)
    print(f"gates: {len(names)} files, {len(findings)} findings")
    return 1 if findings else 0


sys.exit(main())

#!/usr/bin/env python3
"""The words agree with the programs: options, settings, links, frames, limits, names in the docs.

usage: check.py PARLEY SANDBOX ROUTES
"""
import json
import pathlib
import re
import subprocess
import sys

from handlers import Handlers

ROOT = pathlib.Path(__file__).resolve().parents[2]
wrong = []


def read(path):
    return (ROOT / path).read_text()


def same(what, ours, theirs):
    for one in sorted(set(ours) - set(theirs)):
        wrong.append(f"{what}: {one} is missing")
    for one in sorted(set(theirs) - set(ours)):
        wrong.append(f"{what}: {one} is not there any more")


def options(text):
    return set(re.findall(r"--[a-z][a-z-]+", text)) - {"--help"}


def check_options(parley, sandbox):
    commands = ([], ["serve"], ["connector"], ["staff"])
    shown = "".join(subprocess.run([parley, *command, "--help"], check=True, text=True,
                                   capture_output=True).stdout for command in commands)
    page = read("docs/man/parley.1").replace("\\-", "-")
    same("parley.1, options", options(shown), options(page))
    shown = subprocess.run([sandbox, "--help"], check=True, text=True, capture_output=True).stdout
    page = read("docs/man/syncro-sandbox.1").replace("\\-", "-")
    same("syncro-sandbox.1, options", options(shown), options(page))
    commands = re.findall(r"^  (/[a-z_]+ \{.*?\})$", shown, re.M)
    if len(commands) < 8:
        wrong.append("syncro-sandbox: --help tells no commands")
    for command in commands:
        name, members = command.split(" ", 1)
        if f"{name}\n" not in page if members == "{}" else f'{name} " {members}"' not in page:
            wrong.append(f"syncro-sandbox.1: {command} is missing")


def check_settings():
    keys = re.findall(r'\{"([a-z_]+)", [A-Z]+, offsetof', read("src/app/settings.c"))
    table = read("README.md").split("## Running it")[1].split("##")[0]
    same("README, settings", keys, re.findall(r"^\| `([a-z_]+)` \|", table, re.M))
    section = read("docs/man/parley.1").split(".SH SETTINGS")[1].split(".SH FILES")[0]
    same("parley.1, settings", keys, re.findall(r"^\.TP\n\.B ([a-z_]+)$", section, re.M))


def check_links():
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\(([^)#]+)", page.read_text()):
            if "://" not in link and not (page.parent / link).exists():
                wrong.append(f"{page.relative_to(ROOT)}: {link} does not exist")


def check_pictures():
    page = read("docs/console.md")
    for name in re.findall(r'^ {4}\| \{ page: "([a-z]+)"', read("web/console/route.ts"), re.M):
        if not re.search(rf"\(images/console/{name}(-[a-z]+)?\.png\)", page):
            wrong.append(f"console.md: no picture of the page {name}")


def check_protocol():
    page = read("docs/protocol.md")
    theirs = page.split("## A person's frames")[1].split("## The server's")[0]
    theirs += page.split("## Staff's frames")[1].split("## Errors")[0]
    # The rows that tell a client's frames begin with a name and braces.
    code = "".join(file.read_text() for file in (ROOT / "src/api").glob("*.c"))
    ours = set(re.findall(r'print_(?:begin|kind)\([^,]+, "([a-z_]+)"', code)) | {"options"}
    known = set(re.findall(r'\{\s*"([a-z]+)",', read("src/api/frames.c")))
    told = set(re.findall(r"`([a-z]+) \{", theirs)) - (ours - known)
    same("protocol.md, frames", known, told)
    same("protocol.md, the server's frames", ours,
         ours & set(re.findall(r"`([a-z_]+)[ `]", page)))
    codes = set(re.findall(r"^\| `([a-z_]+)` \|", page.split("## Errors")[1], re.M))
    sent = set(re.findall(r'session_error\([^;]*?"([a-z_]+)",', code))
    sent |= set(re.findall(r'"code", "([a-z_]+)"\)', read("src/api/print_talk.c")))
    same("protocol.md, errors", sent, codes)


def check_limits():
    page = read("docs/protocol.md").split("## Limits")[1]
    limits = dict(re.findall(r"#define (CHAT_[A-Z_]+) +(\d+)", read("src/chat/limits.h")))
    for name, text in (("BODY_MAX", "Body {:,} bytes"), ("NAME_MAX", "name {}"),
                       ("EMAIL_MAX", "email {}"), ("PER_MINUTE", "{} messages a minute"),
                       ("BURST", "{} in a burst")):
        expected = text.format(int(limits[f"CHAT_{name}"]))
        if expected not in page:
            wrong.append(f"protocol.md, limits: not \"{expected}\"")
    if int(limits["CHAT_FRAME_MAX"]) != 32 * 1024 or "frame 32 KiB" not in page:
        wrong.append("protocol.md, limits: the frame")


def check_architecture():
    page = read("docs/architecture.md")
    code = "".join(file.read_text() for file in (ROOT / "src").rglob("*.[ch]"))
    for path in re.findall(r"`((?:src|web)/[^`]+)`", page):
        if not (ROOT / path).exists():
            wrong.append(f"architecture.md: {path} does not exist")
    for name in re.findall(r"`([a-z_]+)\(\)`", page):
        if not re.search(rf"^[a-z].*\b{name}\(", code, re.M):
            wrong.append(f"architecture.md: there is no {name}()")


def check_rest(routes):
    """The OpenAPI document against the table as the program has it."""
    def run(*args):
        return subprocess.run([routes, *args], check=True, text=True, capture_output=True).stdout

    table = [json.loads(line) for line in run().splitlines()]
    page = json.loads(run("--openapi"))
    told = {f"{method.upper()} {path}": one for path, methods in page["paths"].items()
            for method, one in methods.items()}
    same("openapi.json, routes", [f"{row['method']} {row['path']}" for row in table], told)
    for row in table:
        name = f"{row['method']} {row['path']}"
        one = told.get(name, {})
        size = one.get("requestBody", {}).get("description", "at most 0 bytes")
        if (one.get("x-who"), one.get("x-right", "")) != (row["who"], row["right"]):
            wrong.append(f"openapi.json: {name} is for {row['who']} {row['right']}")
        if size != f"at most {row['body_max']:,} bytes":
            wrong.append(f"openapi.json: {name}: {size}")
        if ("400" in one.get("responses", {})) < (row["method"] == "POST" and not row["open"]):
            wrong.append(f"openapi.json: {name} may answer 400")
    check_members(page)


def check_members(page):
    """The document has what each handler asks for in the query or the body, and no more."""
    for method, path, asked, words in Handlers().asked():
        one = page["paths"].get(path, {}).get(method.lower())
        if one is None:  # not written out in the table, or missing: check_rest tells
            continue
        schema = one.get("requestBody", {}).get("content", {}).get("application/json", {}) \
            .get("schema", {})
        if "$ref" in schema:
            schema = page["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        told = {part["name"] for part in one.get("parameters", []) if part["in"] == "query"}
        told |= set(schema.get("properties", {}))
        same(f"openapi.json, {method} {path}", asked, told - (words - asked))


def check_actions():
    """The words of the audit log in docs/operations.md."""
    words = re.findall(r'X\([A-Z_]+, "([a-z_]+)"\)', read("src/chat/audit.h"))
    section = read("docs/operations.md").split("## The audit log")[1].split("\n## ")[0]
    same("operations.md, actions", words, re.findall(r"`([a-z_]+)`", section))


def check_sentences():
    """What docs/connect-syncro.md says that the page says."""
    code = read("src/psa/syncro/syncro_check.h") + read("src/psa/syncro/syncro_account.c")
    code = code.replace('\\"', "'").replace("SUFFIX", '".syncromsp.com"')
    code = re.sub(r'"\s*(?:\\\s*)?"', "", code)
    known = [re.sub(r"\\\{[12]\\\}|%\w", ".+", re.escape(text))
             for text in re.findall(r'"([^"]*)"', code) if len(text) > 30]
    rows = read("docs/connect-syncro.md").split("## When something is wrong")[1]
    for cell in re.findall(r"^\|[^|]+\| ([A-Z][^|]+) \|", rows, re.M):
        said = cell.replace('"', "'")
        if not any(re.fullmatch(one, said) for one in known):
            wrong.append(f"connect-syncro.md: nothing says \"{cell}\"")


check_options(*sys.argv[1:3])
check_sentences()
check_rest(sys.argv[3])
check_actions()
check_settings()
check_links()
check_pictures()
check_protocol()
check_limits()
check_architecture()
for one in wrong:
    print(one)
sys.exit(len(wrong) > 0)

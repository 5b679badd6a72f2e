#!/usr/bin/env python3
"""The words agree with the programs: options, settings, links, frames, limits, names in the docs.

usage: check.py PARLEY SANDBOX
"""
import pathlib
import re
import subprocess
import sys

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
    for place in ("/fault", "/clear", "/token", "/set", "/comment", "/change", "/stats", "/state"):
        if place not in shown or place not in page:
            wrong.append(f"syncro-sandbox: {place} is not told")


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


def check_protocol():
    page = read("docs/protocol.md")
    theirs = page.split("## A person's frames")[1].split("## The server's")[0]
    theirs += page.split("## Staff's frames")[1].split("## Errors")[0]
    # The rows that tell a client's frames begin with a name and braces.
    told = set(re.findall(r"`([a-z]+) \{", theirs)) - {"inbox", "outbox", "options", "summary",
                                                        "welcome", "messages", "ticket"}
    known = set(re.findall(r'\{\s*"([a-z]+)",', read("src/api/frames.c")))
    same("protocol.md, frames", known, told)
    codes = set(re.findall(r"^\| `([a-z_]+)` \|", page.split("## Errors")[1], re.M))
    code = "".join(file.read_text() for file in (ROOT / "src/api").glob("*.c"))
    sent = set(re.findall(r'session_error\([^;]*?"([a-z_]+)",', code))
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


check_options(*sys.argv[1:3])
check_settings()
check_links()
check_protocol()
check_limits()
check_architecture()
for one in wrong:
    print(one)
sys.exit(len(wrong) > 0)

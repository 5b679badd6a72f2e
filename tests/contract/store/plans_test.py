#!/usr/bin/env python3
"""The statements of the store find their rows by an index: what grows with the years is not gone
through row by row, least of all by the writer, behind whom every message waits.

usage: plans_test.py SOURCE_ROOT CC...
"""
import pathlib
import re
import sqlite3
import subprocess
import sys

GROWS = ["message", "conversation", "outbox", "person", "visitor", "ticket", "delivery", "mail",
         "file", "sender", "read_mark", "staff_read", "mention", "person_link", "psa_match",
         "rating", "conversation_tag", "api_answer", "person_identity", "draft"]

# Statements that may go through all of a table, by their beginning, and why.
MAY = {
    "SELECT created_ms, answered_ms FROM (SELECT created_ms": "the latest 500",
    "SELECT (SELECT count(*) FROM visitor), count(*)": "the command line counts",
    "SELECT coalesce(sum(size), 0) FROM file": "the sizes alone, of an index",
    "SELECT p.id FROM person_link l": "an administrator maps a domain, rarely",
    "DELETE FROM person_link WHERE account = ?1 AND how = 3": "likewise",
    "DELETE FROM mail WHERE person = ?1 OR": "a person is erased",
    "DELETE FROM psa_match WHERE email": "likewise",
    "DELETE FROM draft WHERE conversation IN": "likewise, and drafts are few",
    "UPDATE mail SET state = 1, next_at_ms = ? WHERE state = 2": "once, at the start",
    "SELECT m.id, m.kind, m.state, m.address": "an administrator looks at the letters of 30 days",
    "SELECT m.kind, m.state, m.created_ms": "a person's page, letters of 30 days",
    "SELECT p.id, p.name, p.email, p.company": "the list of people, a page from the newest on",
}
MAY_PAGED = "ORDER BY c.id DESC LIMIT"  # conversations for programs, a page from the newest on

LITERALS = re.compile(r'(?:"(?:\\.|[^"\\])*"\s*)+')
ONE = re.compile(r'"((?:\\.|[^"\\])*)"')
STATEMENT = re.compile(r"(SELECT|UPDATE|INSERT|DELETE|WITH)\b")


def statements(cc, root, source):
    """As the compiler sees them: macros are put in, pieces joined."""
    text = subprocess.run([*cc, "-E", "-P", "-I", root / "src", source], check=True,
                          capture_output=True, text=True).stdout
    for match in LITERALS.finditer(text):
        sql = "".join(ONE.findall(match.group(0))).encode().decode("unicode_escape")
        if STATEMENT.match(sql):
            yield sql


def names(sql):
    """Which tables each name of the statement can stand for."""
    found = {}
    for table, alias in re.findall(r"\b(?:FROM|JOIN|UPDATE|INTO)\s+(\w+)(?:\s+(?:AS\s+)?(\w+))?",
                                   sql):
        found.setdefault(table, set()).add(table)
        found.setdefault(alias, set()).add(table)
    return found


def wrong_steps(db, sql, partial):
    tables = names(sql)
    count = max([int(n) for n in re.findall(r"\?(\d+)", sql)] + [len(re.findall(r"\?(?!\d)", sql))])
    for row in db.execute("EXPLAIN QUERY PLAN " + sql, [None] * count):
        step = row[3]
        scan = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", step)
        if scan and scan.group(2) not in partial and \
                tables.get(scan.group(1), set()) & set(GROWS):
            yield step
        # The comments of a ticket come by the hundred, each of them is looked for.
        if re.search(r"(WHERE|AND) (\w+\.)?psa_comment_id (=|IN|<|>)", sql) and \
                re.search(r"autoindex_message_1 \(conversation=\?\)$", step):
            yield step


def main():
    root, cc = pathlib.Path(sys.argv[1]), sys.argv[2:]
    db = sqlite3.connect(":memory:")
    for step in sorted((root / "src/store/schema").glob("*.sql")):
        db.executescript(step.read_text())
    partial = {name for name, sql in db.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
        if " WHERE " in sql.replace("\n", " ")}
    seen, used, bad = set(), set(), []
    for source in sorted((root / "src/store/sqlite").glob("ops*.c")):
        for sql in statements(cc, root, source):
            if sql in seen:
                continue
            seen.add(sql)
            steps = list(wrong_steps(db, sql, partial))
            may = [one for one in MAY if sql.startswith(one)]
            if steps and not may and MAY_PAGED not in sql:
                bad.append(f"{source.name}: {sql}\n    " + "\n    ".join(steps))
            used.update(may if steps else [])
    assert len(seen) > 300, f"only {len(seen)} statements were found"
    assert used == set(MAY), f"not needed any more: {sorted(set(MAY) - used)}"
    assert not bad, "these go through all of a table that grows:\n" + "\n".join(bad)
    print(f"{len(seen)} statements, {len(used)} that may")


main()

"""Reports over a million messages: a year of a busy house, asked for as the page asks."""
import http.client
import json
import pathlib
import random
import sqlite3
import statistics
import time
from contextlib import closing

import programs as p
import search as words

DAY = 86_400_000
YEAR = 365
PEOPLE = 20_000
COMPANIES = 2_000
STAFF = 30
ROUNDS = 60


def people(db, chance):
    """Companies are of very different sizes."""
    names = [f"Company number {n}" for n in range(COMPANIES)]
    chosen = chance.choices(names, weights=[1 / (n + 5) for n in range(COMPANIES)], k=PEOPLE)
    db.executemany("INSERT INTO person (id, name, email, company, created_ms) "
                   "VALUES (CAST(printf('person-%09d', ?1) AS BLOB), 'Ines', ?1 || '@c.example', "
                   "?2, 1)", enumerate(chosen))
    db.executemany("INSERT INTO staff (id, name, email, role, created_ms) VALUES "
                   "(CAST(printf('staff-%010d', ?1) AS BLOB), 'Technician ' || ?1, ?1 || "
                   "'@msp.example', 2, 1)", ((n,) for n in range(STAFF)))


def live(db, talks, chance):
    """They begin through the year, and most are answered, closed, and some rated."""
    now = int(time.time() * 1000)
    for n in range(1, talks + 1):
        created = now - (talks - n) * (YEAR - 1) * DAY // talks
        answered = created + chance.randrange(DAY // 4) if chance.random() < 0.9 else 0
        closed = created + chance.randrange(9 * DAY) if chance.random() < 0.9 else 0
        db.execute("UPDATE conversation SET created_ms = ?2, answered_ms = ?3, closed_ms = ?4, "
                   "person = CAST(printf('person-%09d', ?5) AS BLOB), "
                   "staff = CAST(printf('staff-%010d', ?6) AS BLOB) WHERE n = ?1",
                   (n, created, answered, closed, chance.randrange(PEOPLE),
                    chance.randrange(STAFF)))
        if chance.random() < 0.2:
            db.execute("INSERT INTO rating (conversation, score, at_ms) VALUES (?, ?, ?)",
                       (n, chance.randint(1, 5), now))


def ask(port, cookie, query, rounds):
    """Milliseconds of each answer, and the last one."""
    times, body = [], {}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        for _ in range(rounds):
            began = time.monotonic()
            line.request("GET", f"/v1/reports?zone=Europe/Berlin&{query}",
                         headers={"Cookie": cookie})
            answer = line.getresponse()
            body = answer.read()
            times.append((time.monotonic() - began) * 1000)
            assert answer.status == 200, body
    return times, json.loads(body)


def measure(folder, messages):
    """The median and the worst of the whole year's report in ms, and its conversations."""
    folder = pathlib.Path(folder)
    chance = random.Random(26)
    path = folder / "data/parley.db"
    with p.parley(folder):
        pass
    words.fill(path, messages, words.vocabulary(chance), chance)
    with closing(sqlite3.connect(path)) as db, db:
        people(db, chance)
        live(db, messages // words.EACH, chance)
    with p.parley(folder) as server:
        words.wait_for_index(path, messages)
        cookie = words.sign_in(server, folder)
        for days in (1, 30, 90):
            times, body = ask(server.port, cookie, f"days={days}", 10)
            print(f"  {days} days, {body['all']['conversations']:,} conversations: "
                  f"{statistics.median(times):.1f} ms")
        times, body = ask(server.port, cookie, f"days={YEAR}", ROUNDS)
    return statistics.median(times), max(times), body["all"]["conversations"]

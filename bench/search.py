"""Words in a million messages, as staff look for them."""
import http.client
import itertools
import json
import pathlib
import random
import sqlite3
import statistics
import subprocess
import time
import urllib.parse
import urllib.request
from contextlib import closing

import programs as p

EACH = 10       # messages of a conversation
LETTERS = "bcdfghklmnprstvw", "aeiou", ("", "n", "r", "s", "ing")
ROUNDS = 30


def vocabulary(chance):
    """60,000 words; the first ones are said most, as in any language."""
    words = {}
    while len(words) < 60_000:
        parts = [chance.choice(LETTERS[0]) + chance.choice(LETTERS[1])
                 for _ in range(chance.randint(1, 4))]
        words["".join(parts) + chance.choice(LETTERS[2])] = None
    return list(words)


def fill(path, messages, words, chance):
    """Conversations of one person, as the server writes them."""
    weights = list(itertools.accumulate(1 / (n + 1) for n in range(len(words))))
    bodies = [" ".join(chance.choices(words, cum_weights=weights, k=chance.randint(4, 24)))
              for _ in range(50_000)]
    talks = messages // EACH
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO person (id, name, email, created_ms) "
                   "VALUES (zeroblob(16), 'Ines', 'ines@customer.example', 1)")
        db.execute("INSERT INTO sender (n, name) VALUES (1, 'v:1')")
        db.executemany(
            "INSERT INTO conversation (n, id, reference, person, subject, open, last_seq, "
            "last_at_ms, waiting_since_ms, created_ms, ticket_number) "
            "VALUES (?1, randomblob(16), printf('PLY-%08d', ?1), zeroblob(16), ?2, ?1 > ?3, ?4, "
            "?1, 0, ?1, ?1)",
            ((n, chance.choice(bodies)[:60], talks - 500, EACH) for n in range(1, talks + 1)))
        db.executemany(
            "INSERT INTO message (conversation, seq, id, author, name, sender, client_id, "
            "created_ms, body) VALUES (?1, ?2, randomblob(16), ?3, 'Ines', 1, ?1 || '-' || ?2, "
            "?1, ?4)",
            ((n, seq, 1 + seq % 2, chance.choice(bodies))
             for seq in range(1, EACH + 1) for n in range(1, talks + 1)))


def wait_for_index(path, messages):
    """Seconds until all can be found."""
    began = time.monotonic()
    with closing(sqlite3.connect(path, timeout=30)) as db:
        while db.execute("SELECT done FROM search_state").fetchone()[0] < messages:
            time.sleep(0.2)
    return time.monotonic() - began


def sign_in(server, folder):
    link = subprocess.run(
        [p.PARLEY, "staff", "add", "--email", "robin@msp.example", "--name", "Robin",
         "--data", folder / "data"], check=True, text=True,
        stdout=subprocess.PIPE).stdout.strip().split("#link=")[1]
    origin = f"http://127.0.0.1:{server.port}"
    request = urllib.request.Request(
        f"{origin}/v1/link/use", json.dumps({"token": link, "password": "correct horse b."}).encode(),
        {"Content-Type": "application/json", "Origin": origin})
    with urllib.request.urlopen(request) as answer:
        return answer.headers["Set-Cookie"].split(";")[0]


def queries(words):
    long = [word for word in words[:60] if len(word) >= 6]
    return {"the commonest word": words[0], "two common words": f"{words[3]} {words[7]}",
            "a common and a rare one": f"{words[0]} {words[20_000]}",
            "two that hardly meet": f"{words[50]} {words[30_000]}",
            "seven words": " ".join(words[1:8]), "a rare word": words[40_000],
            "nothing": "zzqqxx", "three letters": long[0][:3], "four letters": long[0][:4],
            "five letters of a common word": long[0][:5], "a number": "#4711",
            "a reference": "PLY-00004711"}


def ask(port, cookie, words):
    """Milliseconds of each answer, by what was asked; and rows."""
    times = {}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as line:
        for name, query in itertools.chain.from_iterable([queries(words).items()] * ROUNDS):
            began = time.monotonic()
            line.request("GET", f"/v1/search?{urllib.parse.urlencode({'query': query})}",
                         headers={"Cookie": cookie})
            answer = line.getresponse()
            body = json.loads(answer.read())
            took = (time.monotonic() - began) * 1000
            assert answer.status == 200 and body["complete"], body
            times.setdefault(name, []).append((took, len(body["found"])))
    return times


def measure(folder, messages):
    """(p99 of all answers in ms, seconds until all messages could be found)."""
    folder = pathlib.Path(folder)
    chance = random.Random(7)
    words = vocabulary(chance)
    path = folder / "data/parley.db"
    with p.parley(folder):
        pass
    fill(path, messages, words, chance)
    with p.parley(folder) as server:
        indexed_s = wait_for_index(path, messages)
        times = ask(server.port, sign_in(server, folder), words)
    for name, all_of in times.items():
        print(f"  {name}: {statistics.median(ms for ms, _ in all_of):.1f} ms, at most "
              f"{max(ms for ms, _ in all_of):.1f} ms, {all_of[0][1]} rows")
    ms = sorted(one for all_of in times.values() for one, _ in all_of)
    return ms[int(len(ms) * 0.99)], indexed_s

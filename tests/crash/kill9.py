#!/usr/bin/env python3
"""The crash promise: ten people chat, the server is killed (SIGKILL) again and again at random
moments, Syncro answers badly meanwhile. After that every acknowledged message is there once, in
order, and every conversation has one ticket that holds all of it once, in order.

usage: kill9.py --parley FILE --sandbox FILE [--kills N] [--seed N] [--break ids]

--break ids makes the clients send unacknowledged messages again under new ids; then the test
passes when that is noticed. With TEST_QUICK set there are 10 kills.
"""
import argparse
import asyncio
import json
import os
import pathlib
import random
import re
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from client import Person  # noqa: E402

PEOPLE = 10
DRAIN_S = 270  # a doubtful send may wait 75 s, and another one after it
TOKEN = "T" + secrets.token_hex(16)


def post(url, **body):
    request = urllib.request.Request(url, data=json.dumps(body).encode(),
                                     headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)


class World:
    def __init__(self, args, folder):
        self.args, self.folder = args, pathlib.Path(folder)
        self.data = self.folder / "data"
        self.log = (self.folder / "parley.log").open("ab")
        self.server = None
        self.sandbox = subprocess.Popen(
            [args.sandbox, "--listen", "127.0.0.1:0", "--control", "127.0.0.1:0", "--token", TOKEN,
             "--seed", "demo"], stdout=subprocess.PIPE, text=True)
        line = self.sandbox.stdout.readline()
        self.origin, self.control = re.findall(r"http://127\.0\.0\.1:\d+", line)
        request = urllib.request.Request(f"{self.origin}/api/v1/customers?business_name=Unsorted",
                                         headers={"Authorization": f"Bearer {TOKEN}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            fallback = json.load(answer)["customers"][0]["id"]
        subprocess.run([args.parley, "connector", "set", "syncro", "--subdomain", "demo",
                        "--token-file", "-", "--fallback-customer", str(fallback), "--data",
                        self.data], input=TOKEN, text=True, check=True,
                       stdout=subprocess.DEVNULL)
        self.port = 0

    def start(self):
        """Start the server and wait for its port; the port stays the same from then on."""
        at = self.log.tell() if self.port else 0
        self.server = subprocess.Popen(
            [self.args.parley, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}",
             "--syncro-origin", self.origin], stderr=self.log)
        end = time.monotonic() + 20
        while time.monotonic() < end and self.server.poll() is None:
            with open(self.log.name, "rb") as log:
                log.seek(at)
                found = re.search(rb"event=listening address=127\.0\.0\.1:(\d+)", log.read())
            if found:
                self.port = int(found.group(1))
                return
            time.sleep(0.01)
        raise AssertionError(f"the server did not start: {self.tail()}")

    def kill(self):
        self.server.kill()
        self.server.wait()
        self.log.seek(0, 2)

    def tail(self):
        return pathlib.Path(self.log.name).read_text(errors="replace")[-3000:]

    def end(self):
        for process in (self.server, self.sandbox):
            if process is not None and process.poll() is None:
                process.terminate()
                try:
                    process.wait(15)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    def trouble(self, chance):
        """Syncro acts, and the answer is lost, now and then."""
        post(f"{self.control}/clear")
        kind = chance.choice(["reset_after", "status", "delay", "none", "reset_before"])
        if kind != "none":
            post(f"{self.control}/fault", kind=kind, every=chance.randint(3, 9), status=503,
                 effect=True, ms=chance.randint(5, 200))


async def chat(world, args, chance):
    people = [Person(n, world.port, random.Random(chance.random()), args.broken == "ids")
              for n in range(1, PEOPLE + 1)]
    lives = [asyncio.create_task(person.live()) for person in people]
    for number in range(1, args.kills + 1):
        world.trouble(chance)
        await asyncio.sleep(chance.uniform(0.05, 1.2))
        world.kill()
        world.start()
        if number % 10 == 0:
            print(f"{number} kills, {sum(len(p.acked) for p in people)} acknowledged", flush=True)
    post(f"{world.control}/clear")
    for person in people:
        person.is_over = True
    await asyncio.wait_for(asyncio.gather(*lives), 120)
    return people


async def check_stored(people):
    for person in people:
        rows = await person.read_all()
        assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1)), \
            f"person {person.number}: holes in {[row['seq'] for row in rows]}"
        bodies = [row["body"] for row in rows]
        assert len(set(bodies)) == len(bodies), f"person {person.number}: something is doubled"
        expected = [text for text, _ in sorted(person.acked.values(), key=lambda one: one[1])]
        assert bodies == expected, f"person {person.number}: {len(bodies)} stored, " \
            f"{len(expected)} acknowledged"
        assert expected == sorted(expected), f"person {person.number}: out of order"


def expect_noticed(people):
    try:
        asyncio.run(check_stored(people))
    except AssertionError as error:
        print(f"noticed: {error}")
        return
    raise SystemExit("messages that were stored twice were not noticed")


def ticket_texts(state):
    """The text of each ticket, by the reference that it carries."""
    found = {}
    for ticket in state["tickets"]:
        comments = sorted(ticket["comments"], key=lambda comment: comment["id"])
        text = "\n".join(comment["body"] or "" for comment in comments)
        marks = " ".join(comment["subject"] or "" for comment in comments)
        for reference in sorted(set(re.findall(r"PLY-[0-9A-Z]{8}", text + " " + marks))):
            found.setdefault(reference, []).append(text)
    return found


def missing_in_syncro(people, state):
    """"" when Syncro has everything once; else what is wrong."""
    texts = ticket_texts(state)
    for person in people:
        tickets = texts.get(person.reference, [])
        if len(tickets) != 1:
            return f"person {person.number}: {len(tickets)} tickets for {person.reference}"
        ids = re.findall(r"\[(p\d\d-\d{6}[^\]]*)\]", tickets[0])
        expected = sorted(person.acked)
        if ids != expected:
            return f"person {person.number}: {len(ids)} of {len(expected)} in Syncro, " \
                f"doubled: {sorted({one for one in ids if ids.count(one) > 1})}, " \
                f"in order: {ids == sorted(ids)}"
    return ""


def wait_for_syncro(world, people):
    end = time.monotonic() + DRAIN_S
    while True:
        wrong = missing_in_syncro(people, get(f"{world.control}/state"))
        if wrong == "" or time.monotonic() > end or "doubled: [\'" in wrong:
            return wrong
        time.sleep(1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--parley", required=True)
    parser.add_argument("--sandbox", required=True)
    parser.add_argument("--kills", type=int, default=10 if os.environ.get("TEST_QUICK") else 50)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1 << 31))
    parser.add_argument("--break", dest="broken", choices=["ids"])
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as folder:
        world = World(args, folder)
        try:
            world.start()
            people = asyncio.run(chat(world, args, chance))
            if args.broken:
                expect_noticed(people)
                return
            asyncio.run(check_stored(people))
            count = sum(len(person.acked) for person in people)
            print(f"{count} acknowledged messages are stored once and in order", flush=True)
            began = time.monotonic()
            wrong = wait_for_syncro(world, people)
            assert wrong == "", wrong
            most = get(f"{world.control}/stats")["max_minute"]
            assert most <= 180, f"{most} requests in one minute"
            print(f"all of it is in {PEOPLE} tickets, {time.monotonic() - began:.0f} s later; "
                  f"at most {most} requests in a minute")
        except BaseException:
            print(world.tail(), file=sys.stderr)
            raise
        finally:
            world.end()


main()

"""An hour of fifty people with a hundred open tickets, at its true pace: what it asks of Syncro.

Each person has proved who they are, has the chat open all the time, and has two tickets: one that
they began in the chat, one that began by phone."""
import contextlib
import hashlib
import queue
import random
import secrets
import sqlite3
import threading
import time

import programs as p
from chat import Chat, Failed

PEOPLE, COMPANIES = 50, 10
TOMASZ = 7002  # a technician of the demo
# What happens in an hour: to each ticket, and (the last) to each person.
SAID, ANSWERED, CHANGED, COME_BACK = 3, 2, 1, 2


def verify(data, token, email, contact, customer):
    """What a proof leaves in the store, written straight into it."""
    now = int(time.time() * 1000)
    browser = hashlib.blake2b(token.encode(), digest_size=32).digest()
    person = secrets.token_bytes(16)
    with contextlib.closing(sqlite3.connect(data / "parley.db", timeout=10)) as base, base:
        base.execute("INSERT INTO person (id, name, email, created_ms, verified_ms) "
                     "VALUES (?, ?, ?, ?, ?)", [person, email.split("@")[0], email, now, now])
        base.execute("INSERT INTO visitor (token_hash, person, created_ms, verified_ms, "
                     "expires_ms, via) VALUES (?, ?, ?, ?, ?, 'code')",
                     [browser, person, now, now, now + 24 * 3_600_000])
        base.execute("INSERT INTO person_link (person, account, psa_contact, psa_customer, how, "
                     "checked_ms) VALUES (?, 'demo', ?, ?, 1, ?)", [person, contact, customer, now])


class Someone:
    """A person at their browser."""

    def __init__(self, port, token):
        self.port, self.token = port, token
        self.heard = ""
        self.sent = 0
        self.tickets = {}  # Syncro's id -> conversation
        self.chat = None

    def come(self):
        """Open the chat, look at both lists and at each ticket."""
        if self.chat is not None:
            self.chat.socket.close()
        self.chat, self.frames = Chat(self.port, "/v1/chat"), queue.Queue()
        threading.Thread(target=self.listen, args=(self.chat, self.frames), daemon=True).start()
        self.ask("welcome", t="hello", v=1, token=self.token)
        self.list("closed")
        for row in self.list("open"):
            if row["ticket"] is not None:
                self.open(row["ticket"])

    def listen(self, chat, frames):
        chat.socket.settimeout(None)
        try:
            while True:
                frame = chat.receive()
                if frame["t"] == "messages":
                    self.heard += "".join(f"<{one['body']}>" for one in frame["messages"])
                frames.put(frame)
        except (Failed, OSError):
            pass

    def ask(self, answer, test=lambda frame: True, **frame):
        self.chat.send(**frame)
        while True:
            got = self.frames.get(timeout=60)
            if got["t"] == "error":
                raise SystemExit(f"bench: the server answered {got}")
            if got["t"] == answer and test(got):
                return got

    def list(self, which):
        return self.ask("tickets", lambda one: one["which"] == which, t="tickets",
                        which=which)["rows"]

    def open(self, ticket):
        self.tickets[ticket] = self.ask("conversation", t="open", ticket=ticket)["id"]

    def begin(self, text):
        self.ask("ack", t="start", client_id=f"begin-{self.token[:20]}", subject=text, body=text)

    def say(self, ticket, text):
        self.sent += 1
        self.ask("ack", t="message", client_id=f"hour-{self.token[:20]}-{self.sent:04}",
                 conversation=self.tickets[ticket], body=text)

    def read_again(self):
        """All that their tickets hold, as it is shown to them."""
        self.heard = ""
        for ticket, conversation in self.tickets.items():
            self.open(ticket)
            self.ask("messages", t="resume", conversation=conversation, since=0)


class Hour:
    def __init__(self, box, server, data):
        self.box = box
        self.people, self.said, self.answered = [], [], []
        for number in range(PEOPLE):
            if number % (PEOPLE // COMPANIES) == 0:
                company = self.tell("customer_new", business_name=f"Company {number}")["id"]
            email, token = f"person{number}@company.example", secrets.token_urlsafe(32)
            contact = self.tell("contact_new", customer_id=company, name=f"Person {number}",
                                email=email)["id"]
            self.tell("ticket_new", contact_id=contact, user_id=TOMASZ, subject="By phone",
                      body="They called.", answer="We look.", note="HIDDEN")
            verify(data, token, email, contact, company)
            self.people.append(Someone(server.port, token))

    def tell(self, command, **body):
        return p.call(f"{self.box.control}/{command}", body)

    def stats(self):
        return p.call(f"{self.box.control}/stats")

    def begin(self):
        """Everybody comes, begins a ticket, and has both; then wait until all of it is read."""
        for number, someone in enumerate(self.people):
            someone.come()
            someone.begin(f"Begun in the chat by {number}")
        end = time.monotonic() + 300
        for someone in self.people:
            while len(someone.tickets) < 2:
                assert time.monotonic() < end, f"has {len(someone.tickets)} tickets, not 2"
                time.sleep(1)
                someone.come()
        self.settle()

    def settle(self):
        """A hundred tickets at once are not the hour, and have spent so much of the first minutes
        that reading them waits."""
        before, end = None, time.monotonic() + 300
        while time.monotonic() < end:
            time.sleep(60)
            paths = self.stats()["paths"]
            now = [count for path, count in paths.items() if path != "GET /tickets"]
            if now == before:
                return
            before = now

    def say(self, chance):
        """Two messages of one thought."""
        someone = chance.choice(self.people)
        ticket = chance.choice(list(someone.tickets))
        for _ in range(2):
            self.said.append(f"said {len(self.said)}.")
            someone.say(ticket, self.said[-1])

    def answer(self, chance):
        self.answered.append(f"answered {len(self.answered)}.")
        self.tell("comment", ticket_id=chance.choice(self.tickets()), user_id=TOMASZ,
                  body=self.answered[-1])

    def change(self, chance):
        self.tell("change", ticket_id=chance.choice(self.tickets()),
                  status=chance.choice(["Scheduled", "In Progress", "Waiting on Customer"]))

    def come_back(self, chance):
        chance.choice(self.people).come()

    def tickets(self):
        return [ticket for someone in self.people for ticket in someone.tickets]

    def live(self, minutes):
        """So much of an hour, at times that are the same in each run. The calls by path."""
        chance = random.Random(4)
        plan = []
        for act, times in ((self.say, 2 * PEOPLE * SAID), (self.answer, 2 * PEOPLE * ANSWERED),
                           (self.change, 2 * PEOPLE * CHANGED),
                           (self.come_back, PEOPLE * COME_BACK)):
            for _ in range(round(times * minutes / 60)):
                plan.append((chance.uniform(0, minutes * 60), len(plan), act))
        before, began = self.stats()["paths"], time.monotonic()
        for seconds, _, act in sorted(plan):
            time.sleep(max(0.0, began + seconds - time.monotonic()))
            act(chance)
        time.sleep(max(0.0, began + minutes * 60 - time.monotonic()))
        after = self.stats()
        assert after["limited"] == 0, "Syncro refused calls"
        return {path: count - before.get(path, 0) for path, count in after["paths"].items()
                if count > before.get(path, 0)}

    def missing(self):
        """What one of the two sides does not have."""
        tickets = p.call(f"{self.box.control}/state")["tickets"]
        filed = "".join(comment["body"] for one in tickets for comment in one["comments"])
        for someone in self.people:
            someone.read_again()
        shown = "".join(someone.heard for someone in self.people)
        assert "HIDDEN" not in shown, "a hidden comment was shown"
        return ([text for text in self.said if text not in filed] +
                [text for text in self.answered if text not in shown])

"""Who may not, may not: seen from the outside, over real sockets."""
import contextlib
import json
import re
import secrets
import sqlite3
import time
import unittest
import urllib.error
import urllib.request

from world import ROOT, Case, Chat, Failed, http, until

GONE = {"code": "not_found", "text": "no such conversation"}
UNKNOWN = "01890000-0000-7000-8000-000000000000"


class Outsider(Case):
    settings = {"sockets_per_address": 1000}

    def setUp(self):
        self.victim = self.world.person().start("My secret is 4711.")
        self.other = self.world.person()

    def refused(self, frame):
        return {key: frame[key] for key in ("code", "text")}

    def test_another_token_opens_nothing(self):
        self.assertIsNone(self.other.welcome["conversation"])
        self.assertIsNone(self.other.welcome["person"])
        for conversation in (self.victim.conversation, UNKNOWN):
            resume = self.other.error(t="resume", conversation=conversation, since=0)
            self.assertEqual(self.refused(resume), GONE)
            say = self.other.error(t="message", client_id="outsider-1", body="Let me in",
                                   conversation=conversation)
            self.assertEqual(self.refused(say), GONE)
        self.assertEqual([one["body"] for one in self.victim.read()], ["My secret is 4711."])

    def test_an_outsider_hears_nothing(self):
        self.other.chat.send(t="typing", conversation=self.victim.conversation)
        self.victim.say("Still secret: 4712.")
        self.other.start("Something else")
        for message in self.other.read():
            self.assertNotIn("471", message["body"])

    def test_typing_reaches_only_its_own(self):
        staff = self.world.staff()
        staff.open(self.victim.conversation)
        self.other.chat.send(t="typing", conversation=self.victim.conversation)
        self.victim.say("not typed by another")
        while True:
            frame = staff.chat.receive()
            self.assertNotEqual(frame["t"], "typing")
            if frame["t"] == "messages":
                break

    def test_a_client_id_of_another_is_no_key(self):
        client_id = "shared-" + secrets.token_hex(8)
        first = self.victim.say("Mine", client_id)
        self.other.start("Theirs")
        second = self.other.say("Theirs too", client_id)
        self.assertNotEqual(first["conversation"], second["conversation"])
        self.assertEqual(second["conversation"], self.other.conversation)
        self.assertEqual([one["body"] for one in self.other.read()], ["Theirs", "Theirs too"])

    def test_staff_frames_are_not_for_people(self):
        """Each of the program's table, so that none is left out, with all that any may hold."""
        rows = re.findall(r'{"(\w+)", FRAME_\w+, (\w+),', (ROOT / "src/api/frames.c").read_text())
        sides = {name: {side for one, side in rows if one == name} for name, _ in rows}
        kinds = [name for name, of in sides.items() if of == {"FRAME_STAFF"}]
        self.assertGreater(len(kinds), 12)
        into = self.other.start("Other").conversation
        for kind in kinds:
            answer = self.victim.error(
                t=kind, client_id="outsider-2", conversation=self.victim.conversation, body="Mine",
                entry=1, keep=True, status="New", staff=None, until=0, tags=["x"], box="note",
                looks=True, into=into, after="")
            self.assertEqual(answer["code"], "not_allowed", kind)
        seen = self.world.staff().open(self.victim.conversation)
        self.assertEqual([one["body"] for one in seen], ["My secret is 4711."])

    def test_notes_never_reach_a_person(self):
        staff = self.world.staff()
        staff.open(self.victim.conversation)
        staff.post("note", self.victim.conversation, body="NOTE: they are rude")
        staff.post("reply", self.victim.conversation, body="We are on it.")
        frames = []
        while True:
            frames.append(self.victim.chat.receive())
            if frames[-1]["t"] == "messages":
                break
        self.assertIn("We are on it.", json.dumps(frames))
        self.assertNotIn("NOTE:", json.dumps(frames))
        again = self.world.person(self.victim.token)
        self.assertNotIn("NOTE:", json.dumps(again.read()))
        self.assertIn("NOTE:", json.dumps(staff.open(self.victim.conversation)))

    def test_the_console_needs_its_cookie(self):
        for cookie in (None, "__Host-parley=" + "A" * 43, "__Host-parley=", "other=1"):
            headers = {} if cookie is None else {"Cookie": cookie}
            try:
                chat = Chat(self.world.port, "/v1/console", **headers)
            except Failed as error:
                self.assertIn("401", str(error))
                continue
            chat.send(t="hello", v=1)
            with self.assertRaises(Failed):
                chat.expect("welcome")
        status, _, _ = self.world.get("/v1/session")
        self.assertEqual(status, 401)

    def test_a_session_ends_while_the_console_is_open(self):
        with sqlite3.connect(self.world.data / "parley.db", timeout=10) as database:
            self.world.cookie()
            was = database.execute("SELECT max(expires_ms) FROM staff_session").fetchone()[0]
            self.assertLess(abs(was - time.time() * 1000 - 12 * 3600 * 1000), 60_000)
            database.execute("UPDATE staff_session SET expires_ms = ?",
                             [int(time.time() * 1000) + 5000])
            database.commit()
            staff = self.world.staff()
            with self.assertRaisesRegex(Failed, "the session is over|not_allowed"):
                staff.chat.expect("never")
            with self.assertRaises(Failed):
                self.world.staff()
            database.execute("UPDATE staff_session SET expires_ms = ?", [was])
        database.close()

    def test_a_link_opens_once(self):
        link = self.world.link()
        status, headers, body = self.world.use(link)
        self.assertEqual((status, json.loads(body)["name"]), (200, "Robin"))
        self.assertRegex(headers["Set-Cookie"], "^__Host-parley=[A-Za-z0-9_-]{43};")
        for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
            self.assertIn(part, headers["Set-Cookie"].split("; "))
        self.assertNotIn(link, headers["Set-Cookie"])
        self.assertEqual(self.world.use(link)[0], 404)
        self.assertEqual(self.world.use("A" * 43)[0], 404)
        self.assertEqual(self.world.use("short")[0], 400)

    def test_foreign_pages_are_refused(self):
        evil = "https://evil.example"
        for path, more in (("/v1/chat", {}), ("/v1/console", {"Cookie": self.world.cookie()})):
            with self.assertRaisesRegex(Failed, "403"):
                Chat(self.world.port, path, Origin=evil, **more)
        with self.assertRaisesRegex(Failed, "403"):
            Chat(self.world.port, "/v1/console", Origin=None, Cookie=self.world.cookie())
        hello = {"t": "hello", "v": 1, "token": self.victim.token}
        self.assertEqual(http(f"{self.world.url}/v1/stream", hello, Origin=evil)[0], 403)
        self.assertEqual(self.world.use(self.world.link(), Origin=evil)[0], 403)

    def test_a_stream_of_another_is_not_there(self):
        for stream in ("A" * 43, "x", "..%2f"):
            frame = {"t": "resume", "conversation": self.victim.conversation, "since": 0}
            status, _, _ = http(f"{self.world.url}/v1/stream/{stream}", frame)
            self.assertIn(status, (400, 403, 404))

    def test_the_stream_carries_the_same_frames(self):
        hello = json.dumps({"t": "hello", "v": 1, "token": self.victim.token}).encode()
        with urllib.request.urlopen(f"{self.world.url}/v1/stream", data=hello, timeout=10) as events:
            def frame(kind):
                for line in events:
                    if line.startswith(b"data: "):
                        one = json.loads(line[6:])
                        self.assertNotEqual(one["t"], "error", one)
                        if one["t"] == kind:
                            return one
                raise AssertionError(f"no {kind}")
            stream = frame("session")["id"]
            self.assertEqual(frame("welcome")["conversation"]["id"], self.victim.conversation)
            status, _, _ = http(f"{self.world.url}/v1/stream/{stream}",
                                {"t": "message", "client_id": "by-stream-1", "body": "By stream",
                                 "conversation": self.victim.conversation})
            self.assertEqual(status, 204)
            ack = frame("ack")
            self.assertEqual((ack["client_id"], ack["seq"]), ("by-stream-1", 2))
            staff = self.world.staff()
            staff.post("reply", self.victim.conversation, body="Heard.")
            self.assertEqual(frame("messages")["messages"][0]["body"], "Heard.")


NORTHWIND, JONAS, AMARA = 29140031, 5160042, 5160043
COBALT, ROSA = 29140033, 5160046


class WhoSeesWhat(Case):
    """Every frame that serves what is in a ticket, asked by everybody there is. The ticket began in
    Syncro and is Jonas'; a note, a secret answer and an email from him hang on it."""
    settings = {"sockets_per_address": 1000, "messages_per_minute": 1000, "message_burst": 1000}
    SECRET = "4711"

    # viewer: may read, may write
    RIGHTS = {
        "nobody": (False, False),
        "typed the address": (False, False),
        "same company": (False, False),
        "other company": (False, False),
        "its session has run out": (False, False),
        "blocked": (False, False),
        "manager": (True, False),
        "owner": (True, True),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        world = cls.world
        status, _, text = http(f"{world.control}/ticket_new",
                               {"customer_id": NORTHWIND, "contact_id": JONAS, "user_id": 7002,
                                "subject": f"The safe {cls.SECRET}", "body": f"Code {cls.SECRET}.",
                                "answer": f"We know {cls.SECRET}.",
                                "note": f"HIDDEN {cls.SECRET}", "status": "In Progress"})
        assert status == 200, text
        owner = cls.viewer("owner")
        rows = []

        def comes():
            time.sleep(0.2)
            rows[:] = owner.tickets(query=cls.SECRET)["rows"]
            return rows
        until(comes, "the ticket")
        cls.ticket = rows[0]["ticket"]
        cls.conversation = owner.open(ticket=cls.ticket)["id"]
        owner.chat.expect("history")
        until(lambda: len(owner.read()) == 2, "what was said")

    @classmethod
    def viewer(cls, name):
        world = cls.world
        jonas = {"email": "jonas.feld@northwind.example", "name": "Jonas Feld", "contact": JONAS,
                 "customer": NORTHWIND}
        if name == "nobody":
            return world.person()
        if name == "typed the address":
            return world.person().start("It is me, Jonas.", email=jonas["email"], name="Jonas Feld")
        if name == "same company":
            return world.verified("amara.osei@northwind.example", "Amara", AMARA, NORTHWIND)
        if name == "other company":
            return world.verified("rosa.delgado@cobaltfreight.example", "Rosa", ROSA, COBALT)
        if name == "its session has run out":
            return world.verified(**jonas, expired=True)
        if name == "blocked":
            blocked = world.verified(**{**jonas, "email": "jonas.blocked@northwind.example"})
            with contextlib.closing(sqlite3.connect(world.data / "parley.db", timeout=10)) as base:
                with base: # while they are connected: at the door they are told
                    base.execute("UPDATE person SET blocked_ms = 1 WHERE email = "
                                 "'jonas.blocked@northwind.example'")
            return blocked
        if name == "manager":
            return world.verified("boss@northwind.example", "Hugo", 0, NORTHWIND, how=2,
                                  manager=True)
        return world.verified(**jonas)

    def frames(self):
        """name, the frame, does it write?"""
        conversation = {"conversation": self.conversation}
        return (
            ("tickets", {"t": "tickets"}, False),
            ("tickets by number", {"t": "tickets", "query": self.SECRET}, False),
            ("tickets closed", {"t": "tickets", "which": "closed"}, False),
            ("open", {"t": "open", **conversation}, False),
            ("open by ticket", {"t": "open", "ticket": self.ticket}, False),
            ("resume", {"t": "resume", "since": 0, **conversation}, False),
            ("read", {"t": "read", "seq": 1, **conversation}, False),
            ("typing", {"t": "typing", **conversation}, False),
            ("message", {"t": "message", "body": "Let me in", **conversation}, True),
            ("solved", {"t": "solved", **conversation}, True),
            ("help", {"t": "help", **conversation}, True),
            ("rate", {"t": "rate", "score": 1, "client_id": "rate-0001", **conversation}, False),
            ("transcript", {"t": "transcript", "client_id": "said-0001", **conversation}, False),
            ("leave", {"t": "leave"}, False),
        )

    def answers(self, viewer, frame):
        """All that comes until the server has answered what was asked after it."""
        viewer.chat.send(**frame)
        frames = []
        # The store answers in its own time; a second question goes the same way.
        for _ in range(2):
            viewer.chat.send(t="resume", conversation=UNKNOWN, since=0)
            while True:
                one = viewer.chat.receive()
                frames.append(one)
                if one["t"] == "error" and one["code"] == "not_found":
                    break
        return frames

    def test_the_table(self):
        for name, (may_read, may_write) in self.RIGHTS.items():
            for what, frame, writes in self.frames():
                with self.subTest(viewer=name, frame=what):
                    viewer = self.viewer(name)
                    if writes:
                        frame = {**frame, "client_id": viewer.client_id()}
                    said = json.dumps(self.answers(viewer, frame))
                    viewer.chat.socket.close()
                    self.assertNotIn("HIDDEN", said)
                    if not may_read:
                        self.assertNotIn(self.SECRET, said.replace(f'"query": "{self.SECRET}"', ""))
                        self.assertNotIn(str(self.ticket), said)
                    elif what in ("tickets", "open", "open by ticket", "resume"):
                        self.assertIn(self.SECRET, said)
                    if writes:
                        self.assertEqual("\"ack\"" in said, may_write, said)
        staff = self.world.staff()
        said = staff.open(self.conversation)
        self.assertIn("HIDDEN", json.dumps(said))
        self.assertEqual([one["body"] for one in said if one["body"] == "Let me in"], ["Let me in"])

    def fetched(self, file, **headers):
        """The bytes of a file, or None."""
        request = urllib.request.Request(f"{self.world.url}/v1/files/{file}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            self.assertIn(error.code, (401, 403, 404))
            self.assertNotIn(self.SECRET.encode(), error.read())
            return None

    def test_files_are_for_who_may_read_their_message(self):
        owner = self.viewer("owner")
        secret = f"Plan of {self.SECRET}".encode()
        owner.open(conversation=self.conversation)
        bearer = {"Authorization": f"Bearer {owner.token}"}
        status, _, text = http(f"{self.world.url}/v1/files", {
            "name": "plan.txt", "size": len(secret), "type": "text/plain",
            "conversation": self.conversation, "client_id": "plan-0001"}, **bearer)
        self.assertEqual(status, 200, text)
        file = json.loads(text)["file"]["id"]
        status, _, text = http(f"{self.world.url}/v1/files/{file}/0", secret, "POST",
                               **{"Content-Type": "application/octet-stream", **bearer})
        self.assertEqual(status, 200, text)
        owner.chat.send(t="message", client_id=owner.client_id(), body="The plan",
                        conversation=self.conversation, files=[file])
        owner.chat.expect("ack")
        for name, (may_read, _) in self.RIGHTS.items():
            with self.subTest(viewer=name):
                viewer = self.viewer(name)
                self.assertEqual(self.fetched(file, Authorization=f"Bearer {viewer.token}"),
                                 secret if may_read else None)
                viewer.chat.socket.close()
        self.assertIsNone(self.fetched(file))
        self.assertEqual(self.fetched(file, Cookie=self.world.cookie()), secret)

    def test_nobody_but_its_own_hears_of_it_live(self):
        viewers = {name: self.viewer(name) for name in self.RIGHTS}
        for viewer in viewers.values():
            viewer.chat.send(t="open", conversation=self.conversation)
        staff = self.world.staff()
        staff.post("reply", self.conversation, body=f"Fresh {self.SECRET}")
        staff.post("note", self.conversation, body=f"HIDDEN fresh {self.SECRET}")
        for name, viewer in viewers.items():
            with self.subTest(viewer=name):
                frames = self.answers(viewer, {"t": "ping"})
                said = json.dumps(frames)
                self.assertNotIn("HIDDEN", said)
                self.assertEqual(f"Fresh {self.SECRET}" in said, self.RIGHTS[name][0], said)


unittest.main()

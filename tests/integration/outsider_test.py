"""Who may not, may not: seen from the outside, over real sockets."""
import json
import secrets
import sqlite3
import time
import unittest
import urllib.request

from world import Case, Chat, Failed, http

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
        for kind in ("reply", "note"):
            frame = self.victim.error(t=kind, client_id="outsider-2", body="I am staff",
                                      conversation=self.victim.conversation)
            self.assertEqual(frame["code"], "not_allowed")
        for frame in ({"t": "open", "since": 0}, {"t": "retry"}):
            answer = self.victim.error(conversation=self.victim.conversation, **frame)
            self.assertEqual(answer["code"], "not_allowed")

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


unittest.main()

"""Doors that stay shut: forged senders, cookies and links that are no good, other sites' pages."""
import json
import secrets
import sqlite3
import time
import unittest
from contextlib import closing

from world import Case, Chat, Failed, Stream, World, closed_with, http

UNKNOWN = "01890000-0000-7000-8000-000000000000"
LISTED = "https://intranet.example"


class Guard(Case):
    settings = {"sockets_per_address": 1000, "origins": LISTED}

    def setUp(self):
        self.victim = self.world.person().start("My secret is 4711.")
        self.other = self.world.person()

    def stored(self, query, *values):
        with closing(sqlite3.connect(self.world.data / "parley.db", timeout=10)) as database:
            with database:
                return database.execute(query, values).fetchall()

    def test_the_sender_is_not_what_a_frame_says(self):
        self.victim.chat.send(t="message", client_id="forged-001", body="I am Robin", name="Robin",
                              conversation=self.victim.conversation, seq=99, at=1, id=UNKNOWN,
                              sender="s:Robin", author="staff", **{"from": "staff"})
        ack = self.victim.chat.expect("ack")
        self.assertEqual(ack["seq"], 2)
        staff = self.world.staff()
        for row in (self.victim.read(1)[0], staff.open(self.victim.conversation)[1]):
            self.assertEqual((row["from"], row["name"], row["seq"]), ("person", "Ines", 2))
            self.assertNotEqual(row["id"], UNKNOWN)
            self.assertLess(abs(row["at"] - time.time() * 1000), 60_000)

    def test_two_who_start_under_one_client_id(self):
        client_id = "first-" + secrets.token_hex(8)
        acks = []
        for name in ("Ines", "Omar"):
            person = self.world.person()
            for _ in range(2):
                person.chat.send(t="start", client_id=client_id, name=name, body=f"From {name}",
                                 email=f"{name.lower()}@nowhere.example")
                acks.append((name, person, person.chat.expect("ack")))
        ids = [ack["conversation"] for _, _, ack in acks]
        self.assertEqual((ids[0], ids[2]), (ids[1], ids[3]))
        self.assertNotEqual(ids[0], ids[2])
        for name, person, ack in acks:
            person.conversation = ack["conversation"]
            self.assertEqual([one["body"] for one in person.read()], [f"From {name}"])

    def test_a_client_id_is_told_to_its_sender_only(self):
        staff = self.world.staff()
        staff.open(self.victim.conversation)
        self.victim.say("Mine", "only-mine-1")
        heard = staff.chat.expect("messages", lambda one: one["messages"][0]["body"] == "Mine")
        self.assertNotIn("client_id", heard["messages"][0])
        self.assertEqual(self.victim.read(1)[0]["client_id"], "only-mine-1")
        staff.post("reply", self.victim.conversation, body="Ours")
        self.assertNotIn("client_id", self.victim.read(2)[0])

    def test_a_person_sets_no_ticket(self):
        for frame in ({"t": "set", "client_id": "outsider-3", "status": "Resolved"},
                      {"t": "note", "client_id": "outsider-4", "body": "x"},
                      {"t": "reply", "client_id": "outsider-5", "body": "x"}, {"t": "retry"}):
            for person in (self.victim, self.other):
                error = person.error(conversation=self.victim.conversation, **frame)
                self.assertEqual(error["code"], "not_allowed", frame)

    def test_answers_do_not_tell_that_a_conversation_is_there(self):
        """Word for word the same for one that is another's and one that is not."""
        for frame in ({"t": "resume", "since": 0},
                      {"t": "message", "client_id": "probe-0001", "body": "Hello?"}):
            there = self.other.error(conversation=self.victim.conversation, **frame)
            absent = self.other.error(conversation=UNKNOWN, **frame)
            self.assertEqual(there, absent)
        staff = self.world.staff()
        staff.chat.send(t="reply", client_id="to-nobody-1", conversation=UNKNOWN, body="Hello?")
        while (frame := staff.chat.receive())["t"] != "error":
            self.assertIn(frame["t"], ("team", "marks", "summary"))
        self.assertEqual(frame["code"], "not_found")

    def test_an_outsider_gets_no_live_frame(self):
        staff = self.world.staff()
        self.other.start("My own matter")
        staff.open(self.victim.conversation)
        self.other.chat.send(t="typing", conversation=self.victim.conversation)
        self.other.chat.send(t="resume", conversation=self.victim.conversation, since=0)
        self.victim.say("Secret 4712")
        staff.post("reply", self.victim.conversation, body="Secret 4713")
        staff.post("note", self.victim.conversation, body="Secret 4714")
        staff.chat.send(t="typing", conversation=self.victim.conversation)
        self.victim.chat.expect("typing")
        self.other.chat.send(t="ping")
        seen = []
        while not seen or seen[-1]["t"] != "pong":
            seen.append(self.other.chat.receive())
        self.assertNotIn("471", json.dumps(seen))
        self.assertNotIn(self.victim.conversation, json.dumps(seen))
        self.assertNotIn("typing", [one["t"] for one in seen])

    def test_a_note_reaches_no_stream(self):
        stream = Stream(self.world, {"t": "hello", "v": 1, "token": self.victim.token})
        self.addCleanup(stream.close)
        staff = self.world.staff()
        staff.post("note", self.victim.conversation, body="NOTE: rude")
        staff.post("reply", self.victim.conversation, body="We are on it.")
        seen = [stream.expect("welcome"), stream.expect("messages")]
        stream.post(t="resume", conversation=self.victim.conversation, since=0)
        seen.append(stream.expect("messages"))
        self.assertIn("We are on it.", json.dumps(seen[1]))
        self.assertEqual([one["seq"] for one in seen[2]["messages"]], [1, 3])
        self.assertNotIn("NOTE", json.dumps(seen))

    def test_tokens_are_not_cookies(self):
        """A person's token, a link that was not used, and a wrong cookie beside a good one."""
        good = self.world.cookie()
        link = self.world.link()
        for cookie in (f"__Host-parley={self.victim.token}", f"__Host-parley={link}",
                       good + "A", good[:-1], f"__Host-parley={'A' * 43}; {good}",
                       f"x{good}", good.replace("=", " =")):
            with self.assertRaises(Failed, msg=cookie):
                chat = Chat(self.world.port, "/v1/console", Cookie=cookie)
                chat.send(t="hello", v=1)
                frame = chat.receive()
                self.assertEqual((frame["t"], frame["code"]), ("error", "not_allowed"))
                chat.receive()
            status, _, body = self.world.get("/v1/session", cookie)
            self.assertEqual(status, 401, body)
        self.assertEqual(self.world.get("/v1/session", good)[0], 200)
        self.assertEqual(self.world.use(link)[0], 200, "looking at it does not use it")
        person = self.world.person(good.split("=")[1])
        self.assertIsNone(person.welcome["conversation"])

    def test_a_socket_without_a_cookie_is_not_opened(self):
        for path in ("/v1/console", "/v1/console/", "//v1/console", "/v1/Console"):
            with self.assertRaisesRegex(Failed, " (401|404) "):
                Chat(self.world.port, path)

    def test_staff_frames_wait_for_the_check_of_the_cookie(self):
        chat = Chat(self.world.port, "/v1/console", Cookie="__Host-parley=" + "B" * 43)
        chat.send(t="hello", v=1)
        chat.send(t="reply", client_id="too-early-1", conversation=self.victim.conversation,
                  body="Not checked yet")
        frames = []
        with self.assertRaises(Failed):
            while True:
                frames.append(chat.receive())
        self.assertEqual({frame["t"] for frame in frames}, {"error"})
        self.assertLessEqual({frame["code"] for frame in frames}, {"not_allowed", "hello_first"})
        self.assertEqual(len(self.victim.read()), 1)

    def test_a_link_that_has_expired(self):
        link = self.world.link()
        left = self.stored("SELECT max(expires_ms) FROM staff_link")[0][0] - time.time() * 1000
        self.assertLess(abs(left - 48 * 3600 * 1000), 60_000)
        self.stored("UPDATE staff_link SET expires_ms = ?", int(time.time() * 1000) - 1)
        status, headers, _ = self.world.use(link)
        self.assertEqual(status, 404)
        self.assertIsNone(headers["Set-Cookie"])

    def test_only_listed_pages_of_other_sites(self):
        bad = ("https://evil.example", "null", "", "http://intranet.example",
               "https://intranet.example.evil.example", "https://intranet.example:444",
               f"http://127.0.0.1:{self.world.port}.evil.example",
               f"http://evil.example?://127.0.0.1:{self.world.port}", "http://127.0.0.1:1")
        hello = {"t": "hello", "v": 1, "token": self.victim.token}
        for origin in bad:
            with self.assertRaisesRegex(Failed, " 403 ", msg=origin):
                Chat(self.world.port, "/v1/chat", Origin=origin)
            self.assertEqual(http(f"{self.world.url}/v1/stream", hello, Origin=origin)[0], 403)
            status, headers, _ = http(f"{self.world.url}/v1/stream", method="OPTIONS",
                                      Origin=origin)
            self.assertEqual((status, headers["Access-Control-Allow-Origin"]), (403, None))
        Chat(self.world.port, "/v1/chat", Origin=LISTED)
        status, headers, _ = http(f"{self.world.url}/v1/stream", method="OPTIONS", Origin=LISTED)
        self.assertEqual((status, headers["Access-Control-Allow-Origin"]), (204, LISTED))
        self.assertIsNone(headers["Access-Control-Allow-Credentials"])
        with self.assertRaisesRegex(Failed, " 403 "):
            Chat(self.world.port, "/v1/console", Origin=LISTED, Cookie=self.world.cookie())

    def test_the_door_is_for_its_own_page(self):
        link = self.world.link()
        for origin in ("https://evil.example", "null", LISTED, None):
            status, headers, _ = self.world.use(link, Origin=origin)
            self.assertEqual((status, headers["Set-Cookie"]), (403, None), origin)
        self.assertEqual(self.world.use(link)[0], 200)

    def test_a_foreign_page_cannot_use_a_stream(self):
        stream = Stream(self.world, {"t": "hello", "v": 1, "token": self.victim.token})
        self.addCleanup(stream.close)
        stream.expect("welcome")
        frame = {"t": "message", "client_id": "by-page-01", "body": "Not by me",
                 "conversation": self.victim.conversation}
        path = f"{self.world.url}/v1/stream/{stream.id}"
        self.assertEqual(http(path, frame, Origin="https://evil.example")[0], 403)
        self.assertEqual(len(self.victim.read()), 1)
        self.assertEqual(http(path, frame)[0], 204)
        stream.expect("ack")
        self.assertEqual(len(self.world.person(self.victim.token).read()), 2)


class Settings(unittest.TestCase):
    def world(self, **settings):
        world = World(connected=False, **settings)
        self.addCleanup(world.close)
        return world

    def test_links_cannot_be_guessed_for_long(self):
        world = self.world()
        answers = [world.use("A" * 43)[0] for _ in range(40)]
        self.assertEqual(answers[0], 404)
        self.assertEqual(answers[-1], 429)
        self.assertEqual(world.use(world.link())[0], 429)

    def test_only_a_proxy_of_ours_names_the_address(self):
        for proxies, outcome in (("192.0.2.1", 429), ("127.0.0.1", 101)):
            world = self.world(sockets_per_address=2, proxies=proxies)
            chats = [Chat(world.port, "/v1/chat", **{"X-Forwarded-For": f"203.0.113.{n}"})
                     for n in range(2)]
            try:
                chats.append(Chat(world.port, "/v1/chat", **{"X-Forwarded-For": "203.0.113.9"}))
                self.assertEqual(outcome, 101)
            except Failed as failed:
                self.assertIn(f" {outcome} ", str(failed))
            if outcome == 101:  # what the peer made up stands before what the proxy appended
                chats.append(Chat(world.port, "/v1/chat",
                                  **{"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}))
                with self.assertRaisesRegex(Failed, " 429 "):
                    Chat(world.port, "/v1/chat", **{"X-Forwarded-For": "198.51.100.2, 203.0.113.9"})

    def test_a_hello_may_not_come_late(self):
        world = self.world()
        late = Chat(world.port, "/v1/chat")
        began = time.monotonic()
        self.assertEqual(closed_with(late), 1008)
        self.assertTrue(9 < time.monotonic() - began < 20)


unittest.main()

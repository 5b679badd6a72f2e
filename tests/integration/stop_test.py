"""The stop: what was acknowledged stays, what comes late is told to come again, once."""
import os
import signal
import stat
import threading
import time
import unittest
from http.client import HTTPConnection

from world import PARLEY, Chat, Failed, World, closed_with, http, run, until


class Talker(threading.Thread):
    """Says one thing after another without waiting for the answers, until the server is gone."""

    def __init__(self, world, number):
        super().__init__()
        self.person = world.person().start(f"Talker {number}")
        self.said, self.acked, self.errors = {}, {}, []

    def run(self):
        chat = self.person.chat
        threading.Thread(target=self.talk, daemon=True).start()
        try:
            while True:
                frame = chat.receive()
                if frame["t"] == "ack":
                    self.acked[frame["client_id"]] = frame["seq"]
                elif frame["t"] == "error":
                    self.errors.append(frame["code"])
        except (Failed, OSError):
            pass

    def talk(self):
        try:
            for number in range(100_000):
                client_id = self.person.client_id()
                self.said[client_id] = f"{number} of {client_id}"
                self.person.chat.send(t="message", client_id=client_id, body=self.said[client_id],
                                      conversation=self.person.conversation)
                time.sleep(0.002)
        except OSError:
            pass


class Stop(unittest.TestCase):
    def world(self, **options):
        world = World(**options)
        self.addCleanup(world.close)
        return world

    def test_messages_in_flight(self):
        world = self.world(message_burst=1000000, messages_per_minute=1000000)
        talkers = [Talker(world, number) for number in range(5)]
        for talker in talkers:
            talker.start()
        until(lambda: all(len(talker.acked) > 30 for talker in talkers), "acknowledgements")
        self.assertEqual(world.stop(), 0)
        for talker in talkers:
            talker.join(20)
            self.assertLess(set(talker.acked), set(talker.said), "nothing was in flight")
            self.assertLessEqual(set(talker.errors), {"busy"})
        world.start()
        for talker in talkers:
            again = world.person(talker.person.token)
            rows, more = [], True
            while more:
                again.chat.send(t="resume", conversation=again.conversation,
                                since=rows[-1]["seq"] if rows else 0)
                frame = again.chat.expect("messages")
                rows, more = rows + frame["messages"], frame["more"]
            self.assertEqual([row["seq"] for row in rows], list(range(1, len(rows) + 1)))
            stored = {row["client_id"]: row for row in rows}
            self.assertEqual(len(stored), len(rows))
            for client_id, seq in talker.acked.items():
                self.assertEqual((stored[client_id]["seq"], stored[client_id]["body"]),
                                 (seq, talker.said[client_id]))
            late = max(set(talker.said) - set(talker.acked))
            again.say(talker.said[late], late)
            again.say(talker.said[late], late)
            bodies = [row["body"] for row in again.read(max(1, len(rows) - 5))]
            self.assertEqual(bodies.count(talker.said[late]), 1)

    def begin_to_stop(self, world):
        """A server that waits for Syncro's answer before it ends."""
        world.fault(kind="delay", method="POST", ms=6000, times=1)
        person = world.person().start("On its way")
        until(lambda: "call=customers_list" in world.log(), "the call before")
        kept = HTTPConnection("127.0.0.1", world.port, timeout=10)
        kept.request("GET", "/readyz")
        answer = kept.getresponse()
        self.assertEqual((answer.status, answer.read()), (200, b"ready\n"))
        self.assertNotIn("call=ticket_create", world.log())
        world.server.send_signal(signal.SIGTERM)
        until(lambda: "event=stopping" in world.log(), "the stop")
        return person, kept

    def test_nothing_new_is_taken(self):
        world = self.world()
        half = HTTPConnection("127.0.0.1", world.port, timeout=10)
        half.putrequest("POST", "/v1/stream")
        half.putheader("Content-Length", "2")
        half.endheaders(b"{")
        person, kept = self.begin_to_stop(world)
        self.assertEqual(kept.sock.recv(1), b"", "what is idle is closed")
        kept.close()
        half.send(b"}")
        self.assertEqual(half.getresponse().status, 503)
        half.close()
        error = person.error(t="message", client_id="too-late-1", body="Late",
                             conversation=person.conversation)
        self.assertEqual((error["code"], error["client_id"]), ("busy", "too-late-1"))
        self.assertGreater(error["retry_ms"], 0)
        with self.assertRaises(OSError):
            Chat(world.port, "/v1/chat")
        self.assertEqual(closed_with(person.chat), 1001)
        self.assertEqual(world.server.wait(20), 0)
        self.assertNotIn("stop_forced", world.log())
        world.start()
        again = world.person(person.token)
        self.assertEqual([one["body"] for one in again.read()], ["On its way"])
        until(lambda: world.person(person.token).welcome["conversation"]["ticket"]["number"],
              "the ticket's number", 10)
        self.assertEqual(sum("On its way" in str(one) for one in world.tickets()), 1)

    def test_a_second_signal_ends_it_at_once(self):
        world = self.world()
        _, kept = self.begin_to_stop(world)
        self.addCleanup(kept.close)
        world.server.send_signal(signal.SIGTERM)
        self.assertEqual(world.server.wait(4), 1)
        world.start()


class Secrets(unittest.TestCase):
    """What is secret is in no file, no log, and no list of processes."""

    @classmethod
    def setUpClass(cls):
        cls.world = World(log_level="debug")

    @classmethod
    def tearDownClass(cls):
        cls.world.close()

    def test_secrets_are_nowhere_in_clear(self):
        world = self.world
        link = world.link()
        cookie = world.use(link)[1]["Set-Cookie"].split(";")[0].split("=")[1]
        person = world.person().start("My tooth hurts.")
        person.filed()
        http(f"{world.control}/token", {"token": world.token, "enabled": False})
        person.say("Still.")
        until(lambda: "does not let this API key in" in world.log(), "the refusal")
        http(f"{world.control}/token", {"token": world.token})
        secrets = [world.token, link, cookie, person.token]
        files = {file.name: file.read_bytes() for file in world.data.iterdir()}
        self.assertIn("parley.db-wal", files)
        self.assertIn(b"My tooth hurts.", files["parley.db"] + files["parley.db-wal"])
        for secret in secrets:
            self.assertEqual(len(secret) > 30, True)
            for name, content in files.items():
                self.assertNotIn(secret.encode(), content, name)
            self.assertNotIn(secret, world.log())
        for file in world.data.iterdir():
            self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600, file)

    def test_the_token_comes_by_file_only(self):
        done = run(PARLEY, "connector", "set", "syncro", "--subdomain", "x", "--token", "Tsecret1",
                   "--data", self.world.data)
        self.assertEqual(done.returncode, 2)
        self.assertNotIn("Tsecret1", done.stdout + done.stderr)
        for name, content, text in (("none", None, "cannot read"), ("empty", " \n", "empty"),
                                    ("long", "x" * 100_000, "too long")):
            file = self.world.path / name
            if content is not None:
                file.write_text(content)
            done = run(PARLEY, "connector", "set", "syncro", "--subdomain", "x", "--token-file",
                       file, "--data", self.world.data)
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn(text, done.stderr)
            self.assertNotIn("xxx", done.stderr)

    def test_a_key_that_others_can_read_is_refused(self):
        folder = self.world.path / "open-key"
        folder.mkdir(mode=0o700)
        key = folder / "key"
        key.write_bytes(os.urandom(32))
        key.chmod(0o644)
        done = run(PARLEY, "serve", "--data", folder, "--listen", "127.0.0.1:0")
        self.assertEqual(done.returncode, 1)
        self.assertIn("can be read by others", done.stderr)
        self.assertFalse((folder / "parley.db").exists())


unittest.main()

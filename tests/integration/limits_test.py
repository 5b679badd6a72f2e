"""Everything that comes in has a limit, and the error says which."""
import http.client
import json
import socket
import time
import unittest

from world import Case, Chat, Failed, World, closed_with, http as fetch


class Limits(Case):
    settings = {"sockets_per_address": 40, "message_burst": 5, "messages_per_minute": 20}

    def setUp(self):
        self.person = self.world.person()
        self.chats = [self.person.chat]

    def tearDown(self):
        for chat in self.chats:
            chat.socket.close()

    def start(self, **more):
        frame = {"t": "start", "client_id": "limits-01", "name": "Ines", "body": "Help",
                 "email": "a@b.example"}
        return {**frame, **more}

    def test_too_long(self):
        for more in ({"body": "x" * 8001}, {"name": "n" * 101}, {"email": "e" * 250 + "@b.example"}):
            self.assertEqual(self.person.error(**self.start(**more))["code"], "too_long", more)
        self.assertEqual(self.person.error(**self.start(body=" \n\t "))["code"], "empty")
        self.assertEqual(self.person.error(**self.start(email="nobody"))["code"], "bad_email")
        self.world.person().start("x" * 8000)

    def test_bad_frames_are_counted(self):
        for text in ("{", "[]", "1", '{"t":1}', '{"t":"nonsense"}', '{"t":"message"}',
                     '{"t":"start","client_id":"x"}', '{"t":"ping"', '{"t":"open"'):
            self.person.chat.frame(1, text.encode())
            self.assertEqual(self.person.chat.receive()["code"], "bad_frame", text)
        self.person.chat.frame(1, b"{")
        self.person.chat.receive()
        with self.assertRaises(Failed):
            self.person.chat.receive()

    def test_a_frame_that_is_too_large(self):
        self.person.chat.frame(1, b'{"t":"ping","x":"' + b"x" * 40000 + b'"}')
        with self.assertRaises(Failed):
            self.person.chat.receive()

    def test_binary_is_refused(self):
        self.person.chat.frame(2, b"{}")
        with self.assertRaises(Failed):
            self.person.chat.receive()

    def test_hello_first(self):
        chat = Chat(self.world.port, "/v1/chat")
        chat.send(t="ping")
        self.assertEqual(chat.receive()["t"], "pong")
        chat.send(t="resume", conversation="01890000-0000-7000-8000-000000000000", since=0)
        self.assertEqual(chat.receive()["code"], "hello_first")
        with self.assertRaises(Failed):
            chat.receive()
        chat = Chat(self.world.port, "/v1/chat")
        chat.send(t="hello", v=1, token="short")
        self.assertEqual(chat.receive()["code"], "bad_token")

    def test_too_fast_and_then_once(self):
        self.person.start("One")
        for number in range(2, 6):
            self.person.say(f"Message {number}")
        frame = {"t": "message", "client_id": "too-fast-1", "body": "Late",
                 "conversation": self.person.conversation}
        error = self.person.error(**frame)
        self.assertEqual((error["code"], error["client_id"]), ("too_fast", "too-fast-1"))
        self.assertTrue(0 < error["retry_ms"] <= 3000)
        time.sleep(error["retry_ms"] / 1000 + 0.05)
        self.person.chat.send(**frame)
        first = self.person.chat.expect("ack")
        time.sleep(3.1)
        self.person.chat.send(**frame)
        self.assertEqual(self.person.chat.expect("ack")["seq"], first["seq"])
        self.assertEqual(len(self.person.read()), 6)

    def test_starts_of_one_address(self):
        world = World(sockets_per_address=100, start_burst=3, starts_per_minute=20)
        self.addCleanup(world.close)
        for _ in range(3):
            world.person().start("One of many.")
        late = world.person()
        error = late.error(**self.start(client_id="start-late"))
        self.assertEqual((error["code"], error["client_id"]), ("too_fast", "start-late"))
        self.assertTrue(0 < error["retry_ms"] <= 3000)
        time.sleep(error["retry_ms"] / 1000 + 0.05)
        late.start("Now it goes.")
        late.say("And messages are not starts.")

    def test_newcomers_of_one_address(self):
        world = World(newcomer_burst=3, newcomers_per_minute=60)
        self.addCleanup(world.close)
        known = world.person().start("I was here before.")
        for _ in range(2):
            world.person().chat.socket.close()
        late = Chat(world.port, "/v1/chat")
        late.send(t="hello", v=1, token="a" * 43)
        error = late.receive()
        self.assertEqual(error["code"], "too_fast")
        self.assertTrue(0 < error["retry_ms"] <= 1000)
        self.assertEqual(closed_with(late), 1013)
        world.person(known.token).say("Who is known comes in.")
        time.sleep(error["retry_ms"] / 1000 + 0.05)
        world.person().chat.socket.close()

    def test_an_office_behind_one_address(self):
        world = World()
        self.addCleanup(world.close)
        for _ in range(40):
            world.person().start("The printer is on fire.")

    def test_connections_of_one_address(self):
        world = World(connections_max=60, connections_per_address=20)
        self.addCleanup(world.close)
        half_open = [socket.create_connection(("127.0.0.1", world.port)) for _ in range(60)]
        try:
            for s in half_open[:20]:
                s.sendall(b"GET / HTTP/1.1\r\nHost:")
            other = http.client.HTTPConnection("127.0.0.1", world.port, timeout=5,
                                               source_address=("127.0.0.2", 0))
            other.request("GET", "/healthz")
            self.assertEqual(other.getresponse().status, 200)
            other.close()
            for s in half_open[20:]:
                s.settimeout(5)
                try:
                    self.assertEqual(s.recv(10), b"", "refused")
                except ConnectionResetError:
                    pass
        finally:
            for s in half_open:
                s.close()

    def test_sockets_of_one_address(self):
        with self.assertRaisesRegex(Failed, "429"):
            for _ in range(41):
                self.chats.append(Chat(self.world.port, "/v1/chat"))

    def raw(self, request):
        with socket.create_connection(("127.0.0.1", self.world.port), timeout=10) as s:
            s.sendall(request)
            answer = b""
            try:
                while b"\r\n" not in answer:
                    part = s.recv(4096)
                    if not part:
                        break
                    answer += part
            except ConnectionResetError:
                pass
            return answer

    def test_http_limits(self):
        self.assertRegex(self.raw(b"nonsense\r\n\r\n"), b"^HTTP/1.1 400 ")
        self.assertRegex(self.raw(b"GET /" + b"x" * 20000 + b" HTTP/1.1\r\nHost: a\r\n\r\n"),
                         b"^HTTP/1.1 4(14|31) ")
        self.assertRegex(self.raw(b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 40000 + b"\r\n\r\n"),
                         b"^HTTP/1.1 431 ")
        large = b"POST /v1/stream HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n"
        self.assertRegex(self.raw(large), b"^HTTP/1.1 413 ")

    def test_methods_and_paths(self):
        for method, path, status in (("GET", "/nothing", 404), ("POST", "/healthz", 405),
                                     ("GET", "/v1/stream", 405), ("DELETE", "/console", 405),
                                     ("GET", "/v1/chat", 426), ("GET", "/../etc/passwd", 404),
                                     ("GET", "/healthz", 200), ("GET", "/readyz", 200)):
            connection = http.client.HTTPConnection("127.0.0.1", self.world.port, timeout=10)
            connection.request(method, path)
            self.assertEqual(connection.getresponse().status, status, (method, path))
            connection.close()

    def test_pages_are_guarded(self):
        _, headers, _ = fetch(f"{self.world.url}/console")
        policy = headers["Content-Security-Policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertIn("frame-ancestors 'none'", policy)
        self.assertNotIn("unsafe", policy)
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")

    def test_a_slow_reader_is_closed_and_resumes(self):
        slow = self.world.person(receive_buffer=4096).start("Slow")
        staff = self.world.staff()
        for number in range(700):  # more than the kernel keeps for both sides
            staff.post("reply", slow.conversation, body=f"{number:03} " + "y" * 7900)
        with self.assertRaises((Failed, ConnectionResetError)):
            while True:
                slow.chat.receive()
        again = self.world.person(slow.token)
        seen, since = [], 0
        while True:
            again.chat.send(t="resume", conversation=slow.conversation, since=since)
            frame = again.chat.expect("messages")
            seen += [one["body"][:3] for one in frame["messages"] if one["from"] == "staff"]
            if not frame["more"]:
                break
            since = frame["messages"][-1]["seq"]
        self.assertEqual(seen, [f"{number:03}" for number in range(700)])
        self.assertIn("event=too_slow", self.world.log())


unittest.main()

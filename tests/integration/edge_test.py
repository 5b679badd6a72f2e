"""The exact edges of the limits, and peers that keep to no rule."""
import json
import os
import re
import socket
import struct
import subprocess
import threading
import time
import unittest
from http.client import HTTPConnection

from admin import Admin
from world import Case, closed_with, http

ROUTES = [json.loads(line) for line in
          subprocess.run([os.environ["BIN_ROUTES"]], check=True, capture_output=True,
                         text=True).stdout.splitlines()]
UNKNOWN = "01890000-0000-7000-8000-000000000000"


def raw_frame(first, payload, size=None):
    """A WebSocket frame with any first byte; size lies about the length."""
    size = len(payload) if size is None else size
    head = bytes([first])
    if size < 126:
        head += bytes([0x80 | size])
    elif size < 65536:
        head += b"\xfe" + struct.pack(">H", size)
    else:
        head += b"\xff" + struct.pack(">Q", size)
    key = os.urandom(4)
    return head + key + bytes(b ^ key[i % 4] for i, b in enumerate(payload))


class Edges(Case):
    settings = {"sockets_per_address": 1000, "message_burst": 1000}

    def start(self, person, **more):
        frame = {"t": "start", "client_id": "edge-0001", "name": "Ines", "body": "Help",
                 "email": "a@b.example", **more}
        person.chat.send(**frame)
        while True:
            answer = person.chat.receive()
            if answer["t"] in ("ack", "error"):
                return answer.get("code", answer["t"])

    def test_bytes_count_not_characters(self):
        for field, most in (("body", 8000), ("name", 100)):
            for text in ("x" * most, "é" * (most // 2), "😀" * (most // 4)):
                self.assertEqual(self.start(self.world.person(), **{field: text}), "ack")
                self.assertEqual(self.start(self.world.person(), **{field: text + "x"}), "too_long")
        email = "e" * 64 + "@" + "a" * 60 + "." + "b" * 60 + "." + "c" * 59 + ".example"
        self.assertEqual(len(email), 254)
        self.assertEqual(self.start(self.world.person(), email=email), "ack")
        self.assertEqual(self.start(self.world.person(), email=email + "s"), "too_long")

    def test_what_is_stored_is_what_was_said(self):
        body = "<b>bold</b> \"quoted\" \\ back\n\ttab é 😀 \u202e"
        person = self.world.person().start(body)
        self.assertEqual(self.world.person(person.token).read()[0]["body"].split("\n")[0],
                         body.split("\n")[0])

    def test_odd_addresses(self):
        for email in ("a b@c.example", "a@b.example\nBcc: c@d.example", "@b.example", "a@",
                      "a@@b.example", "a@b.example,c@d.example", "<a@b.example>"):
            self.assertEqual(self.start(self.world.person(), email=email), "bad_email", email)
        self.assertEqual(self.start(self.world.person(), name=" \t "), "empty")

    def test_client_ids(self):
        person = self.world.person().start("Ids")
        for client_id, good in (("x" * 7, False), ("x" * 8, True), ("x" * 64, True),
                                ("x" * 65, False), ("with space", False), ("with.dot.x", False),
                                ("zażółć-zażółć", False), ("Az09_-Az09", True)):
            person.chat.send(t="message", client_id=client_id, body=client_id,
                             conversation=person.conversation)
            frame = person.chat.receive()
            while frame["t"] not in ("ack", "error"):
                frame = person.chat.receive()
            self.assertEqual(frame["t"] == "ack", good, frame)

    def test_wrong_kinds_of_values(self):
        for more in ({"conversation": 1}, {"conversation": None}, {"conversation": "x"},
                     {"since": -1}, {"since": "0"}, {"since": 1.5}, {"since": 1 << 70},
                     {"since": None}):
            person = self.world.person()
            frame = {"t": "resume", "conversation": UNKNOWN, "since": 0, **more}
            self.assertEqual(person.error(**frame)["code"], "bad_frame", more)
            self.assertEqual(person.error(t="resume", conversation=UNKNOWN, since=0)["code"],
                             "not_found", "it stays open")

    def test_the_largest_frame(self):
        for size, answer in ((32768, "pong"), (32769, None)):
            person = self.world.person()
            frame = b'{"t":"ping","x":"'
            person.chat.frame(1, frame + b"x" * (size - len(frame) - 2) + b'"}')
            if answer:
                self.assertEqual(person.chat.receive()["t"], answer)
            else:
                self.assertEqual(closed_with(person.chat), 1009)

    def test_deep_and_odd_json(self):
        for text in (b"[" * 30000, b'{"t":' * 5000, b'{"t":"ping","t":"\xff"}'[:-4] + b'"} x',
                     b'{"t":"ping"} {}', b"\xef\xbb\xbf{\"t\":\"ping\"}x"):
            person = self.world.person()
            person.chat.frame(1, text)
            self.assertEqual(person.chat.receive()["code"], "bad_frame", text[:40])

    def test_codes_of_closing(self):
        for frames, code in (([raw_frame(0x82, b"{}")], 1003),
                             ([raw_frame(0x81, b'{"t":"\xff\xfe"}')], 1007),
                             ([raw_frame(0x01, b"x" * 20000), raw_frame(0x80, b"x" * 20000)], 1009),
                             ([raw_frame(0x81, b"x" * 40000, size=1 << 40)], 1009),
                             ([raw_frame(0xF1, b'{"t":"ping"}')], 1002),
                             ([raw_frame(0x83, b"x")], 1002)):
            person = self.world.person()
            person.chat.socket.settimeout(5)
            try:
                for one in frames:
                    person.chat.socket.sendall(one)
            except ConnectionError:
                pass
            self.assertEqual(closed_with(person.chat), code, frames[0][:16])
        self.assertEqual(http(f"{self.world.url}/healthz")[0], 200)

    def test_a_frame_in_parts_is_one(self):
        person = self.world.person()
        person.chat.socket.sendall(raw_frame(0x01, b'{"t":') + raw_frame(0x89, b"are you there")
                                   + raw_frame(0x80, b'"ping"}'))
        self.assertEqual(person.chat.receive()["t"], "pong")

    def test_too_many_bad_frames(self):
        person = self.world.person()
        for _ in range(10):
            person.chat.send(t="nonsense")
        self.assertEqual(closed_with(person.chat), 1008)


class Rate(Case):
    settings = {"message_burst": 3, "messages_per_minute": 6}

    def test_two_sockets_share_one_rate(self):
        first = self.world.person().start("One")
        second = self.world.person(first.token)
        first.say("Two")
        second.say("Three")
        error = second.error(t="message", client_id="share-0001", body="Four",
                             conversation=first.conversation)
        self.assertEqual(error["code"], "too_fast")
        self.assertEqual(len(self.world.person(first.token).read()), 3)
        self.world.person().start("Another is free")

    def test_a_new_socket_brings_no_new_rate(self):
        person = self.world.person().start("One")
        person.say("Two")
        person.say("Three")
        person.chat.socket.close()
        again = self.world.person(person.token)
        error = again.error(t="message", client_id="again-0001", body="Four",
                            conversation=person.conversation)
        self.assertEqual(error["code"], "too_fast")


class Silence(Case):
    settings = {"heartbeat_ms": 1000}

    def test_a_silent_socket_is_closed_and_a_living_one_stays(self):
        living, silent = self.world.person(), self.world.person()
        stop = threading.Event()

        def live():
            living.chat.socket.settimeout(0.2)
            while not stop.is_set():
                try:
                    living.chat.receive()  # answers pings
                except TimeoutError:
                    pass
        thread = threading.Thread(target=live)
        thread.start()
        began, seen = time.monotonic(), b""
        try:
            while part := silent.chat.socket.recv(4096):
                seen += part
        except ConnectionError:
            pass
        finally:
            took = time.monotonic() - began
            stop.set()
            thread.join()
        self.assertIn(b"\x89", seen, "it was pinged before")
        self.assertTrue(1.5 < took < 6, took)
        living.chat.socket.settimeout(10)
        living.start("Still here")


class Http(Case):
    settings = {"connected": False}

    def raw(self, request):
        with socket.create_connection(("127.0.0.1", self.world.port), timeout=10) as s:
            answer = b""
            try:
                s.sendall(request)
                s.shutdown(socket.SHUT_WR)
                while part := s.recv(65536):
                    answer += part
            except ConnectionError:
                pass
            return answer

    def status(self, request):
        head = self.raw(request).split(b"\r\n")[0].split(b" ")
        return int(head[1]) if len(head) > 1 else None

    def test_requests_with_two_readings(self):
        post = b"POST /v1/stream HTTP/1.1\r\nHost: a\r\n"
        for lines, status in ((b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400),
                              (b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                               400),
                              (b"Content-Length: -1\r\n\r\n", 400),
                              (b"Content-Length: +2\r\n\r\n{}", 400),
                              (b"Transfer-Encoding: gzip\r\n\r\n", 501),
                              (b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
                              (b"X : y\r\n\r\n", 400), (b" folded: y\r\n\r\n", 400),
                              (b"Host: b\r\n\r\n", 400)):
            self.assertEqual(self.status(post + lines), status, lines)
        self.assertEqual(self.status(b"GET /healthz HTTP/1.1\r\n\r\n"), 400)
        self.assertEqual(self.status(b"GET /healthz HTTP/2.0\r\nHost: a\r\n\r\n"), 505)
        self.assertEqual(self.status(b"GET /health\0z HTTP/1.1\r\nHost: a\r\n\r\n"), 400)
        self.assertEqual(self.status(b"GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n"), 400)
        self.assertEqual(self.status(b"GET http://a/healthz HTTP/1.1\r\nHost: a\r\n\r\n"), 400)
        self.assertEqual(self.status(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"), 200)

    def test_too_much(self):
        fields = b"".join(b"X-%d: y\r\n" % n for n in range(70))
        self.assertEqual(self.status(b"GET / HTTP/1.1\r\nHost: a\r\n" + fields + b"\r\n"), 431)
        post = (b"POST /v1/link/use HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\n"
                b"Content-Type: application/json\r\n")
        chunks = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
        self.assertEqual(self.status(post + b"Transfer-Encoding: chunked\r\n\r\n" + chunks * 10),
                         413)
        self.assertEqual(self.status(post + b"Content-Length: 294913\r\n\r\n"), 413)
        self.assertEqual(self.status(post + b"Content-Length: 294912\r\n\r\n" + b"x" * 294912),
                         413)
        self.assertEqual(self.status(post + b"Content-Length: 4097\r\n\r\n" + b"x" * 4097), 413)
        self.assertEqual(self.status(post + b"Content-Length: 4096\r\n\r\n" + b"x" * 4096), 400)

    def test_methods(self):
        for method, path, allowed in (("POST", "/healthz", "GET, HEAD"),
                                      ("DELETE", "/console", "GET, HEAD"),
                                      ("GET", "/v1/stream", "POST, OPTIONS"),
                                      ("PUT", "/v1/session", "GET, HEAD"),
                                      ("GET", "/v1/sign-in", "POST")):
            status, headers, _ = http(f"{self.world.url}{path}", method=method)
            self.assertEqual((status, headers["Allow"]), (405, allowed), path)
        self.assertEqual(self.status(b"BREW / HTTP/1.1\r\nHost: a\r\n\r\n"), 405)
        answer = self.raw(b"HEAD /console HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        self.assertRegex(answer, b"^HTTP/1.1 200 ")
        self.assertTrue(answer.endswith(b"\r\n\r\n"), "no body")

    def test_paths_that_are_not_there(self):
        for path in ("/", "/console/", "/console.html", "/.git/config", "/..%2f..%2fetc/passwd",
                     "//console", "/CONSOLE", "/v1", "/v1/", "/v1/tickets", "/parley.db", "/key"):
            status, headers, body = http(f"{self.world.url}{path}")
            self.assertEqual((status, body), (404, "nothing here\n"), path)
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")

    def test_every_page_is_guarded(self):
        types = {"/console": "text/html", "/console.js": "text/javascript",
                 "/console.css": "text/css", "/widget.js": "text/javascript", "/sample": "text/html",
                 "/sample.css": "text/css"}
        for path, kind in types.items():
            status, headers, body = http(f"{self.world.url}{path}")
            self.assertEqual(status, 200, path)
            self.assertTrue(headers["Content-Type"].startswith(kind), headers["Content-Type"])
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            policy = dict(part.strip().split(" ", 1)
                          for part in headers["Content-Security-Policy"].split(";"))
            self.assertEqual(policy["default-src"], "'none'")
            self.assertEqual(policy["script-src"], "'self'")
            self.assertEqual(policy["frame-ancestors"], "'none'")
            self.assertEqual(policy["base-uri"], "'none'")
            self.assertIsNone(headers["Access-Control-Allow-Origin"])
            again = http(f"{self.world.url}{path}", **{"If-None-Match": headers["ETag"]})
            self.assertEqual((again[0], again[2]), (304, ""))
            if kind == "text/html":
                self.assertNotRegex(body, r"<script[^>]*>[^<]|\son\w+=|style=", "the policy forbids it")

    def test_the_doors_answers_are_not_kept(self):
        for status, headers, _ in (self.world.use(self.world.link()), self.world.use("A" * 43),
                                   self.world.get("/v1/session")):
            self.assertIn(status, (200, 401, 404))
            self.assertEqual(headers["Cache-Control"], "no-store")

    def test_a_chat_without_the_subprotocol(self):
        connection = HTTPConnection("127.0.0.1", self.world.port, timeout=10)
        self.addCleanup(connection.close)
        for more, status in (({"Sec-WebSocket-Protocol": "other"}, 400), ({}, 400),
                             ({"Sec-WebSocket-Protocol": "parley.v1", "Sec-WebSocket-Version": "8"},
                              426),
                             ({"Sec-WebSocket-Protocol": "parley.v1", "Sec-WebSocket-Key": "x"},
                              400)):
            connection.request("GET", "/v1/chat", headers={
                "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", **more})
            answer = connection.getresponse()
            answer.read()
            self.assertEqual(answer.status, status, more)


class SlowReader(Case):
    settings = {"connected": False}

    def test_a_slow_reader_is_told_why(self):
        """Its queue is cut and 1013 is the last it reads; what it missed comes by resume."""
        slow = self.world.person(receive_buffer=4096).start("Slow")
        staff = self.world.staff()
        for number in range(700):
            staff.post("reply", slow.conversation, body=f"{number:03} " + "y" * 7900)
            if number % 100 == 99 and "event=too_slow" in self.world.log():
                break
        self.assertIn("event=too_slow", self.world.log())
        self.assertEqual(closed_with(slow.chat), 1013)


class Leaving(Case):
    """Whoever asks may leave at any moment, also while the store looks for the second thing that the
    answer needs."""
    settings = {"connected": False}
    TRIES = 25

    def leave(self, route, wait, **fields):
        path = re.sub(r"{\w+}", UNKNOWN, route["path"])
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        with socket.create_connection(("127.0.0.1", self.world.port)) as peer:
            peer.sendall(f"{route['method']} {path}?query=a HTTP/1.1\r\n"
                         f"Host: 127.0.0.1:{self.world.port}\r\n{head}\r\n".encode())
            time.sleep(wait)
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def test_at_any_moment(self):
        admin = Admin(self.world)
        for route in ROUTES:
            if route["method"] != "GET":
                continue
            fields = {"Cookie": admin.cookie}
            if route["who"] == "key":
                made = admin.call("POST", "/v1/keys", {"name": "K", "rights": [route["right"]]})
                fields = {"Authorization": f"Bearer {made[1]['key']}"}
            for i in range(self.TRIES):
                self.leave(route, i * 0.00008, **fields)
            self.assertIsNone(self.world.server.poll(), route["path"])


unittest.main()

"""The chat where WebSocket is blocked: the same frames, as events and by POST."""
import json
import secrets
import socket
import unittest

from world import Case, Failed, Stream, http, until

EMAIL = "ines.moreau@northwind.example"


def shape(frame):
    """The keys of a frame, all the way down."""
    if isinstance(frame, dict):
        return {key: shape(value) for key, value in frame.items()}
    return [shape(one) for one in frame[:1]] if isinstance(frame, list) else type(frame).__name__


class Streams(Case):
    settings = {"sockets_per_address": 20, "message_burst": 5, "messages_per_minute": 6}

    def stream(self, token=None, **headers):
        hello = {"t": "hello", "v": 1, "token": token or secrets.token_urlsafe(32)}
        stream = Stream(self.world, hello, **headers)
        self.addCleanup(stream.close)
        return stream

    def begin(self, stream, body="Help by stream"):
        self.assertEqual(stream.post(t="start", client_id="stream-start", name="Ines", body=body,
                                     email=EMAIL), 204)
        return stream.expect("ack")

    def test_a_whole_conversation(self):
        token = secrets.token_urlsafe(32)
        stream = self.stream(token)
        self.assertEqual(stream.answer.headers["Content-Type"], "text/event-stream")
        self.assertEqual(stream.answer.headers["Cache-Control"], "no-store")
        self.assertIsNone(stream.expect("welcome")["conversation"])
        ack = self.begin(stream)
        self.assertEqual((ack["client_id"], ack["seq"]), ("stream-start", 1))
        conversation = ack["conversation"]
        ticket = stream.expect("ticket", lambda one: one["state"] == "filed")
        self.assertIn("Help by stream", self.world.bodies(ticket["number"]))
        stream.post(t="message", client_id="stream-0002", conversation=conversation, body="More")
        self.assertEqual(stream.expect("ack")["seq"], 2)
        staff = self.world.staff()
        staff.post("reply", conversation, body="Heard.")
        heard = stream.expect("messages")["messages"]
        self.assertEqual([(one["from"], one["body"], one["seq"]) for one in heard],
                         [("staff", "Heard.", 3)])
        stream.close()
        again = self.stream(token)
        self.assertEqual(again.expect("welcome")["conversation"]["id"], conversation)
        again.post(t="resume", conversation=conversation, since=1)
        self.assertEqual([one["body"] for one in again.expect("messages")["messages"]],
                         ["More", "Heard."])

    def test_the_frames_are_those_of_the_socket(self):
        person = self.world.person()
        stream = self.stream()
        frames = [(person.welcome, stream.expect("welcome"))]
        person.chat.send(t="start", client_id="socket-start", name="Ines", body="By socket",
                         email=EMAIL)
        frames.append((person.chat.expect("ack"), self.begin(stream)))
        ids = [pair["conversation"] for pair in frames[1]]
        person.chat.send(t="resume", conversation=ids[0], since=0)
        stream.post(t="resume", conversation=ids[1], since=0)
        frames.append((person.chat.expect("messages"), stream.expect("messages")))
        is_filed = (lambda one: one["state"] == "filed",)
        frames.append((person.chat.expect("ticket", *is_filed), stream.expect("ticket", *is_filed)))
        person.chat.send(t="message", client_id="socket-0002", conversation=ids[1], body="x")
        stream.post(t="message", client_id="stream-0002", conversation=ids[0], body="x")
        frames.append((person.chat.receive(), stream.receive()))
        self.assertEqual(frames[-1][0]["code"], "not_found")
        for by_socket, by_stream in frames:
            self.assertEqual(shape(by_socket), shape(by_stream))

    def test_refusals(self):
        for hello, code in (("{", "bad_frame"), ("", "bad_frame"), ("x" * 40_000, "bad_frame"),
                            ('{"t":"hello","v":1,"token":"short"}', "bad_token"),
                            ('{"t":"resume","conversation":'
                             '"01890000-0000-7000-8000-000000000000","since":0}', "hello_first")):
            stream = Stream(self.world, hello)
            self.addCleanup(stream.close)
            self.assertEqual(stream.receive()["code"], code, hello[:80])
            if code != "bad_frame":
                self.assertIsNone(stream.receive(), "it ends")
                self.assertEqual(stream.post(t="ping"), 404)

    def test_too_fast(self):
        stream = self.stream()
        stream.expect("welcome")
        conversation = self.begin(stream)["conversation"]
        for number in range(5):
            stream.post(t="message", client_id=f"fast-{number:04}", conversation=conversation,
                        body=f"Fast {number}")
        frame = stream.receive()
        while frame["t"] != "error":
            frame = stream.receive()
        self.assertEqual((frame["code"], frame["client_id"]), ("too_fast", "fast-0004"))
        self.assertGreater(frame["retry_ms"], 0)

    def test_an_id_that_is_not_a_stream(self):
        stream = self.stream()
        stream.expect("welcome")
        for wrong in ("A" * 22, stream.id[:-1], stream.id + "A", stream.id + "/x", "x" * 3000,
                      stream.id.swapcase()):
            status, _, _ = http(f"{self.world.url}/v1/stream/{wrong}", {"t": "ping"})
            self.assertEqual(status, 404, wrong)
        self.assertEqual(http(f"{self.world.url}/v1/stream/{stream.id}")[0], 405)
        stream.post(t="ping")
        self.assertEqual(stream.receive()["t"], "pong", "and nothing came of the others")

    def test_a_stream_that_was_left_is_gone(self):
        stream = self.stream()
        stream.expect("welcome")
        stream.answer.close()
        stream.connection.close()
        until(lambda: stream.post(t="ping") == 404, "the end of the stream")

    def test_streams_count_as_sockets(self):
        streams = []
        with self.assertRaises(AssertionError):
            for _ in range(21):
                streams.append(self.stream())
                self.assertEqual(streams[-1].answer.status, 200)
        self.assertEqual(streams[-1].answer.status, 429)
        with self.assertRaisesRegex(Failed, " 429 "):
            self.world.person()
        for stream in streams:
            stream.close()

        def fits():
            try:
                return self.world.person()
            except Failed:
                return False
        until(fits, "room for a socket")

    def test_a_slow_reader_of_a_stream(self):
        token = secrets.token_urlsafe(32)
        person = self.world.person(token).start("Slow")
        hello = json.dumps({"t": "hello", "v": 1, "token": token})
        with socket.socket() as slow:
            slow.settimeout(20)
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            slow.connect(("127.0.0.1", self.world.port))
            slow.sendall((f"POST /v1/stream HTTP/1.1\r\nHost: 127.0.0.1:{self.world.port}\r\n"
                          f"Content-Length: {len(hello)}\r\n\r\n{hello}").encode())
            staff = self.world.staff()
            for number in range(700):  # more than the kernel keeps for both sides
                staff.post("reply", person.conversation, body=f"{number:03} " + "y" * 7900)
            count = 0
            try:
                while part := slow.recv(65536):
                    count += len(part)
            except ConnectionResetError:
                pass
            self.assertLess(count, 700 * 7900)
        self.assertEqual(http(f"{self.world.url}/healthz")[0], 200)
        fresh = self.world.person(token)
        self.assertEqual(fresh.welcome["conversation"]["last_seq"], 701)
        self.assertEqual(fresh.read(700)[0]["body"][:3], "699")


unittest.main()

"""A person with a browser that remembers: says things, sends again what was not acknowledged."""
import asyncio
import base64
import json
import os
import secrets
import struct


class Gone(Exception):
    """The server closed, or was killed."""


class Socket:
    """A WebSocket (RFC 6455) as far as this needs it."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls, port, path):
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            key = base64.b64encode(os.urandom(16)).decode()
            writer.write((f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
                          "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                          f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Protocol: parley.v1\r\n\r\n").encode())
            head = await reader.readuntil(b"\r\n\r\n")
        except (OSError, asyncio.IncompleteReadError) as error:
            raise Gone(str(error)) from error
        if b" 101 " not in head.split(b"\r\n")[0]:
            writer.close()
            raise Gone(head.decode(errors="replace"))
        return cls(reader, writer)

    def send(self, **frame):
        payload = json.dumps(frame).encode()
        self._frame(1, payload)

    def _frame(self, opcode, payload):
        mask = os.urandom(4)
        size = len(payload)
        head = bytes([0x80 | opcode])
        head += bytes([0x80 | size]) if size < 126 else b"\xfe" + struct.pack(">H", size)
        self.writer.write(head + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(payload)))

    async def receive(self):
        """The next frame as a dict."""
        try:
            while True:
                first, second = await self.reader.readexactly(2)
                size = second & 127
                if size == 126:
                    size = struct.unpack(">H", await self.reader.readexactly(2))[0]
                elif size == 127:
                    size = struct.unpack(">Q", await self.reader.readexactly(8))[0]
                payload = await self.reader.readexactly(size)
                if first & 15 == 9:
                    self._frame(10, payload)
                elif first & 15 == 8:
                    raise Gone("closed")
                elif first & 15 == 1:
                    return json.loads(payload)
        except (OSError, asyncio.IncompleteReadError) as error:
            raise Gone(str(error)) from error

    def close(self):
        self.writer.close()


class Person:
    def __init__(self, number, port, chance, fresh_ids=False):
        self.number, self.port, self.chance = number, port, chance
        self.fresh_ids = fresh_ids  # a broken client, to prove that the test can fail
        self.token = secrets.token_urlsafe(32)
        self.conversation = self.reference = None
        self.waiting = []  # (client_id, text) said, not acknowledged
        self.acked = {}  # client_id -> (text, seq)
        self.said = 0
        self.is_over = False

    def say(self):
        self.said += 1
        client_id = f"p{self.number:02}-{self.said:06}"
        self.waiting.append((client_id, f"[{client_id}] my screen is dark"))

    def _send(self, socket, client_id, text):
        if self.conversation is None:
            socket.send(t="start", client_id=client_id, name=f"Person {self.number}",
                        email=f"person{self.number}@nowhere.example", body=text)
        else:
            socket.send(t="message", client_id=client_id, conversation=self.conversation,
                        body=text)

    def _ack(self, frame):
        if self.waiting and self.waiting[0][0] == frame["client_id"]:
            client_id, text = self.waiting.pop(0)
            self.acked[client_id] = (text, frame["seq"])
            self.conversation, self.reference = frame["conversation"], frame["reference"]

    async def _wait_for_ack(self, socket, client_id):
        while True:
            frame = await socket.receive()
            if frame["t"] == "ack":
                self._ack(frame)
                if frame["client_id"] == client_id:
                    return
            elif frame["t"] == "error":
                if frame["code"] not in ("too_fast", "busy"):
                    raise AssertionError(f"person {self.number}: {frame}")
                await asyncio.sleep(frame.get("retry_ms", 100) / 1000)
                self._send(socket, *self.waiting[0])

    async def _visit(self):
        socket = await Socket.open(self.port, "/v1/chat")
        try:
            socket.send(t="hello", v=1, token=self.token)
            while (await socket.receive())["t"] != "welcome":
                pass
            if self.fresh_ids:
                self.waiting = [(f"{client_id}-x{secrets.token_hex(3)}", text)
                                for client_id, text in self.waiting]
            while not (self.is_over and not self.waiting):
                if not self.waiting:
                    self.say()
                self._send(socket, *self.waiting[0])
                if self.fresh_ids and self.chance.random() < 0.1:
                    await asyncio.sleep(0.1)  # stored by now; the acknowledgement is lost
                    raise Gone("broken on purpose")
                await asyncio.wait_for(self._wait_for_ack(socket, self.waiting[0][0]), 20)
                await asyncio.sleep(self.chance.uniform(0.0, 0.12))
        finally:
            socket.close()

    async def live(self):
        """Until is_over and everything said is acknowledged."""
        while not self.is_over or self.waiting:
            try:
                await self._visit()
            except (Gone, asyncio.TimeoutError):
                await asyncio.sleep(self.chance.uniform(0.01, 0.1))

    async def read_all(self):
        """Every message of the conversation, as the server gives it to this browser."""
        socket = await Socket.open(self.port, "/v1/chat")
        try:
            socket.send(t="hello", v=1, token=self.token)
            rows, since = [], 0
            while (await socket.receive())["t"] != "welcome":
                pass
            while True:
                socket.send(t="resume", conversation=self.conversation, since=since)
                frame = await socket.receive()
                while frame["t"] != "messages":
                    frame = await socket.receive()
                rows += frame["messages"]
                if not frame["more"]:
                    return rows
                since = rows[-1]["seq"]
        finally:
            socket.close()

"""A WebSocket client for the demo and the measurements."""
import base64
import json
import secrets
import socket
import struct


class Failed(Exception):
    pass


class Frames:
    """Waiting for frames; receive() brings the next one. A ticket frame tells how something is now:
    the last one counts, also when it came while another frame was awaited."""
    ticket = None

    def heard(self, frame):
        if frame["t"] == "ticket":
            self.ticket = frame
        return frame

    def expect(self, kind, test=lambda frame: True):
        if kind == "ticket" and self.ticket is not None and test(self.ticket):
            return self.ticket
        while True:
            frame = self.expect_one_of(kind)
            if test(frame):
                return frame

    def expect_one_of(self, *kinds):
        while True:
            frame = self.receive()
            if frame is None or frame["t"] == "error":
                raise Failed(f"the server answered {frame or 'no more'}")
            if frame["t"] in kinds:
                return frame


class Chat(Frames):
    """A WebSocket client (RFC 6455), as small as this needs it."""

    def __init__(self, port, path, receive_buffer=None, **headers):
        """receive_buffer: bytes, for one who reads slowly. headers: Origin=None leaves it out;
        others are added."""
        lines = {"Origin": f"http://127.0.0.1:{port}", **headers}
        self.socket = socket.socket()
        self.socket.settimeout(20)
        if receive_buffer is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.connect(("127.0.0.1", port))
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        self.socket.sendall((f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
                             f"Upgrade: websocket\r\nConnection: Upgrade\r\n"
                             + "".join(f"{name}: {value}\r\n"
                                       for name, value in lines.items() if value is not None) +
                             f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
                             f"Sec-WebSocket-Protocol: parley.v1\r\n\r\n").encode())
        self.bytes = b""
        while b"\r\n\r\n" not in self.bytes:
            self.more()
        head, self.bytes = self.bytes.split(b"\r\n\r\n", 1)
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise Failed(f"the server refused the WebSocket: {head.decode(errors='replace')}")

    def __del__(self):
        self.socket.close()

    def more(self):
        got = self.socket.recv(65536)
        if not got:
            raise Failed("the server closed the connection")
        self.bytes += got

    def need(self, count):
        while len(self.bytes) < count:
            self.more()

    def frame(self, opcode, payload):
        mask = secrets.token_bytes(4)
        size = len(payload)
        head = bytes([0x80 | opcode])
        if size < 126:
            head += bytes([0x80 | size])
        else:
            head += bytes([0x80 | 126]) + struct.pack(">H", size)
        self.socket.sendall(head + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(payload)))

    def send(self, **frame):
        self.frame(1, json.dumps(frame).encode())

    def receive(self):
        while True:
            self.need(2)
            opcode, size, start = self.bytes[0] & 15, self.bytes[1] & 127, 2
            if size == 126:
                self.need(4)
                size, start = struct.unpack(">H", self.bytes[2:4])[0], 4
            elif size == 127:
                self.need(10)
                size, start = struct.unpack(">Q", self.bytes[2:10])[0], 10
            self.need(start + size)
            payload = self.bytes[start:start + size]
            self.bytes = self.bytes[start + size:]
            if opcode == 9:
                self.frame(10, payload)
            elif opcode == 8:
                raise Failed(f"the server closed the chat: {payload[2:].decode(errors='replace')}")
            elif opcode == 1:
                return self.heard(json.loads(payload))

"""The real programs on free ports, for the tests beside this file."""
import json
import os
import pathlib
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from http.client import HTTPConnection

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "script"))
from chat import Chat, Failed, Frames  # noqa: E402, F401
from proof import prove  # noqa: E402

PARLEY, SANDBOX = os.environ["BIN_PARLEY"], os.environ["BIN_SANDBOX"]
NOBODY = "nobody.knows@nowhere.example"
PASSWORD = "correct horse battery"


def until(is_true, what, seconds=20):
    end = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > end:
            raise AssertionError(f"did not come: {what}")
        time.sleep(0.02)


def http(url, body=None, method=None, **headers):
    """(status, headers, body as text); JSON goes out when body is a dict."""
    data = json.dumps(body).encode() if isinstance(body, dict) else body
    request = urllib.request.Request(url, data=data, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def run(*command, stdin=None, env=None):
    return subprocess.run([str(part) for part in command], input=stdin, text=True, timeout=30,
                          capture_output=True, env={**os.environ, **(env or {})})


class World:
    """A sandbox and a server that is connected to it."""

    def __init__(self, fallback=True, connected=True, **settings):
        self.folder = tempfile.TemporaryDirectory(prefix="parley-test-")
        self.path = pathlib.Path(self.folder.name)
        self.data = self.path / "data"
        self.token = "T" + secrets.token_hex(16)
        self.settings = {f"PARLEY_{name.upper()}": str(value) for name, value in settings.items()}
        with (self.path / "sandbox-log").open("wb") as log:
            self.sandbox = subprocess.Popen(
                [SANDBOX, "--listen", "127.0.0.1:0", "--control", "127.0.0.1:0", "--token",
                 self.token, "--seed", "demo"], stdout=subprocess.PIPE, stderr=log, text=True)
        self.origin, self.control = re.findall(r"http://\S+", self.sandbox.stdout.readline())
        self.fallback = self.kept_cookie = None
        if fallback:
            _, _, body = http(f"{self.origin}/api/v1/customers?business_name=Unsorted",
                              Authorization=f"Bearer {self.token}")
            self.fallback = json.loads(body)["customers"][0]["id"]
        if connected:
            self.connect()
        self.port = 0
        self.start()

    def connect(self):
        options = ["--fallback-customer", self.fallback] if self.fallback else []
        done = run(PARLEY, "connector", "set", "syncro", "--subdomain", "demo", "--token-file", "-",
                   "--data", self.data, *options, stdin=self.token)
        assert done.returncode == 0, done.stderr

    def start(self):
        with (self.path / "log").open("ab") as log:
            at = log.seek(0, 2)
            self.server = subprocess.Popen(
                [PARLEY, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}",
                 "--syncro-origin", self.origin], stderr=log, env={**os.environ, **self.settings})
        found = None

        def is_listening():
            nonlocal found
            found = re.search(r"event=listening address=127\.0\.0\.1:(\d+)", self.log()[at:])
            return found or self.server.poll() is not None
        until(is_listening, "the server")
        assert found, self.log()
        self.port = int(found.group(1))
        self.url = f"http://127.0.0.1:{self.port}"

    def stop(self):
        self.server.terminate()
        return self.server.wait(20)

    def log(self):
        return (self.path / "log").read_text(errors="replace")

    def close(self):
        """End both; a server or sandbox that ends badly (a sanitizer's report, say) is a failure."""
        codes = {}
        for name, process in (("parley", self.server), ("syncro-sandbox", self.sandbox)):
            if process.poll() is None:
                process.terminate()
                try:
                    codes[name] = process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    codes[name] = f"killed, did not stop in 20 s; {process.wait()}"
            elif name == "syncro-sandbox" or process.returncode not in (0, -signal.SIGKILL):
                codes[name] = f"ended before its time with {process.returncode}"
        self.sandbox.stdout.close()
        logs = self.log()[-4000:] + (self.path / "sandbox-log").read_text(errors="replace")[-4000:]
        self.folder.cleanup()
        assert not any(codes.values()), f"{codes}\n{logs}"

    def fault(self, **fault):
        assert http(f"{self.control}/fault", fault)[0] == 200

    def clear(self):
        http(f"{self.control}/clear", {})

    def tickets(self):
        return json.loads(http(f"{self.control}/state")[2])["tickets"]

    def ticket(self, number):
        return next(one for one in self.tickets() if str(one["number"]) == str(number))

    def bodies(self, number):
        comments = sorted(self.ticket(number)["comments"], key=lambda one: one["id"])
        return "\n".join(one["body"] for one in comments)

    def person(self, token=None, language=None, **options):
        return Person(self, token or secrets.token_urlsafe(32), options, language)

    def verified(self, email, name="Ines", contact=0, customer=0, how=1, manager=False, token=None,
                 expired=False, **options):
        """Somebody who has proved that this address is theirs; the same one is the same person."""
        token = token or secrets.token_urlsafe(32)
        prove(self.data, token, email, name, contact, customer, how, manager, expired)
        return self.person(token, **options)

    def add_staff(self, name="Robin", role="technician", email=None):
        """An account; the email, and the token of the link that was printed."""
        email = email or f"{name.lower()}-{secrets.token_hex(4)}@msp.example"
        done = run(PARLEY, "staff", "add", "--email", email, "--name", name, "--role", role,
                   "--data", self.data, "--url", self.url)
        assert done.returncode == 0, done.stderr
        return email, done.stdout.strip().split("#link=")[1]

    def link(self, name="Robin", role="technician"):
        return self.add_staff(name, role)[1]

    def post(self, path, body, cookie=None, **headers):
        """As a page of the server's own; a header of None is left out."""
        all_of = {"Content-Type": "application/json", "Origin": self.url, "Cookie": cookie,
                  **{name.replace("_", "-"): value for name, value in headers.items()}}
        return http(f"{self.url}{path}", body,
                    **{name: value for name, value in all_of.items() if value is not None})

    def get(self, path, cookie=None, **headers):
        if cookie is not None:
            headers["Cookie"] = cookie
        return http(f"{self.url}{path}", **headers)

    def use(self, link, password=PASSWORD, **headers):
        return self.post("/v1/link/use", {"token": link, "password": password}, **headers)

    def sign_up(self, name="Robin", role="technician"):
        """(email, cookie) of somebody new who came in."""
        email, link = self.add_staff(name, role)
        status, headers, body = self.use(link)
        assert status == 200, body
        return email, headers["Set-Cookie"].split(";")[0]

    def cookie(self):
        """Of Robin, a technician who came in once."""
        if self.kept_cookie is None:
            _, self.kept_cookie = self.sign_up()
        return self.kept_cookie

    def staff(self, name=None):
        """Robin, or somebody of another name who came in just now."""
        return Staff(self, self.cookie() if name is None else self.sign_up(name)[1])


def closed_with(chat):
    """Read until the server closes; the code of its close frame, None when there was none."""
    try:
        while True:
            chat.need(2)
            size, start = chat.bytes[1] & 127, 2
            if size >= 126:
                start += 2 if size == 126 else 8
                chat.need(start)
                size = int.from_bytes(chat.bytes[2:start], "big")
            chat.need(start + size)
            opcode, payload = chat.bytes[0] & 15, chat.bytes[start:start + size]
            chat.bytes = chat.bytes[start + size:]
            if opcode == 9:
                chat.frame(10, payload)
            elif opcode == 8:
                return int.from_bytes(payload[:2], "big")
    except (Failed, ConnectionError):
        return None


class Stream(Frames):
    """The chat without WebSocket: frames come as events, and go by POST."""

    def __init__(self, world, hello, **headers):
        self.world = world
        self.connection = HTTPConnection("127.0.0.1", world.port, timeout=20)
        body = hello if isinstance(hello, (str, bytes)) else json.dumps(hello)
        self.connection.request("POST", "/v1/stream", body, headers)
        self.answer = self.connection.getresponse()
        self.id = None
        if self.answer.status == 200:
            self.id = self.expect("session")["id"]

    def receive(self):
        """The next frame; None at the end of the stream."""
        while True:
            line = self.answer.readline()
            if line == b"":
                return None
            if line.startswith(b"data: "):
                return self.heard(json.loads(line[6:]))

    def post(self, **frame):
        return http(f"{self.world.url}/v1/stream/{self.id}", frame)[0]

    def close(self):
        self.answer.close()
        self.connection.close()


def answers(messages, conversation, since=0):
    """Are these what was asked for, not one that was said just now?"""
    return messages["conversation"] == conversation and (
        since > 0 or not messages["messages"] or messages["messages"][0]["seq"] == 1)


class Person:
    def __init__(self, world, token, options, language=None):
        self.world, self.token = world, token
        self.chat = Chat(world.port, "/v1/chat", **options)
        self.count = 0
        self.conversation = None
        self.chat.send(t="hello", v=1, token=token,
                       **({"language": language} if language is not None else {}))
        self.welcome = self.chat.expect("welcome")
        if self.welcome["conversation"]:
            self.conversation = self.welcome["conversation"]["id"]

    def client_id(self):
        self.count += 1
        return f"test-{secrets.token_hex(4)}-{self.count:04}"

    def start(self, body, email=NOBODY, name="Ines"):
        self.chat.send(t="start", client_id=self.client_id(), name=name, email=email, body=body)
        ack = self.chat.expect("ack")
        self.conversation, self.reference = ack["conversation"], ack["reference"]
        return self

    def filed(self):
        """Wait for the ticket; its number."""
        frame = self.chat.expect("ticket", lambda one: one["number"] is not None and
                                 one["conversation"] == self.conversation)
        return frame["number"]

    def say(self, body, client_id=None, conversation=None):
        self.chat.send(t="message", client_id=client_id or self.client_id(), body=body,
                       conversation=conversation or self.conversation)
        return self.chat.expect("ack")

    def error(self, **frame):
        """Send what is to be refused; the error."""
        self.chat.send(**frame)
        while True:
            answer = self.chat.receive()
            if answer["t"] in ("error", "ack", "messages"):
                assert answer["t"] == "error", answer
                return answer

    def read(self, since=0):
        self.chat.send(t="resume", conversation=self.conversation, since=since)
        return self.chat.expect("messages", lambda one: answers(one, self.conversation, since)
                                )["messages"]

    def tickets(self, **ask):
        self.chat.send(t="tickets", **ask)
        return self.chat.expect("tickets", lambda one: one["query"] == ask.get("query", "") and
                                one["after"] == ask.get("before") and one["older"] != "reading")

    def open(self, **which):
        self.chat.send(t="open", **which)
        frame = self.chat.expect("conversation")
        self.conversation, self.opened = frame["id"], frame
        return frame


class Staff:
    def __init__(self, world, cookie):
        self.cookie = cookie
        self.chat = Chat(world.port, "/v1/console", Cookie=cookie)
        self.team, self.summaries = [], {}
        self.chat.heard = self.heard
        self.chat.send(t="hello", v=1)
        self.welcome = self.chat.expect("welcome")
        self.inbox = self.chat.expect("inbox")["conversations"]
        self.summaries.update({one["id"]: one for one in self.inbox})

    def heard(self, frame):
        if frame["t"] == "team":
            self.team = frame["members"]
        if frame["t"] == "summary":
            self.summaries[frame["conversation"]["id"]] = frame["conversation"]
        return frame

    def open(self, conversation):
        """Its messages; its outbox's entries stay in self.entries. They come in either order."""
        self.chat.send(t="open", conversation=conversation, since=0)
        frames = {}
        while frames.keys() != {"messages", "outbox"}:
            frame = self.chat.expect_one_of("messages", "outbox")
            if frame["t"] == "outbox" or answers(frame, conversation):
                frames[frame["t"]] = frame
        self.entries = frames["outbox"]["entries"]
        return frames["messages"]["messages"]

    def post(self, kind, conversation, **more):
        self.chat.send(t=kind, client_id=f"staff-{secrets.token_hex(6)}",
                       conversation=conversation, **more)
        return self.chat.expect("ack")

    def summary(self, conversation, test):
        """Wait until the summary of this conversation passes the test."""
        while conversation not in self.summaries or not test(self.summaries[conversation]):
            self.chat.expect("summary")
        return self.summaries[conversation]


class Case(unittest.TestCase):
    """A test with one world for all of the class; settings in the attribute `settings`."""
    settings = {}

    @classmethod
    def setUpClass(cls):
        cls.world = World(**cls.settings)

    @classmethod
    def tearDownClass(cls):
        cls.world.close()

"""Start syncro-sandbox and parley on free ports with data in a temporary folder; then either
wait for Ctrl-C, or (--check) play a conversation of eight messages and read its ticket back.

Exit codes: 0 all well, 1 something failed (it says what), 2 wrong usage.
"""
import json
import os
import pathlib
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from chat import Chat, Failed

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = pathlib.Path(os.environ.get("BUILD_DIR", ROOT / "build"))
ADMIN = "admin@demo.example"
EMAIL = "ines.moreau@northwind.example"
SAID = [
    "My laptop shows a blue screen since this morning.",
    "It says: INACCESSIBLE BOOT DEVICE.",
    "I restarted it three times.",
    "Yesterday it installed updates in the evening.",
    "I need it for the order list at noon.",
    "The name on the sticker is NW-LAP-14.",
    "I am at the shop in the old town.",
    "You can call me at the counter, if that is easier. Grüße!",
]


class Program:
    """A process whose output goes to a file, ended by its own id."""

    def __init__(self, name, command, folder):
        self.name = name
        self.log = folder / f"{name}.log"
        self.process = subprocess.Popen(command, stdout=self.log.open("wb"),
                                        stderr=subprocess.STDOUT, start_new_session=True)

    def wait_for(self, pattern, seconds=10):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            match = re.search(pattern, self.log.read_text(errors="replace"))
            if match:
                return match
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise Failed(f"{self.name} did not start:\n{self.log.read_text(errors='replace')[-2000:]}")

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def http(url, body=None, headers=None):
    request = urllib.request.Request(url, data=body, headers=headers or {})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read()


class Demo:
    def __init__(self, folder):
        self.folder = folder
        self.token = f"T{secrets.token_hex(16)}-{secrets.token_hex(16)}"
        self.programs = []
        self.began = time.monotonic()

    def run(self, listen):
        """Start both programs."""
        data = self.folder / "data"
        sandbox = self.start("syncro-sandbox", BUILD / "sandbox/syncro-sandbox", "--listen",
                             "127.0.0.1:0", "--control", "127.0.0.1:0", "--token", self.token,
                             "--seed", "demo")
        self.sandbox = sandbox.wait_for(r"listening (http://127\.0\.0\.1:\d+)").group(1)
        fallback = json.loads(self.api("customers?business_name=Unsorted"))["customers"][0]["id"]
        token_file = self.folder / "token"
        token_file.write_text(self.token)
        parley = BUILD / "src/app/parley"
        subprocess.run([parley, "connector", "set", "syncro", "--subdomain", "demo",
                        "--token-file", token_file, "--fallback-customer", str(fallback),
                        "--data", data], check=True, stdout=subprocess.DEVNULL)
        token_file.unlink()
        self.parley_command = parley
        self.data = data
        server = self.start("parley", parley, "serve", "--data", data, "--listen", listen,
                            "--syncro-origin", self.sandbox)
        address = server.wait_for(r"event=listening.*\baddress=\"?(?:http://)?(127\.0\.0\.1:\d+)")
        self.port = int(address.group(1).rsplit(":", 1)[1])
        self.parley = f"http://127.0.0.1:{self.port}"

    def start(self, name, *command):
        program = Program(name, [str(part) for part in command], self.folder)
        self.programs.append(program)
        return program

    def api(self, path):
        return http(f"{self.sandbox}/api/v1/{path}",
                    headers={"Authorization": f"Bearer {self.token}"})

    def end(self):
        for program in reversed(self.programs):
            program.end()

    def step(self, text):
        print(f"{time.monotonic() - self.began:7.3f} s  {text}")

    def make_admin(self):
        """Accept the invitation of an administrator, with a password of this run."""
        password = secrets.token_urlsafe(12)
        link = subprocess.run([self.parley_command, "staff", "add", "--email", ADMIN, "--name",
                               "Robin", "--role", "admin", "--data", self.data, "--url",
                               self.parley], check=True, capture_output=True,
                              text=True).stdout.strip()
        body = json.dumps({"token": link.split("#link=")[1], "password": password}).encode()
        http(f"{self.parley}/v1/link/use", body,
             {"Content-Type": "application/json", "Origin": self.parley})
        return password

    def check(self):
        """One conversation; the ticket's number."""
        if b"ok" not in http(f"{self.parley}/healthz").lower():
            raise Failed("/healthz does not say ok")
        self.step(f"parley answers at {self.parley}")
        chat = Chat(self.port, "/v1/chat")
        chat.send(t="hello", v=1, token=secrets.token_urlsafe(32))
        chat.expect("welcome")
        self.step("chat is open")
        chat.send(t="start", client_id="demo-0001", name="Ines Moreau", email=EMAIL, body=SAID[0])
        ack = chat.expect("ack", lambda frame: frame["client_id"] == "demo-0001")
        conversation, reference = ack["conversation"], ack["reference"]
        self.step(f"message 1 stored, conversation {reference}")
        ticket = None
        for number, text in enumerate(SAID[1:], 2):
            client_id = f"demo-{number:04}"
            chat.send(t="message", client_id=client_id, conversation=conversation, body=text)
            while True:
                frame = chat.receive()
                if frame["t"] == "error":
                    raise Failed(f"the server answered {frame}")
                if frame["t"] == "ticket" and frame["state"] == "filed":
                    ticket = frame["number"]
                    self.step(f"ticket #{ticket} filed")
                if frame["t"] == "ack" and frame["client_id"] == client_id:
                    break
            if ack["seq"] + number - 1 != frame["seq"]:
                raise Failed(f"message {number} has seq {frame['seq']}")
            self.step(f"message {number} stored")
        if ticket is None:
            ticket = chat.expect("ticket", lambda frame: frame["state"] == "filed")["number"]
            self.step(f"ticket #{ticket} filed")
        self.read_back(ticket, reference)
        return ticket

    def read_back(self, number, reference):
        """Wait until the sandbox's ticket holds everything that was said, once and in order."""
        end = time.monotonic() + 45
        while True:
            tickets = json.loads(self.api(f"tickets?number={number}"))["tickets"]
            if len(tickets) != 1:
                raise Failed(f"{len(tickets)} tickets with number {number}")
            full = json.loads(self.api(f"tickets/{tickets[0]['id']}"))["ticket"]
            comments = sorted(full["comments"], key=lambda c: (c["created_at"], c["id"]))
            text = "\n".join(c["body"] for c in comments if not c["hidden"])
            places = [text.find(said) for said in SAID]
            if all(place >= 0 for place in places):
                break
            if time.monotonic() > end:
                raise Failed(f"not in the ticket: {SAID[places.index(-1)]!r}")
            time.sleep(0.2)
        if places != sorted(places) or any(text.count(said) != 1 for said in SAID):
            raise Failed("the ticket's words are out of order or doubled")
        if reference not in text:
            raise Failed(f"the ticket does not carry {reference}")
        same = [t for t in json.loads(self.api("tickets?per_page=100"))["tickets"]
                if reference in json.dumps(t)]
        if len(same) > 1:
            raise Failed(f"{len(same)} tickets carry {reference}")
        company = full["customer_business_then_name"]
        self.step(f"read back from Syncro's API: {company}, {len(comments)} comments, all 8 "
                  "messages once and in order")


ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def be_deaf():
    """Once is enough: a second signal must not cut the tidying short."""
    for one in ENDS:
        signal.signal(one, signal.SIG_IGN)


def stop(_signal, _frame):
    be_deaf()
    raise KeyboardInterrupt


def main():
    checking = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not checking:
        print("usage: script/demo [--check]", file=sys.stderr)
        return 2
    for one in ENDS:
        signal.signal(one, stop)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="parley-demo-"))
    demo = Demo(folder)
    try:
        listen = "127.0.0.1:0"
        if not checking:
            with socket.socket() as probe:
                free = probe.connect_ex(("127.0.0.1", 8080)) != 0
            listen = "127.0.0.1:8080" if free else listen
        demo.run(listen)
        if checking:
            print(f"ok ticket {demo.check()}")
            return 0
        password = demo.make_admin()
        print(f"""
  A customer's page with the chat   {demo.parley}/sample
  Syncro's tickets (a stand-in)     {demo.sandbox}/
  The console                       {demo.parley}/console
      email                         {ADMIN}
      password                      {password}

Write something in the chat and watch the ticket appear. Ctrl-C ends everything.
""")
        while all(program.process.poll() is None for program in demo.programs):
            time.sleep(0.5)
        raise Failed("a program ended by itself")
    except KeyboardInterrupt:
        return 1 if checking else 0
    except (Failed, OSError, KeyError, ValueError, subprocess.CalledProcessError) as failure:
        print(f"failed: {failure}", file=sys.stderr)
        for program in demo.programs:
            log = program.log.read_text(errors="replace")
            print(f"--- {program.name}\n{log[-3000:]}", file=sys.stderr)
        return 1
    finally:
        be_deaf()
        demo.end()
        shutil.rmtree(folder, ignore_errors=True)


sys.exit(main())

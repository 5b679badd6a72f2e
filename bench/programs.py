"""The programs under measure, started on free ports with data in a folder of their own."""
import json
import os
import pathlib
import re
import secrets
import subprocess
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = pathlib.Path(os.environ.get("BUILD_DIR", ROOT / "build"))
PARLEY = BUILD / "src/app/parley"
SANDBOX = BUILD / "sandbox/syncro-sandbox"
LOAD = BUILD / "bench/bench_load"
REFERENCE = BUILD / "bench/bench_reference"
TOKEN = "T" + secrets.token_hex(16)
FREE = {"PARLEY_MESSAGES_PER_MINUTE": "1000000", "PARLEY_MESSAGE_BURST": "1000000",
        "PARLEY_NEWCOMERS_PER_MINUTE": "1000000", "PARLEY_NEWCOMER_BURST": "1000000",
        "PARLEY_STARTS_PER_MINUTE": "1000000", "PARLEY_START_BURST": "1000000",
        "PARLEY_SOCKETS_PER_ADDRESS": "1000", "PARLEY_CONNECTIONS_MAX": "12000",
        "PARLEY_CONNECTIONS_PER_ADDRESS": "12000",
        "PARLEY_LOG_LEVEL": "warn"}


class Program:
    """A process that is ended, by its own id, at the end of the with block."""

    def __init__(self, command, pattern, stream, env=None):
        self.process = subprocess.Popen(
            [str(part) for part in command], env={**os.environ, **(env or {})}, text=True,
            stdout=subprocess.PIPE if stream == "out" else subprocess.DEVNULL,
            stderr=subprocess.PIPE if stream == "err" else None)
        pipe = self.process.stdout if stream == "out" else self.process.stderr
        for line in pipe:
            self.match = re.search(pattern, line)
            if self.match:
                return
        raise SystemExit(f"bench: {command[0]} did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def memory_kib(self):
        """What this process alone takes: its dirty pages, not those of shared libraries."""
        text = pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return int(re.search(r"Private_Dirty:\s+(\d+)", text).group(1))

    def resident_kib(self):
        """All that is resident, its share of libraries counted in proportion (PSS)."""
        text = pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return int(re.search(r"Pss:\s+(\d+)", text).group(1))


def parley(folder, *options, env=None, quiet=True):
    """A server that takes any load; .port."""
    settings = dict(FREE) if quiet else {}
    settings["PARLEY_LOG_LEVEL"] = "info"  # its first line names the port
    program = Program([PARLEY, "serve", "--data", folder / "data", "--listen", "127.0.0.1:0",
                       *options], r"event=listening address=127\.0\.0\.1:(\d+)", "err",
                      {**settings, **(env or {})})
    program.port = int(program.match.group(1))
    drain(program.process.stderr)
    return program


def drain(pipe):
    """Read what else comes, so that nobody waits for a full pipe."""
    import threading
    threading.Thread(target=lambda: [None for _ in pipe], daemon=True).start()


def reference(folder):
    program = Program([REFERENCE, "--data", folder], r"listening (\d+)", "out")
    program.port = int(program.match.group(1))
    return program


def sandbox():
    """A stand-in for Syncro; .origin, .control."""
    program = Program([SANDBOX, "--listen", "127.0.0.1:0", "--control", "127.0.0.1:0", "--token",
                       TOKEN, "--seed", "demo"], r"listening (\S+) control (\S+)", "out")
    program.origin, program.control = program.match.groups()
    drain(program.process.stdout)
    return program


def connect(folder, fallback):
    subprocess.run([PARLEY, "connector", "set", "syncro", "--subdomain", "demo", "--token-file",
                    "-", "--fallback-customer", str(fallback), "--data", folder / "data"],
                   input=TOKEN, text=True, check=True, stdout=subprocess.DEVNULL)


def load(protocol, port, **options):
    """One run of the load generator; its figures as a dict."""
    command = [LOAD, "--protocol", protocol, "--port", port]
    for name, value in options.items():
        command += [f"--{name.replace('_', '-')}", value]
    out = subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE,
                         text=True, timeout=120).stdout
    return json.loads(out)


def call(url, body=None, method=None):
    """A JSON call: to the control port, or with the token to the API."""
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def first_answer_ms(folder):
    """From the start of the process to its first answer."""
    began = time.monotonic()
    with parley(folder, quiet=False) as server:
        urllib.request.urlopen(f"http://127.0.0.1:{server.port}/healthz", timeout=10).read()
        return (time.monotonic() - began) * 1000

"""The providers that the tests beside this file start."""
import json
import pathlib
import socket
import subprocess
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
CLIENT, SECRET = "parley test", "s3cret/with+marks:%&="


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Program:
    """Started; its first line of output is in `line`."""

    def __init__(self, *command):
        self.process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        self.line = self.process.stdout.readline().strip()
        if self.line == "":
            raise AssertionError(self.process.communicate()[1])

    def close(self):
        self.process.terminate()
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, err


class RealProvider(Program):
    """npm oidc-provider, with its own pages."""

    def __init__(self, redirect, **options):
        options = {"alg": "RS256", "auth": "client_secret_basic", "inToken": False,
                   "verified": True, **options}
        super().__init__("node", HERE / "provider.mjs", redirect, json.dumps(options))
        self.issuer = self.line


class EvilProvider(Program):
    """Lies as it is told."""

    def __init__(self):
        super().__init__("node", HERE / "evil.mjs")
        self.issuer = self.line

    def mode(self, **mode):
        request = urllib.request.Request(f"{self.issuer}/mode", json.dumps(mode).encode())
        urllib.request.urlopen(request, timeout=10).close()

    def seen(self):
        with urllib.request.urlopen(f"{self.issuer}/seen", timeout=10) as answer:
            return json.load(answer)

"""A server of others that takes webhooks, for the tests beside this file."""
import hashlib
import hmac
import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """Keeps what came. `answers` is used up first: (status, headers, seconds to wait before)."""

    def __init__(self):
        self.got, self.answers, self.secret = [], [], None
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers), body, self.path))
                status, headers, wait = (receiver.answers.pop(0) if receiver.answers
                                         else (200, {}, 0))
                time.sleep(wait)
                try:
                    self.send_response(status)
                    for name, value in {"Content-Length": "0", **headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                except OSError:
                    pass

            def log_message(self, *args):
                pass
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/in"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def is_signed(self, i, secret):
        headers, body, _ = self.got[i]
        at, theirs = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})",
                                  headers["Parley-Signature"]).groups()
        ours = hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
        return abs(time.time() - int(at)) < 60 and hmac.compare_digest(ours, theirs)

    def told(self, event=None):
        """The bodies, once each, in the order of their numbers."""
        bodies = {one["delivery"]: one for one in (json.loads(body) for _, body, _ in self.got)}
        return [bodies[n] for n in sorted(bodies) if event in (None, bodies[n]["event"])]

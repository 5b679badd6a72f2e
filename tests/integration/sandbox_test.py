"""The stand-in does outwards what Syncro does: webhooks, and fetching files; over real sockets."""
import json
import pathlib
import re
import subprocess
import tempfile
import threading
import unittest
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from world import SANDBOX, http, until

TICKET = 80420013
TOKEN = "Tsandbox-test"


class Other:
    """A server that takes webhooks and gives files."""

    def __init__(self):
        other = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self, status, body=b""):
                self.send_response(status)
                self.send_header("Content-Type", "image/png")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                other.got.append((self.headers["Content-Type"], body))
                other.may_answer.wait(20)
                self.answer(other.statuses.pop(0) if other.statuses else 204)

            def do_GET(self):
                if self.path == "/moved":
                    self.send_response(302)
                    self.send_header("Location", "/file.png")
                    self.end_headers()
                elif self.path == "/file.png":
                    self.answer(200, other.file)
                else:
                    self.answer(404, b"no")

            def log_message(self, *_):
                pass

        self.got, self.statuses, self.file = [], [], b"\x89PNG\0" * 1000
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.may_answer.set()
        self.server.shutdown()
        self.server.server_close()


class Outwards(unittest.TestCase):
    def setUp(self):
        self.other = Other()
        self.addCleanup(self.other.close)
        self.folder = tempfile.TemporaryDirectory(prefix="parley-sandbox-")
        self.addCleanup(self.folder.cleanup)
        self.start()
        self.addCleanup(self.stop)

    def start(self):
        self.process = subprocess.Popen(
            [SANDBOX, "--listen", "127.0.0.1:0", "--control", "127.0.0.1:0", "--token", TOKEN,
             "--data", str(pathlib.Path(self.folder.name) / "data")],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.origin, self.control = re.findall(r"http://\S+", self.process.stdout.readline())

    def stop(self):
        self.process.terminate()
        self.assertEqual(self.process.wait(20), 0)
        self.process.stdout.close()

    def tell(self, command, /, **body):
        status, _, text = http(f"{self.control}/{command}", body)
        self.assertEqual(status, 200, text)
        return json.loads(text)

    def api(self, method, path, body=None):
        status, _, text = http(f"{self.origin}/api/v1{path}", body, method=method,
                               Authorization=f"Bearer {TOKEN}",
                               **{"Content-Type": "application/json"})
        self.assertEqual(status, 200, text)
        return json.loads(text)

    def webhooks(self):
        return json.loads(http(f"{self.control}/stats")[2])["webhooks"]

    def reply(self, text="x"):
        return self.tell("reply", ticket_id=TICKET, body=text)

    def test_a_webhook_arrives(self):
        self.tell("webhook", url=f"{self.other.origin}/hook")
        self.reply("From home")
        until(lambda: self.other.got, "the webhook")
        kind, body = self.other.got[0]
        self.assertEqual(kind, "application/json")
        body = json.loads(body)
        self.assertEqual(list(body), ["text", "html", "link", "attributes"])
        self.assertTrue(body["link"].endswith(f"/tickets/{TICKET}"))
        self.assertEqual(body["attributes"]["ticket_id"], TICKET)
        self.assertEqual(body["attributes"]["body"], "From home")

    def test_what_fails_is_sent_again_as_often_as_the_switch_says(self):
        self.tell("set", name="webhook-retries", value="1")
        self.tell("set", name="webhook-type", value="form")
        self.tell("webhook", url=f"{self.other.origin}/hook")
        self.other.statuses = [500, 200, 500, 500]
        self.reply("first")
        until(lambda: self.webhooks()["arrived"] == 1, "the second try")
        self.reply("second")
        until(lambda: self.webhooks()["failed"] == 1, "to be given up")
        self.assertEqual(len(self.other.got), 4)
        self.assertEqual(self.other.got[0], self.other.got[1])
        self.assertEqual(self.other.got[0][0], "application/x-www-form-urlencoded")

    def test_a_receiver_that_hangs_holds_up_nobody(self):
        self.other.may_answer.clear()
        self.tell("webhook", url=f"{self.other.origin}/hook")
        for n in range(300):
            self.reply(str(n))
        self.assertEqual(self.api("GET", f"/tickets/{TICKET}")["ticket"]["id"], TICKET)
        hooks = self.webhooks()
        self.assertEqual((hooks["made"], hooks["waiting"], hooks["arrived"]), (300, 256, 0))
        self.other.may_answer.set()
        until(lambda: self.webhooks()["waiting"] == 0, "all that waits")

    def test_files_come_a_moment_later(self):
        files = [{"url": f"{self.other.origin}/{name}", "filename": f"as-{name}"}
                 for name in ("gone.png", "moved", "file.png")]
        self.api("POST", f"/tickets/{TICKET}/attach_file_url", {"files": files})

        def attachments():
            return self.api("GET", f"/tickets/{TICKET}")["ticket"]["attachments"]
        until(attachments, "the file")
        [one] = attachments()
        self.assertEqual((one["file_name"], one["size"]), ("as-file.png", len(self.other.file)))
        with urllib.request.urlopen(f"{self.control}/attachment?id={one['id']}") as answer:
            self.assertEqual(answer.read(), self.other.file)
        self.stop()
        self.start()
        self.assertEqual(attachments(), [one])
        self.assertEqual(http(f"{self.control}/attachment?id={one['id']}")[0], 404)
        self.api("POST", f"/tickets/{TICKET}/delete_attachment", {"attachment_id": one["id"]})
        self.assertEqual(attachments(), [])

    def test_wrong_commands_say_why(self):
        for name, body, status in (("nothing", {}, 404), ("reply", {"ticket_id": 1}, 422),
                                   ("webhook", {"url": "http://a.example/"}, 422),
                                   ("change", {"ticket_id": TICKET, "contact_id": 1}, 422)):
            answer = http(f"{self.control}/{name}", body)
            self.assertEqual(answer[0], status)
            self.assertIn("error", json.loads(answer[2]))


if __name__ == "__main__":
    unittest.main()

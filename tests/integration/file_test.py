"""Files, over real sockets: they come piece by piece, go with messages, and only those who may see
a message may have its files."""
import hashlib
import json
import os
import secrets
import signal
import sqlite3
import struct
import time
import unittest
import zlib
from contextlib import closing

from world import Case, NOBODY, World, http, until

CHUNK = 256 * 1024
UNKNOWN = "01890000-0000-7000-8000-000000000000"


def png(width=3, height=2, more=b""):
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + b"\x20\x90\x60" * width for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) +
            chunk(b"IEND", b"") + more)


class Files:
    """A person's browser or staff, seen by HTTP."""

    def __init__(self, world, token=None, cookie=None):
        self.world = world
        self.headers = ({"Authorization": f"Bearer {token}"} if token
                        else {"Cookie": cookie, "Origin": world.url} if cookie else {})

    def begin(self, name, size, conversation=None, client_id=None, **more):
        status, _, body = http(f"{self.world.url}/v1/files", {
            "name": name, "size": size, "type": "x/y", "conversation": conversation,
            "client_id": client_id or "file-" + secrets.token_hex(8)}, **{**self.headers, **more})
        return status, json.loads(body)

    def put(self, file, offset, piece):
        status, _, body = http(f"{self.world.url}/v1/files/{file}/{offset}", piece, "POST",
                               **{"Content-Type": "application/octet-stream", **self.headers})
        return status, json.loads(body)

    def offset(self, file):
        status, _, body = http(f"{self.world.url}/v1/files/{file}/offset", **self.headers)
        return status, json.loads(body)

    def remove(self, file):
        return http(f"{self.world.url}/v1/files/{file}/remove", {}, **self.headers)[0]

    def upload(self, name, data, conversation=None):
        status, begun = self.begin(name, len(data), conversation)
        assert status == 200, begun
        file = begun["file"]["id"]
        for at in range(0, len(data), CHUNK):
            status, answer = self.put(file, at, data[at:at + CHUNK])
            assert status == 200, answer
        return file

    def get(self, file, path="/v1/files/", **more):
        return raw(f"{self.world.url}{path}{file}", {**self.headers, **more})


def raw(url, headers, method="GET"):
    """(status, headers, bytes)"""
    import urllib.error
    import urllib.request
    request = urllib.request.Request(url, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def answer(person):
    while True:
        frame = person.chat.receive()
        if frame["t"] in ("ack", "error"):
            return frame


def paths(world):
    return [one for one in (world.data / "files").rglob("*") if one.is_file()]


def database(world):
    return closing(sqlite3.connect(world.data / "parley.db", timeout=10))


class Way(Case):
    settings = {"sockets_per_address": 1000}

    def setUp(self):
        self.person = self.world.person().start("It looks like this.")
        self.files = Files(self.world, self.person.token)
        self.staff = Files(self.world, cookie=self.world.cookie())

    def say(self, *files, body=""):
        self.person.chat.send(t="message", client_id=self.person.client_id(), body=body,
                              conversation=self.person.conversation, files=list(files))
        return answer(self.person)

    def test_a_picture_goes_with_a_message(self):
        data = png(640, 480)
        file = self.files.upload("Bild schirm.png", data, self.person.conversation)
        ack = self.say(file)
        self.assertEqual(ack["t"], "ack", ack)
        told = self.person.chat.expect("messages")["messages"][0]
        self.assertEqual((told["seq"], told["body"]), (ack["seq"], ""))
        self.assertEqual(told["files"], [{"id": file, "name": "Bild schirm.png",
                                          "type": "image/png", "size": len(data), "width": 640,
                                          "height": 480}])
        self.assertEqual(self.person.read()[-1]["files"], told["files"])
        for who in (self.files, self.staff):
            status, headers, body = who.get(file)
            self.assertEqual((status, body), (200, data))
            self.assertEqual(headers["Content-Type"], "image/png")
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
            self.assertIn("sandbox", headers["Content-Security-Policy"])
            self.assertIn("private", headers["Cache-Control"])
            self.assertIn("filename*=UTF-8''Bild%20schirm.png", headers["Content-Disposition"])
        with database(self.world) as db:
            path, sha256 = db.execute("SELECT path, sha256 FROM file WHERE name = 'Bild schirm.png'"
                                      ).fetchone()
        self.assertEqual(sha256, hashlib.sha256(data).hexdigest())
        on_disk = self.world.data / "files" / path[:2] / path
        self.assertEqual(on_disk.read_bytes(), data)
        self.assertEqual(on_disk.stat().st_mode & 0o777, 0o600)
        self.assertEqual((self.world.data / "files").stat().st_mode & 0o777, 0o700)

    def test_a_page_is_never_shown_as_one(self):
        file = self.files.upload("evil.html", b"<script>alert(1)</script>")
        self.say(file)
        _, headers, _ = self.staff.get(file)
        self.assertEqual(headers["Content-Type"], "application/octet-stream")
        self.assertTrue(headers["Content-Disposition"].startswith("attachment"))
        self.assertEqual(headers["Cross-Origin-Resource-Policy"], "same-origin")

    def test_a_large_one_in_pieces_and_after_a_drop(self):
        data = os.urandom(3 * CHUNK + 17)
        client_id = "file-" + secrets.token_hex(8)
        _, begun = self.files.begin("a.bin", len(data), client_id=client_id)
        file = begun["file"]["id"]
        self.assertEqual((begun["offset"], begun["chunk"]), (0, CHUNK))
        self.assertEqual(self.files.put(file, 0, data[:CHUNK]), (200, {"offset": CHUNK}))
        # The answer was lost: sent again, and out of order.
        status, answer = self.files.put(file, 0, data[:CHUNK])
        self.assertEqual((status, answer["code"], answer["offset"]), (409, "offset", CHUNK))
        self.assertEqual(self.files.put(file, 2 * CHUNK, data[2 * CHUNK:3 * CHUNK])[0], 409)
        self.assertEqual(self.say(file)["code"], "bad_file")  # not whole
        _, again = self.files.begin("a.bin", len(data), client_id=client_id)
        self.assertEqual((again["file"]["id"], again["offset"]), (file, CHUNK))
        self.assertEqual(self.files.offset(file)[1]["offset"], CHUNK)
        for at in range(CHUNK, len(data), CHUNK):
            self.assertEqual(self.files.put(file, at, data[at:at + CHUNK])[0], 200)
        self.assertEqual(self.say(file)["t"], "ack")
        self.assertEqual(self.files.get(file)[2], data)
        self.assertEqual(self.staff.get(file)[2], data)

    def test_bounds_of_a_piece(self):
        _, begun = self.files.begin("a.txt", 10)
        file = begun["file"]["id"]
        self.assertEqual(self.files.put(file, 0, b"12345678901")[0], 400)
        self.assertEqual(self.files.put(file, 0, b"")[0], 400)
        self.assertEqual(self.files.put(file, "x", b"1")[0], 404)
        self.assertEqual(self.files.put(file, -1, b"1")[0], 404)
        self.assertEqual(self.files.put(file, 0, b"x" * (CHUNK + 1))[0], 413)
        self.assertEqual(self.files.put(file, 0, b"1234567890")[0], 200)
        self.assertEqual(self.files.put(file, 10, b"1")[0], 400)

    def test_a_start_may_be_files_alone(self):
        person = self.world.person()
        files = Files(self.world, person.token)
        file = files.upload("Fehler Drucker.jpg", b"\xff\xd8\xff\xe0" + bytes(40))
        person.chat.send(t="start", client_id=person.client_id(), name="Ines", email=NOBODY,
                         body="", files=[file])
        ack = person.chat.expect("ack")
        staff = self.world.staff()
        summary = staff.summaries[ack["conversation"]]
        self.assertEqual(summary["subject"], "Fehler Drucker.jpg")
        self.assertEqual(summary["last_body"], "Fehler Drucker.jpg")
        self.assertEqual(staff.open(ack["conversation"])[0]["files"][0]["id"], file)

    def test_each_file_once_and_of_ones_own(self):
        file = self.files.upload("a.txt", b"abc")
        other = self.world.person().start("Somebody else")
        other.chat.send(t="message", client_id=other.client_id(), body="mine now",
                        conversation=other.conversation, files=[file])
        self.assertEqual(answer(other)["code"], "bad_file")
        self.assertEqual(self.say(file, file)["code"], "bad_frame")
        self.assertEqual(self.say(*[file] * 11)["code"], "bad_frame")
        self.assertEqual(self.say(UNKNOWN)["code"], "bad_file")
        self.assertEqual(self.say("../../etc/passwd")["code"], "bad_frame")
        before = self.person.read()[-1]["seq"]
        self.assertEqual(self.say(file)["t"], "ack")
        self.assertEqual(self.say(file)["code"], "bad_file")
        self.assertEqual(self.person.read()[-1]["seq"], before + 1)
        # Said again with the same client_id it is there once.
        late = self.files.upload("b.txt", b"abc")
        frame = {"t": "message", "client_id": self.person.client_id(), "body": "x",
                 "conversation": self.person.conversation, "files": [late]}
        seqs = []
        for _ in range(2):
            self.person.chat.send(**frame)
            seqs.append(self.person.chat.expect("ack")["seq"])
        self.assertEqual(seqs[0], seqs[1])

    def test_one_for_another_conversation(self):
        other = self.world.person().start("Somebody else")
        status, _ = self.files.begin("a.txt", 3, other.conversation)
        self.assertEqual(status, 404)
        self.assertEqual(self.files.begin("a.txt", 3, UNKNOWN)[0], 404)

    def test_kinds_and_sizes(self):
        self.assertEqual(self.files.begin("virus.EXE", 100)[0], 415)
        self.assertEqual(self.files.begin("a.pdf.exe ", 100)[0], 415)
        self.assertEqual(self.files.begin("gpj.\u202eexe", 100)[0], 415)
        self.assertEqual(self.files.begin("a.bin", 20 * 1024 * 1024 + 1)[0], 413)
        self.assertEqual(self.files.begin("a.bin", 0)[0], 400)
        # It says that it is a picture, and is a program.
        _, begun = self.files.begin("cat.png", 64)
        status, answer = self.files.put(begun["file"]["id"], 0, b"MZ" + bytes(62))
        self.assertEqual((status, answer["code"]), (415, "bad_type"))
        self.assertEqual(self.files.offset(begun["file"]["id"])[0], 404)

    def test_names(self):
        for told, kept in (("../../etc/passwd", "passwd"), ("C:\\x\\y.txt", "y.txt"),
                           ("a\r\nSet-Cookie: x=1.txt", "a  Set-Cookie  x=1.txt"), ("...", "file"),
                           ("x" * 300 + ".txt", "x" * 116 + ".txt")):
            _, begun = self.files.begin(told, 3)
            self.assertEqual(begun["file"]["name"], kept)

    def test_taken_back(self):
        file = self.files.upload("a.txt", b"abc")
        with database(self.world) as db:
            path = db.execute("SELECT path FROM file WHERE client_id = (SELECT max(client_id) FROM "
                              "file WHERE name = 'a.txt' AND seq = 0 AND got = 3) ").fetchone()[0]
            count = db.execute("SELECT count(*) FROM file").fetchone()[0]
        other = Files(self.world, secrets.token_urlsafe(32))
        self.assertEqual(other.remove(file), 204)  # nothing to be known from it
        self.assertEqual(self.files.offset(file)[0], 200)
        self.assertEqual(self.files.remove(file), 204)
        self.assertEqual(self.files.offset(file)[0], 404)
        with database(self.world) as db:
            self.assertEqual(db.execute("SELECT count(*) FROM file").fetchone()[0], count - 1)
            del path
        with database(self.world) as db:
            until(lambda: db.execute("SELECT count(*) FROM file_gone").fetchone()[0] == 0, "wiped")
            known = {row[0] for row in db.execute("SELECT path FROM file")}
        self.assertLessEqual({one.name for one in paths(self.world)}, known)

    def test_the_ticket_tells_of_a_file(self):
        file = self.files.upload("plan.pdf", b"%PDF-1.7 x")
        number = self.person.filed()
        self.say(file, body="The plan")
        until(lambda: "plan.pdf" in self.world.bodies(number), "the comment")
        self.assertIn("waits in Parley", self.world.bodies(number))


class Outsider(Case):
    """Nobody but the person and staff; not even staff's own notes for the person."""
    settings = {"sockets_per_address": 1000}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.victim = cls.world.person().start("My secret is 4711.")
        cls.files = Files(cls.world, cls.victim.token)
        cls.staff = Files(cls.world, cookie=cls.world.cookie())
        cls.file = cls.files.upload("secret.txt", b"4711", cls.victim.conversation)
        cls.victim.chat.send(t="message", client_id=cls.victim.client_id(), body="here",
                             conversation=cls.victim.conversation, files=[cls.file])
        cls.victim.chat.expect("ack")
        cls.loose = cls.files.upload("loose.txt", b"4712")
        cls.desk = cls.world.staff()
        cls.desk.open(cls.victim.conversation)
        cls.note = cls.staff.upload("note.txt", b"4713", cls.victim.conversation)
        cls.desk.post("note", cls.victim.conversation, body="look", files=[cls.note])
        cls.reply = cls.staff.upload("reply.txt", b"4714", cls.victim.conversation)
        cls.desk.post("reply", cls.victim.conversation, body="", files=[cls.reply])

    def outsiders(self):
        other = self.world.person().start("Somebody else")
        same_email = self.world.person().start("I am Ines, believe me", email=NOBODY)
        return {"nobody": {}, "no token": {"Authorization": "Bearer "},
                "a short token": {"Authorization": "Bearer abc"},
                "another browser": {"Authorization": f"Bearer {secrets.token_urlsafe(32)}"},
                "another person": {"Authorization": f"Bearer {other.token}"},
                "the same email": {"Authorization": f"Bearer {same_email.token}"},
                "a token as cookie": {"Cookie": f"__Host-parley={self.victim.token}"},
                "another site with the cookie": {"Cookie": self.world.cookie(),
                                                 "Origin": "https://evil.example"},
                "another site": {"Authorization": f"Bearer {self.victim.token}",
                                 "Origin": "https://evil.example"}}

    def test_who_may(self):
        for file, person, staff in ((self.file, 200, 200), (self.reply, 200, 200),
                                    (self.note, 404, 200), (self.loose, 200, 404)):
            self.assertEqual(self.files.get(file)[0], person)
            self.assertEqual(self.staff.get(file)[0], staff)

    def test_who_may_not(self):
        for name, headers in self.outsiders().items():
            for file in (self.file, self.reply, self.note, self.loose, UNKNOWN):
                for tail in ("", "/offset"):
                    status, _, body = raw(f"{self.world.url}/v1/files/{file}{tail}", headers)
                    self.assertIn(status, (401, 403, 404), name)
                    self.assertNotIn(b"471", body)
                status, _, _ = raw_post(f"{self.world.url}/v1/files/{file}/0", headers)
                self.assertIn(status, (401, 403, 404), name)
            status, _, body = http(f"{self.world.url}/v1/files", {
                "name": "a.txt", "size": 3, "conversation": self.victim.conversation,
                "client_id": "outsider-1"}, **headers)
            self.assertIn(status, (401, 403, 404), f"{name}: {body}")

    def test_notes_files_are_told_to_nobody(self):
        for message in self.victim.read():
            for file in message.get("files", []):
                self.assertNotEqual(file["id"], self.note)
        self.assertIn(self.note, [file["id"] for message in
                                  self.world.staff().open(self.victim.conversation) for file in message.get("files", [])])

    def test_no_path_leads_out(self):
        for path in ("/v1/files/..%2f..%2fkey", "/v1/files/../../key", "/v1/files/%00",
                     "/files/", "/v1/f/x/y/z", f"/v1/files/{self.file}/..%2foffset",
                     f"/v1/f/{self.file}/9999999999999.{'0' * 64}/secret.txt",
                     f"/v1/f/{self.file}/9999999999999.{'0' * 63}/secret.txt"):
            status, _, body = raw(self.world.url + path, self.files.headers)
            self.assertIn(status, (400, 404), path)
            self.assertNotIn(b"471", body)

    def test_a_blocked_person(self):
        person = self.world.person().start("I am rude")
        files = Files(self.world, person.token)
        file = files.upload("a.txt", b"abc", person.conversation)
        person.chat.send(t="message", client_id=person.client_id(), body="here",
                         conversation=person.conversation, files=[file])
        person.chat.expect("ack")
        self.assertEqual(files.get(file)[0], 200)
        with database(self.world) as db, db:
            db.execute("UPDATE person SET blocked_ms = 1 WHERE id = (SELECT person FROM "
                       "conversation WHERE reference = ?)", (person.reference,))
        self.assertEqual(files.get(file)[0], 404)
        self.assertEqual(files.begin("a.txt", 3, person.conversation)[0], 404)
        self.assertEqual(files.begin("a.txt", 3)[0], 404)

    def test_the_settings_are_the_administrators(self):
        rules = {"max_mib": 1, "count": 1, "conversation_mib": 1, "disk_mib": 100,
                 "types": ["image"]}
        for cookie in (None, self.world.cookie()):
            self.assertIn(self.world.post("/v1/settings/files", rules, cookie)[0], (401, 403))
            self.assertIn(self.world.get("/v1/settings/files", cookie)[0], (401, 403))


def raw_post(url, headers):
    return http(url, b"x", "POST", **{"Content-Type": "application/octet-stream", **headers})


class OtherSite(Case):
    settings = {"origins": "https://shop.example"}

    def test_the_widget_on_a_listed_page(self):
        person = self.world.person().start("Hello")
        page = {"Origin": "https://shop.example"}
        status, headers, _ = http(f"{self.world.url}/v1/files", method="OPTIONS", **page)
        self.assertEqual(status, 204)
        self.assertEqual(headers["Access-Control-Allow-Origin"], page["Origin"])
        self.assertIn("authorization", headers["Access-Control-Allow-Headers"])
        self.assertEqual(http(f"{self.world.url}/v1/files/x", method="OPTIONS",
                              Origin="https://evil.example")[0], 403)
        files = Files(self.world, person.token)
        files.headers.update(page)
        file = files.upload("a.txt", b"abc")
        status, headers, body = files.get(file)
        self.assertEqual((status, body), (200, b"abc"))
        self.assertEqual(headers["Access-Control-Allow-Origin"], page["Origin"])
        # The cookie is for the console's own page.
        status, _, _ = http(f"{self.world.url}/v1/files/{file}", Cookie=self.world.cookie(), **page)
        self.assertEqual(status, 401)


class Rules(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.person = self.world.person().start("Hello")
        self.files = Files(self.world, self.person.token)

    def test_an_administrator_sets_them_and_they_hold(self):
        _, admin = self.world.sign_up("Ada", "admin")
        status, _, body = self.world.get("/v1/settings/files", admin)
        self.assertEqual(status, 200)
        self.assertEqual(json.loads(body)["max_mib"], 20)
        rules = {"max_mib": 1, "count": 2, "conversation_mib": 2, "disk_mib": 3,
                 "types": ["image", "text"]}
        for wrong in ({"max_mib": 0}, {"max_mib": "1"}, {"count": 11}, {"types": ["virus"]},
                      {"types": "image"}, {"disk_mib": -1}):
            self.assertEqual(self.world.post("/v1/settings/files", {**rules, **wrong}, admin)[0],
                             400, wrong)
        self.assertEqual(self.world.post("/v1/settings/files", rules, admin)[0], 200)
        mib = 1024 * 1024
        self.assertEqual(self.files.begin("a.txt", mib + 1)[0], 413)
        self.assertEqual(self.files.begin("a.pdf", 10)[0], 415)
        conversation = self.person.conversation
        self.assertEqual(self.files.begin("a.txt", mib, conversation)[0], 200)
        self.assertEqual(self.files.begin("b.txt", mib, conversation)[0], 200)
        status, answer = self.files.begin("c.txt", 1, conversation)
        self.assertEqual((status, answer["code"]), (413, "conversation_full"))
        self.assertEqual(self.files.begin("d.txt", mib)[0], 200)
        status, answer = self.files.begin("e.txt", 1)
        self.assertEqual((status, answer["code"]), (507, "disk_full"))
        limits = self.world.person().welcome["limits"]["files"]
        self.assertEqual((limits["max_bytes"], limits["count"], limits["types"]),
                         (mib, 2, ["image", "text"]))
        self.world.stop()
        self.world.start()
        status, _, body = self.world.get("/v1/settings/files", admin)
        self.assertEqual(json.loads(body)["types"], ["image", "text"])

    def test_what_was_never_sent_goes_after_a_day(self):
        file = self.files.upload("old.txt", b"old")
        kept = self.files.upload("kept.txt", b"kept")
        self.assertEqual(len(paths(self.world)), 2)
        with database(self.world) as db, db:
            db.execute("UPDATE file SET created_ms = created_ms - 90000000 WHERE name = 'old.txt'")
        stray = self.world.data / "files" / "ab" / ("ab" * 12)
        stray.parent.mkdir(exist_ok=True)
        stray.write_bytes(b"nobody's")
        self.world.stop()
        self.world.start()
        until(lambda: len(paths(self.world)) == 1, "the broom")
        self.assertEqual(self.files.offset(file)[0], 404)
        self.assertEqual(self.files.get(kept)[2], b"kept")

    def test_too_fast(self):
        codes = [self.files.begin("a.txt", 3)[0] for _ in range(32)]
        self.assertEqual(codes[:30], [200] * 30)
        self.assertIn(429, codes)

    def test_kill_in_the_middle(self):
        """What was answered is there; what was not is resumed; no row without its bytes."""
        data = os.urandom(5 * CHUNK)
        _, begun = self.files.begin("a.bin", len(data))
        file, acked = begun["file"]["id"], 0
        for after in (0.0, 0.001, 0.002, 0.004, 0.008):
            import threading
            threading.Timer(after, lambda: self.world.server.send_signal(signal.SIGKILL)).start()
            try:
                while acked < len(data):
                    status, answer = self.files.put(file, acked, data[acked:acked + CHUNK])
                    if status == 409:
                        acked = answer["offset"]
                        continue
                    self.assertEqual(status, 200)
                    acked = answer["offset"]
            except OSError:
                pass
            self.world.server.wait(20)
            self.world.start()
            status, answer = self.files.offset(file)
            self.assertEqual(status, 200)
            self.assertGreaterEqual(answer["offset"], acked)
            acked = answer["offset"]
            with database(self.world) as db:
                for path, got in db.execute("SELECT path, got FROM file WHERE got > 0"):
                    self.assertEqual((self.world.data / "files" / path[:2] / path).read_bytes()[:got],
                                     data[:got])
        for at in range(acked, len(data), CHUNK):
            self.assertEqual(self.files.put(file, at, data[at:at + CHUNK])[0], 200)
        self.assertEqual(self.files.get(file)[2], data)


class Public(unittest.TestCase):
    """The PSA fetches files by addresses that are signed and do not last."""

    def setUp(self):
        self.world = World(url="http://127.0.0.1:1", files_public="yes")
        self.addCleanup(self.world.close)
        # The address of the server is known once it listens.
        self.world.stop()
        self.world.settings["PARLEY_URL"] = self.world.url
        self.world.start()
        self.person = self.world.person().start("It looks like this.")
        self.number = self.person.filed()
        self.files = Files(self.world, self.person.token)

    def send(self, *names, data=b"%PDF-1.7 4711"):
        files = [self.files.upload(name, data) for name in names]
        self.person.chat.send(t="message", client_id=self.person.client_id(), body="look",
                              conversation=self.person.conversation, files=files)
        self.person.chat.expect("ack")
        return files

    def attachments(self):
        state = json.loads(http(f"{self.world.control}/state")[2])
        ticket = next(one for one in state["tickets"] if str(one["number"]) == self.number)
        return ticket["attachments"]

    def is_done(self):
        with database(self.world) as db:
            return db.execute("SELECT count(*) FROM outbox WHERE state < 4").fetchone()[0] == 0

    def test_it_fetches_them(self):
        self.send("Plan für Müller.pdf", "b.pdf")
        until(lambda: len(self.attachments()) == 2, "the files")
        names = sorted(one["file_name"] for one in self.attachments())
        self.assertRegex(names[0], r"^Plan für Müller PLY-\w{8}-2-1\.pdf$")
        self.assertRegex(names[1], r"^b PLY-\w{8}-2-2\.pdf$")
        for one in self.attachments():
            status, _, body = raw(f"{self.world.control}/attachment?id={one['id']}", {})
            self.assertEqual((status, body), (200, b"%PDF-1.7 4711"))
        self.assertIn("[File: b.pdf", self.world.bodies(self.number))
        self.assertNotIn("waits in Parley", self.world.bodies(self.number))

    def address(self, file, expires, name):
        """As the server makes one (base/secret.c); its key is in the data folder."""
        text = f"file\0{file} {expires}".encode()
        mac = hashlib.blake2b(text, key=(self.world.data / "key").read_bytes(), digest_size=32)
        return f"{self.world.url}/v1/f/{file}/{expires}.{mac.hexdigest()}/{name}"

    def test_addresses(self):
        file = self.send("b.pdf")[0]
        until(lambda: len(self.attachments()) == 1, "the file")
        expires = int(time.time() * 1000) + 60000
        url = self.address(file, expires, "b.pdf")
        self.assertEqual(raw(url, {})[0], 200)
        self.assertEqual(raw(url, {}, "POST")[0], 405)
        at, name = url.rsplit("/", 1)
        expires, mac = at.rsplit("/", 1)[1].split(".")
        self.assertEqual(raw(self.address(file, 1000, "b.pdf"), {})[0], 404)  # it was good once
        base = f"{self.world.url}/v1/f"
        other = self.send("c.pdf")[0]
        for wrong in (f"{base}/{file}/{int(expires) + 1}.{mac}/{name}",
                      f"{base}/{file}/1.{mac}/{name}", f"{base}/{other}/{expires}.{mac}/{name}",
                      f"{base}/{file}/{expires}.{mac[:-1]}/{name}",
                      f"{base}/{file}/{expires}.{mac[:-1]}{'0' if mac[-1] != '0' else '1'}/{name}",
                      f"{base}/{file}/{expires}/{name}", f"{base}/{file}/.{mac}/{name}"):
            self.assertEqual(raw(wrong, {})[0], 404, wrong)
        del self.world.settings["PARLEY_FILES_PUBLIC"]
        self.world.stop()
        self.world.start()
        self.assertEqual(raw(url, {})[0], 404)

    def test_notes_are_never_offered(self):
        desk, staff = self.world.staff(), Files(self.world, cookie=self.world.cookie())
        desk.open(self.person.conversation)
        file = staff.upload("note.txt", b"4713", self.person.conversation)
        desk.post("note", self.person.conversation, body="look", files=[file])
        until(lambda: "note.txt" in self.world.bodies(self.number) and self.is_done(), "the note")
        self.assertEqual(self.attachments(), [])

    def test_in_doubt_it_is_looked_up(self):
        self.world.fault(kind="reset_after", method="POST", path_prefix="/api/v1/tickets/", times=2)
        self.send("b.pdf")
        until(lambda: len(self.attachments()) == 1, "the file")
        until(self.is_done, "the end", 30)
        time.sleep(0.5)
        self.assertEqual(len(self.attachments()), 1)


class NeedsHttps(unittest.TestCase):
    def test_it_says_so(self):
        from world import PARLEY, run
        done = run(PARLEY, "serve", "--data", "/nonexistent", env={"PARLEY_FILES_PUBLIC": "yes",
                                                                  "PARLEY_URL": "http://a.example"})
        self.assertEqual(done.returncode, 2)
        self.assertIn("https", done.stderr)


if __name__ == "__main__":
    unittest.main()

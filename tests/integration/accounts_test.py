"""Accounts, over real sockets: coming in, the second step, guessing, sessions, staff, the audit log."""
import base64
import csv
import hashlib
import hmac
import io
import json
import re
import secrets
import sqlite3
import struct
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from world import PARLEY, PASSWORD, Case, Chat, Failed, World, run, until

OTHER = "another long password"
WRONG = "not the right password"


def totp(secret, steps=0):
    """RFC 6238 for now and so many steps of 30 s later."""
    key = base64.b32decode(secret)
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1).digest()
    at = digest[19] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7fffffff) % 1_000_000:06}"


class Accounts(Case):
    settings = {"connected": False, "proxies": "127.0.0.1", "sockets_per_address": "1000"}
    addresses = 0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss, cls.boss_cookie = cls.world.sign_up("Boss", "admin")

    def setUp(self):
        """Each test comes from an address of its own, so that none is too fast for the next."""
        Accounts.addresses += 1
        self.address = f"203.0.113.{self.addresses}"

    def post(self, path, body, cookie=None, **headers):
        headers.setdefault("X-Forwarded-For", self.address)
        status, headers, text = self.world.post(path, body, cookie, **headers)
        answer = json.loads(text) if text else None
        self.cookie = (headers["Set-Cookie"] or "").split(";")[0]
        return status, answer

    def get(self, path, cookie=None):
        status, _, text = self.world.get(path, cookie)
        return status, json.loads(text)

    def sign_in(self, email, password=PASSWORD, **headers):
        return self.post("/v1/sign-in", {"email": email, "password": password}, **headers)

    def audit(self, query=""):
        status, answer = self.get(f"/v1/audit?{query}", self.boss_cookie)
        self.assertEqual(status, 200, answer)
        return answer["rows"]

    def stored(self, query, *values):
        with closing(sqlite3.connect(self.world.data / "parley.db", timeout=10)) as database:
            with database:
                return database.execute(query, values).fetchall()

    def socket(self, cookie):
        chat = Chat(self.world.port, "/v1/console", Cookie=cookie)
        chat.send(t="hello", v=1)
        chat.expect("inbox")
        return chat

    def assert_ended(self, chat, within=2):
        began = time.monotonic()
        with self.assertRaisesRegex(Failed, "not_allowed|signed out"):
            chat.expect("never")
        self.assertLess(time.monotonic() - began, within)

    def with_totp(self):
        """(email, cookie, secret, recovery codes) of somebody new with a second step."""
        email, cookie = self.world.sign_up("Tess")
        status, begun = self.post("/v1/me/totp/begin", {"password": PASSWORD}, cookie)
        self.assertEqual(status, 200, begun)
        self.confirmed_by = totp(begun["secret"])
        status, done = self.post("/v1/me/totp/confirm", {"code": self.confirmed_by}, cookie)
        self.assertEqual(status, 200, done)
        return email, cookie, begun["secret"], done["recovery"]

    # --- coming in ---

    def test_sign_in_and_out(self):
        email, _ = self.world.sign_up("Ann")
        status, me = self.sign_in(email.upper())
        self.assertEqual((status, me["name"], me["email"], me["role"], me["totp"]),
                         (200, "Ann", email, "technician", False))
        cookie = self.cookie
        self.assertEqual(self.get("/v1/session", cookie), (200, me))
        chat = self.socket(cookie)
        self.assertEqual(self.post("/v1/sign-out", {}, cookie)[0], 204)
        self.assertEqual(self.cookie, "__Host-parley=")
        self.assert_ended(chat)
        status, answer = self.get("/v1/session", cookie)
        self.assertEqual((status, answer["code"], answer["setup_needed"]), (401, "sign_in", False))
        self.assertEqual([row["action"] for row in self.audit(f"who={email}")],
                         ["sign_out", "sign_in", "link_used", "staff_added"])
        self.assertEqual(self.audit(f"who={email}&action=sign_in")[0]["address"], self.address)

    def test_an_answer_does_not_tell_who_has_an_account(self):
        email, _ = self.world.sign_up("Ann")
        gone, _ = self.world.sign_up("Gone")
        invited, _ = self.world.add_staff("Invited")
        done = run(PARLEY, "staff", "disable", "--email", gone, "--data", self.world.data)
        self.assertEqual(done.returncode, 0, done.stderr)
        answers = [self.sign_in(email, WRONG), self.sign_in("nobody@msp.example", WRONG),
                   self.sign_in(gone), self.sign_in(gone, WRONG), self.sign_in(invited, WRONG)]
        for answer in answers:
            self.assertEqual(answer, answers[0])
            self.assertEqual(answer[0], 401)
        self.assertEqual(self.cookie, "")
        self.assertEqual(self.audit("action=sign_in_failed&who=nobody")[0]["actor"],
                         "nobody@msp.example")

    def test_what_is_not_even_tried(self):
        for body, field in (({}, "email"), ({"email": "x", "password": "y"}, "email"),
                            ({"email": "a@b.example"}, "password"),
                            ({"email": "a@b.example", "password": "x" * 257}, "password"),
                            ({"email": 7, "password": "y"}, "email"),
                            ({"email": "a@b.example", "password": ["y"]}, "password")):
            status, answer = self.post("/v1/sign-in", body)
            self.assertEqual((status, answer["field"]), (400, field), answer)

    def test_a_link_works_once(self):
        email, link = self.world.add_staff("Lee")
        status, answer = self.post("/v1/link/read", {"token": link})
        self.assertEqual((status, answer), (200, {"kind": "invite", "name": "Lee", "email": email}))
        for bad in ("short", email, "x" * 257):
            status, answer = self.post("/v1/link/use", {"token": link, "password": bad})
            self.assertEqual((status, answer["field"]), (400, "password"), answer)
        tries = [{"token": link, "password": PASSWORD}] * 4
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda body: self.post("/v1/link/use", body), tries))
        self.assertEqual(sorted(status for status, _ in answers), [200, 404, 404, 404])
        self.assertEqual(self.post("/v1/link/read", {"token": link})[1]["code"], "link_used")

    def test_guessing_becomes_slow(self):
        email, _ = self.world.sign_up("Slow")
        for _ in range(5):
            self.assertEqual(self.sign_in(email, WRONG)[0], 401)
        for seconds in (1, 2):
            status, answer = self.sign_in(email)  # the right one waits as well
            self.assertEqual((status, answer["code"]), (429, "locked"))
            self.assertTrue(0 < answer["retry_ms"] <= seconds * 1000, answer)
            time.sleep(answer["retry_ms"] / 1000 + 0.02)
            if seconds == 1:
                self.assertEqual(self.sign_in(email, WRONG)[0], 401)
        self.assertEqual(self.sign_in(email)[0], 200)
        self.assertEqual([self.sign_in(email, WRONG)[0] for _ in range(3)], [401] * 3)

    def test_an_account_is_shut_from_anywhere(self):
        email, _ = self.world.sign_up("Target")
        self.assertEqual(self.sign_in(email)[0], 200)
        bad = [f"198.51.100.{n % 10}" for n in range(50)]
        with ThreadPoolExecutor(4) as pool:
            codes = list(pool.map(lambda address: self.sign_in(
                email, WRONG, **{"X-Forwarded-For": address})[0], bad))
        self.assertEqual(codes.count(401), 50)
        status, answer = self.sign_in(email)
        self.assertEqual((status, answer["code"]), (429, "locked"))
        self.assertGreater(answer["retry_ms"], 14 * 60_000)
        self.assertEqual(len(self.audit(f"action=sign_in_locked&who={email}")), 1)
        self.assertEqual(self.sign_in(self.boss)[0], 200)

    def test_many_tries_at_once_count_each(self):
        email, _ = self.world.sign_up("Rush")
        with ThreadPoolExecutor(8) as pool:
            codes = list(pool.map(lambda _: self.sign_in(email, WRONG)[0], range(8)))
        self.assertEqual(codes.count(401), 5)
        self.assertEqual(codes.count(429), 3)

    # --- the second step ---

    def test_the_second_step(self):
        email, cookie, secret, recovery = self.with_totp()
        self.assertTrue(self.get("/v1/session", cookie)[1]["totp"])
        self.assertEqual(len(set(recovery)), 10)
        for code in recovery:
            self.assertRegex(code, r"^([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$")
        status, answer = self.sign_in(email)
        self.assertEqual((status, list(answer), self.cookie), (200, ["second"], ""))
        second = answer["second"]

        def enter(code, token=second):
            return self.post("/v1/sign-in/second", {"second": token, "code": code})
        self.assertEqual(enter("000000" if totp(secret, 1) != "000000" else "000001")[1]["code"],
                         "wrong_code")
        self.assertEqual(enter(self.confirmed_by)[1]["code"], "wrong_code", "used to confirm it")
        code = totp(secret, 1)
        status, me = enter(code)
        self.assertEqual((status, me.get("email")), (200, email), me)
        self.assertEqual(self.get("/v1/session", self.cookie)[0], 200)
        self.assertEqual(enter(totp(secret, 1))[1]["code"], "second_over", "the token is used up")
        again = self.sign_in(email)[1]["second"]
        self.assertEqual(enter(code, again)[1]["code"], "wrong_code", "no code twice")
        self.assertEqual(enter("7" * 43, "A" * 43)[0], 400)
        self.assertEqual(enter("123456", "A" * 43)[1]["code"], "second_over")

    def test_recovery_codes_work_once(self):
        email, _, _, recovery = self.with_totp()
        for code, status in ((recovery[3], 200), (recovery[3], 401),
                             (recovery[4].lower().replace("-", " "), 200),
                             ("0000-0000-0000", 401)):
            second = self.sign_in(email)[1]["second"]
            self.assertEqual(self.post("/v1/sign-in/second",
                                       {"second": second, "code": code})[0], status, code)
        self.assertEqual(len(self.audit(f"action=recovery_used&who={email}")), 2)
        details = [row["detail"] for row in self.audit(f"action=sign_in&who={email}")]
        self.assertEqual(details, ["recovery code"] * 2)

    def test_codes_cannot_be_guessed(self):
        email, _, secret, _ = self.with_totp()
        second = self.sign_in(email)[1]["second"]
        codes = [self.post("/v1/sign-in/second", {"second": second, "code": f"{n:06}"})[0]
                 for n in range(6)]
        self.assertEqual(codes, [401] * 5 + [429])
        self.assertEqual(self.sign_in(email)[0], 429, "the right password does not forgive it")

    def test_the_second_step_off_and_again(self):
        email, cookie, _, recovery = self.with_totp()
        self.assertEqual(self.post("/v1/me/totp/begin", {"password": PASSWORD}, cookie)[1]["code"],
                         "totp_is_on")
        self.assertEqual(self.post("/v1/me/totp/off", {"password": WRONG}, cookie)[0], 400)
        self.assertEqual(self.post("/v1/me/totp/off", {"password": PASSWORD}, cookie)[0], 204)
        self.assertEqual(self.sign_in(email)[1]["email"], email)
        self.assertEqual(self.post("/v1/me/totp/confirm", {"code": "123456"}, cookie)[1]["code"],
                         "not_begun")
        self.assertEqual(self.post("/v1/me/totp/begin", {"password": WRONG}, cookie)[1]["field"],
                         "password")
        status, begun = self.post("/v1/me/totp/begin", {"password": PASSWORD}, cookie)
        self.assertEqual(status, 200)
        self.assertIn(f"secret={begun['secret']}&issuer=", begun["uri"])
        self.assertIn(email, begun["uri"])
        rows = begun["qr"]
        self.assertEqual({len(row) for row in rows}, {len(rows)})
        self.assertRegex("".join(rows), "^[01]+$")
        self.assertTrue(rows[0].startswith("1111111"))
        status, answer = self.post("/v1/me/totp/confirm", {"code": "12345"}, cookie)
        self.assertEqual((status, answer["code"]), (400, "wrong_code"))
        self.assertEqual(self.sign_in(email)[1]["email"], email, "not on before it is confirmed")
        self.assertEqual(self.post("/v1/me/totp/confirm", {"code": totp(begun["secret"], 1)},
                                   cookie)[0], 200)
        second = self.sign_in(email)[1]["second"]
        self.assertEqual(self.post("/v1/sign-in/second", {"second": second, "code": recovery[0]})[0],
                         401, "the codes of before are gone")
        actions = [row["action"] for row in self.audit(f"who={email}")]
        self.assertEqual([one for one in actions if one.startswith("totp")],
                         ["totp_on", "totp_off", "totp_on"])

    # --- sessions ---

    def test_a_new_password_ends_the_others(self):
        email, here = self.world.sign_up("Pat")
        self.assertEqual(self.sign_in(email)[0], 200)
        there = self.cookie
        mine, theirs = self.socket(here), self.socket(there)
        for old, new, field in ((WRONG, OTHER, "old"), (PASSWORD, "short", "new"),
                                (PASSWORD, email, "new")):
            status, answer = self.post("/v1/me/password", {"old": old, "new": new}, here)
            self.assertEqual((status, answer["field"]), (400, field))
        self.assertEqual(self.post("/v1/me/password", {"old": PASSWORD, "new": OTHER}, here)[0],
                         204)
        self.assert_ended(theirs)
        self.assertEqual(self.get("/v1/session", there)[0], 401)
        self.assertEqual(self.get("/v1/session", here)[0], 200)
        mine.send(t="ping")
        mine.expect("pong")
        self.assertEqual(self.sign_in(email)[0], 401)
        self.assertEqual(self.sign_in(email, OTHER)[0], 200)
        self.assertEqual(len(self.audit(f"action=password_changed&who={email}")), 1)

    def test_sessions_are_listed_and_end_everywhere(self):
        email, first = self.world.sign_up("Pam")
        self.assertEqual(self.sign_in(email, **{"User-Agent": "Browser <1>"})[0], 200)
        second = self.cookie
        status, answer = self.get("/v1/me/sessions", second)
        self.assertEqual(status, 200)
        self.assertEqual([(one["current"], one["agent"]) for one in answer["sessions"]],
                         [(True, "Browser <1>"), (False, "Python-urllib/3.11")])
        self.assertEqual(answer["sessions"][0]["address"], self.address)
        for one in answer["sessions"]:
            self.assertNotIn(second.split("=")[1], json.dumps(one))
        chats = [self.socket(first), self.socket(second)]
        self.assertEqual(self.post("/v1/me/sign-out-everywhere", {}, first)[0], 204)
        for chat in chats:
            self.assert_ended(chat)
        self.assertEqual([self.get("/v1/session", one)[0] for one in (first, second)], [401, 401])

    def test_sessions_end_by_themselves(self):
        email, cookie = self.world.sign_up("Ida")
        hour, now = 3600_000, int(time.time() * 1000)
        digest = hashlib.blake2b(cookie.split("=")[1].encode(), digest_size=32).digest()
        row = self.stored("SELECT created_ms, expires_ms FROM staff_session WHERE hash = ?", digest)
        self.assertEqual(row[0][1] - row[0][0], 12 * hour)
        change = "UPDATE staff_session SET seen_ms = ?, expires_ms = ? WHERE hash = ?"
        for seen, expires, status in ((now - hour + 30_000, now + hour, 200),
                                      (now - hour - 1, now + hour, 401),
                                      (now, now - 1, 401)):
            self.stored(change, seen, expires, digest)
            self.assertEqual(self.get("/v1/session", cookie)[0], status)
        self.stored(change, now - hour + 30_000, now + hour, digest)
        chat = self.socket(cookie)  # an open console is in use

        def is_seen():
            return self.stored("SELECT seen_ms FROM staff_session WHERE hash = ?",
                               digest)[0][0] >= now
        until(is_seen, "the use to be written down")
        self.stored(change, now, int(time.time() * 1000) + 500, digest)
        self.assert_ended(chat, 8)

    # --- staff ---

    def test_administrators_make_and_change_accounts(self):
        email = f"new-{secrets.token_hex(4)}@msp.example"
        status, made = self.post("/v1/staff", {"name": " Nina  New ", "email": email.upper(),
                                               "role": "technician"}, self.boss_cookie)
        self.assertEqual(status, 200, made)
        self.assertTrue(made["link"].startswith(f"{self.world.url}/console#link="))
        again = self.post("/v1/staff", {"name": "N", "email": email, "role": "admin"},
                          self.boss_cookie)
        self.assertEqual((again[0], again[1]["code"], again[1]["field"]),
                         (409, "email_taken", "email"))

        def row():
            staff = self.get("/v1/staff", self.boss_cookie)[1]["staff"]
            return next(one for one in staff if one["id"] == made["id"])
        self.assertEqual(row(), {"id": made["id"], "name": "Nina New", "email": email,
                                 "role": "technician", "totp": False, "disabled": False,
                                 "last_seen": None, "invited": True})
        token = made["link"].split("#link=")[1]
        self.assertEqual(self.post("/v1/link/use", {"token": token, "password": PASSWORD})[0], 200)
        cookie = self.cookie
        self.assertFalse(row()["invited"])
        path = f"/v1/staff/{made['id']}"
        self.assertEqual(self.get("/v1/staff", cookie)[0], 403)
        self.assertEqual(self.post(path, {"role": "admin"}, self.boss_cookie)[0], 204)
        self.assertEqual(self.get("/v1/staff", cookie)[0], 200, "at once")
        self.assertEqual(self.post(path, {"role": "technician", "name": "Nina"},
                                   self.boss_cookie)[0], 204)
        chat = self.socket(cookie)
        self.assertEqual(self.post(path, {"disabled": True}, self.boss_cookie)[0], 204)
        self.assert_ended(chat)
        self.assertEqual(self.get("/v1/session", cookie)[0], 401)
        self.assertEqual(self.sign_in(email)[0], 401)
        self.assertEqual(self.post(f"{path}/reset", {}, self.boss_cookie)[1]["code"], "disabled")
        self.assertEqual(self.post(path, {"disabled": False}, self.boss_cookie)[0], 204)
        self.assertEqual(self.sign_in(email)[0], 200)
        chat = self.socket(self.cookie)
        status, reset = self.post(f"{path}/reset", {}, self.boss_cookie)
        self.assertEqual(status, 200)
        self.assert_ended(chat)
        self.assertEqual(self.sign_in(email)[0], 401, "the password is gone")
        token = reset["link"].split("#link=")[1]
        self.assertEqual(self.post("/v1/link/read", {"token": token})[1]["kind"], "reset")
        self.assertEqual(self.post("/v1/link/use", {"token": token, "password": OTHER})[0], 200)
        for body in ({}, {"role": "boss"}, {"disabled": "yes"}, {"name": " "}, {"role": None}):
            self.assertEqual(self.post(path, body, self.boss_cookie)[0], 400, body)
        gone = "/v1/staff/01890000-0000-7000-8000-000000000000"
        for one in (gone, f"{gone}/reset", "/v1/staff/x"):
            self.assertEqual(self.post(one, {"name": "X"}, self.boss_cookie)[0], 404)
        rows = [(row["action"], row["detail"]) for row in self.audit(f"who={email}")
                if row["actor"] == self.boss]
        self.assertEqual(rows, [("link_made", ""), ("staff_enabled", ""), ("staff_disabled", ""),
                                ("staff_changed", "role technician name Nina"),
                                ("staff_changed", "role admin"), ("staff_added", "technician")])

    def test_reset_takes_the_second_step_away(self):
        email, cookie, _, _ = self.with_totp()
        staff = self.get("/v1/staff", self.boss_cookie)[1]["staff"]
        one = next(row for row in staff if row["email"] == email)
        self.assertTrue(one["totp"])
        link = self.post(f"/v1/staff/{one['id']}/reset", {}, self.boss_cookie)[1]["link"]
        status, me = self.post("/v1/link/use", {"token": link.split("#link=")[1],
                                                "password": OTHER})
        self.assertEqual((status, me["totp"]), (200, False))
        self.assertEqual(self.sign_in(email, OTHER)[1]["email"], email)
        self.assertEqual(self.get("/v1/session", cookie)[0], 401)

    def test_a_command_beside_the_server_ends_sockets(self):
        email, cookie = self.world.sign_up("Cleo")
        chat = self.socket(cookie)
        done = run(PARLEY, "staff", "reset", "--email", email, "--url", "https://chat.example",
                   "--data", self.world.data)
        self.assertRegex(done.stdout, r"^https://chat\.example/console#link=[\w-]{43}\n$")
        self.assert_ended(chat, 8)
        self.assertEqual(self.sign_in(email)[0], 401)
        for command in ("reset", "disable"):
            done = run(PARLEY, "staff", command, "--email", "no@one.example", "--data",
                       self.world.data)
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn("nobody has this email", done.stderr)
        done = run(PARLEY, "staff", "add", "--email", email, "--name", "X", "--data",
                   self.world.data)
        self.assertIn("somebody has this email", done.stderr)

    # --- brand ---

    def test_brand(self):
        status, answer = self.post("/v1/setup/brand", {"name": "Müller & \"Söhne\"",
                                                       "color": "#00AAFF"}, self.boss_cookie)
        brand = {"name": "Müller & \"Söhne\"", "color": "#00aaff"}
        self.assertEqual((status, answer), (200, brand))
        self.assertEqual(self.get("/v1/brand"), (200, brand))
        self.assertEqual(self.get("/v1/session")[1]["brand"], brand)
        for body in ({"name": "", "color": ""}, {"name": "X", "color": "red"},
                     {"name": "X", "color": "#12345"}, {"name": "x" * 101, "color": ""}):
            self.assertEqual(self.post("/v1/setup/brand", body, self.boss_cookie)[0], 400, body)
        self.assertEqual(len(self.audit("action=brand_changed")), 1)

    # --- the audit log ---

    def test_the_log_is_append_only(self):
        for query in ("UPDATE audit SET actor = 'nobody'", "DELETE FROM audit"):
            with self.assertRaisesRegex(sqlite3.IntegrityError, "append only"):
                self.stored(query)

    def test_the_log_in_pages_and_as_a_file(self):
        self.stored("INSERT INTO audit (at_ms, actor, action, object, address, detail) WITH "
                    "RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) "
                    "SELECT i, 'many@x.example', 'sign_in_failed', '=cmd(' || i || ')', '', "
                    "'say \"hi\", you' FROM n")
        seen, before = [], ""
        while True:
            status, page = self.get(f"/v1/audit?who=MANY%40x&action=sign_in_failed{before}",
                                    self.boss_cookie)
            self.assertEqual(status, 200)
            self.assertLessEqual(len(page["rows"]), 50)
            seen += page["rows"]
            if not page["more"]:
                break
            before = f"&before={seen[-1]['id']}"
        self.assertEqual([row["at"] for row in seen], list(range(1200, 0, -1)))
        status, headers, text = self.world.get("/v1/audit.csv?who=many@x.example", self.boss_cookie)
        self.assertEqual((status, headers["Content-Type"]), (200, "text/csv; charset=utf-8"))
        rows = list(csv.DictReader(io.StringIO(text)))
        self.assertEqual([int(row["id"]) for row in rows], [row["id"] for row in seen])
        self.assertEqual((rows[0]["object"], rows[0]["detail"], rows[0]["at"]),
                         ("'=cmd(1200)", 'say "hi", you', "1970-01-01T00:00:01.200Z"))
        self.assertEqual(self.audit("action=audit_exported")[0]["actor"], self.boss)
        for query in ("action=x", "before=x", "before=0", "who=" + "x" * 300):
            self.assertEqual(self.get(f"/v1/audit?{query}", self.boss_cookie)[0], 400, query)
        self.assertEqual(self.world.get("/v1/audit?who=%zz", self.boss_cookie)[0], 200)

    def test_an_export_that_nobody_reads_holds_up_nothing(self):
        for _ in range(6):
            chat = Chat.__new__(Chat)
            import socket
            chat.socket = socket.create_connection(("127.0.0.1", self.world.port))
            chat.socket.sendall(f"GET /v1/audit.csv HTTP/1.1\r\nHost: a\r\nCookie: "
                                f"{self.boss_cookie}\r\n\r\n".encode())
            chat.socket.close()
        self.assertEqual(self.get("/v1/audit", self.boss_cookie)[0], 200)
        until(lambda: self.world.get("/v1/audit.csv", self.boss_cookie)[0] == 200, "room again")


class Setup(unittest.TestCase):
    def world(self, **settings):
        world = World(connected=False, **settings)
        self.addCleanup(world.close)
        return world

    def link(self, world, at=0):
        found = []

        def is_there():
            found[:] = re.findall(r'event=setup url="?(\S+?)/console#setup=([\w-]{43})',
                                  world.log()[at:])
            return found
        until(is_there, "the setup link")
        return found[-1]

    def test_the_first_administrator(self):
        world = self.world()
        url, first = self.link(world)
        self.assertEqual(url, world.url)
        status, _, text = world.get("/v1/session")
        self.assertEqual((status, json.loads(text)["setup_needed"]), (401, True))
        at = len(world.log())
        world.stop()
        world.start()
        _, token = self.link(world, at)
        self.assertNotEqual(token, first)
        self.assertEqual(world.use(first)[0], 404, "each start makes a new one")
        read = world.post("/v1/link/read", {"token": token})
        self.assertEqual(json.loads(read[2]), {"kind": "setup", "name": "", "email": ""})
        body = {"token": token, "password": PASSWORD, "name": "First", "email": "first@msp.example"}
        for field in ("name", "email", "password"):
            status, _, text = world.post("/v1/link/use", {**body, field: ""})
            self.assertEqual((status, json.loads(text)["field"]), (400, field))
        status, headers, text = world.post("/v1/link/use", body)
        me = json.loads(text)
        self.assertEqual((status, me["role"], me["setup"]), (200, "admin", {"step": "brand"}))
        cookie = headers["Set-Cookie"].split(";")[0]
        self.assertEqual(world.post("/v1/link/use", body)[0], 404)
        self.assertFalse(json.loads(world.get("/v1/session")[2])["setup_needed"])
        self.assertEqual(world.post("/v1/setup/step", {"step": "connect"}, cookie)[0], 204)
        self.assertEqual(world.post("/v1/setup/step", {"step": "x"}, cookie)[0], 400)
        at = len(world.log())
        world.stop()
        world.start()
        self.assertEqual(json.loads(world.get("/v1/session", cookie)[2])["setup"],
                         {"step": "connect"}, "it goes on where one was")
        self.assertNotIn("event=setup", world.log()[at:])
        rows = json.loads(world.get("/v1/audit?action=setup_done", cookie)[2])["rows"]
        self.assertEqual([row["actor"] for row in rows], ["first@msp.example"])

    def test_an_invited_administrator_ends_the_setup(self):
        world = self.world(url="https://chat.example")
        url, token = self.link(world)
        self.assertEqual(url, "https://chat.example")
        email, cookie = world.sign_up("Boss", "admin")
        self.assertEqual(world.post("/v1/link/read", {"token": token})[0], 404)
        made = world.post("/v1/staff", {"name": "N", "email": "n@msp.example",
                                        "role": "technician"}, cookie)
        self.assertTrue(json.loads(made[2])["link"].startswith("https://chat.example/console#link="))
        boss = next(one for one in json.loads(world.get("/v1/staff", cookie)[2])["staff"]
                    if one["email"] == email)
        for body in ({"disabled": True}, {"role": "technician"}):
            status, _, text = world.post(f"/v1/staff/{boss['id']}", body, cookie)
            self.assertEqual((status, json.loads(text)["code"]), (409, "last_admin"))
        done = run(PARLEY, "staff", "disable", "--email", email, "--data", world.data)
        self.assertEqual(done.returncode, 1)
        self.assertIn("last administrator", done.stderr)
        self.assertEqual(world.get("/v1/session", cookie)[0], 200)

    def test_secrets_are_nowhere_in_clear(self):
        world = self.world(log_level="debug")
        email, link = world.add_staff("Sam", "admin")
        headers = world.use(link)[1]
        cookie = headers["Set-Cookie"].split(";")[0]
        begun = json.loads(world.post("/v1/me/totp/begin", {"password": PASSWORD}, cookie)[2])
        done = json.loads(world.post("/v1/me/totp/confirm", {"code": totp(begun["secret"])},
                                     cookie)[2])
        second = json.loads(world.post("/v1/sign-in",
                                       {"email": email, "password": PASSWORD})[2])["second"]
        world.post("/v1/sign-in/second", {"second": second, "code": done["recovery"][0]})
        world.post("/v1/sign-in", {"email": email, "password": WRONG})
        made = json.loads(world.post("/v1/staff", {"name": "N", "email": "n@msp.example",
                                                   "role": "technician"}, cookie)[2])
        world.post("/v1/me/password", {"old": PASSWORD, "new": OTHER}, cookie)
        raw = base64.b32decode(begun["secret"])
        hidden = [PASSWORD, OTHER, WRONG, link, cookie.split("=")[1], begun["secret"], second,
                  made["link"].split("=")[1], *done["recovery"],
                  *(one.replace("-", "") for one in done["recovery"])]
        world.stop()
        places = {file.name: file.read_bytes() for file in world.data.iterdir()}
        places["log"] = world.log().encode()
        self.assertIn(b"$argon2id$", places["parley.db"])
        self.assertIn(b"totp_on", places["parley.db"])
        for name, content in places.items():
            self.assertNotIn(raw, content, name)
            self.assertNotIn(raw.hex().encode(), content, name)
            for secret in hidden:
                self.assertNotIn(secret.encode(), content, name)


unittest.main()

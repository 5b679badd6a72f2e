"""Who people are: tokens of a page, codes by email; what they open, and what they do not."""
import base64
import hashlib
import hmac
import json
import re
import secrets
import shutil
import sqlite3
import subprocess
import tempfile
import textwrap
import time
import unittest
from contextlib import closing

from mailbox import Mailbox
from world import ROOT, Case, World, closed_with, until

from chat import Chat

ANN = "ann@acme.example"


def b64(data):
    data = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def claims(sub="u-1", email=ANN, name="Ann", **more):
    now = int(time.time())
    return {"sub": sub, "email": email, "name": name, "iat": now, "exp": now + 300, **more}


def token(secret, header=None, **who):
    text = f"{b64(header or {'alg': 'HS256', 'typ': 'JWT'})}.{b64(claims(**who))}"
    mac = hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()
    return f"{text}.{b64(mac)}"


class Office:
    """A server and its administrator."""

    def __init__(self, world):
        self.world = world
        _, self.cookie = world.sign_up("Ada", "admin")

    def get(self, path="/v1/sites"):
        status, _, body = self.world.get(path, self.cookie)
        assert status == 200, body
        return json.loads(body)

    def post(self, path, **body):
        status, _, text = self.world.post(path, body, self.cookie)
        return status, json.loads(text) if text else None

    def add(self, name="Intranet", public_key=""):
        status, answer = self.post("/v1/sites", name=name, public_key=public_key)
        assert status == 200, answer
        return answer

    def site(self, key):
        return next(one for one in self.get()["sites"] if one["key"] == key)


def hear(chat, *kinds):
    """The next frame of one of these kinds, or the next error."""
    while True:
        frame = chat.receive()
        assert frame is not None, f"the server closed before {kinds}"
        if frame["t"] in kinds:
            return frame


class Browser:
    def __init__(self, world, browser=None, **hello):
        self.world, self.token = world, browser or secrets.token_urlsafe(32)
        self.chat = Chat(world.port, "/v1/chat")
        self.count = 0
        self.chat.send(t="hello", v=1, token=self.token, **hello)
        self.first = hear(self.chat, "welcome", "error")
        self.conversation = None
        if self.first["t"] == "welcome":
            self.take(self.first)

    def take(self, welcome):
        self.person = welcome["person"]
        self.conversation = welcome["conversation"] and welcome["conversation"]["id"]

    def ask(self, *kinds, **frame):
        self.chat.send(**frame)
        answer = hear(self.chat, "error", *kinds)
        if answer["t"] == "welcome":
            self.take(answer)
        return answer

    def start(self, body="Hello", email=ANN, name="Ann"):
        self.count += 1
        answer = self.ask("ack", t="start", client_id=f"id-{secrets.token_hex(6)}", name=name,
                          email=email, body=body)
        assert answer["t"] == "ack", answer
        self.conversation = answer["conversation"]
        return self

    def prove(self, email=ANN):
        return self.ask("proving", t="prove", email=email)

    def code(self, code, email=ANN):
        return self.ask("welcome", t="code", email=email, code=code)

    def hears(self, kind):
        return hear(self.chat, kind)

    def reads(self, conversation):
        return self.ask("messages", t="resume", conversation=conversation, since=0)["t"] == \
            "messages"


class Tokens(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = Office(cls.world)
        made = cls.office.add()
        cls.key, cls.secret = made["key"], made["secret"]

    def browser(self, identity, site=None, browser=None):
        return Browser(self.world, browser, site=site or self.key, identity=identity)

    def refused(self, identity, site=None, says="identity token"):
        one = self.browser(identity, site)
        self.assertEqual(one.first["t"], "error", one.first)
        self.assertEqual(one.first["code"], "bad_identity")
        self.assertIn(says, one.first["text"])
        self.assertEqual(closed_with(one.chat), 1008)

    def test_known(self):
        one = self.browser(token(self.secret, sub="k-1", email="Kim@Acme.Example", name="Kim"))
        self.assertEqual(one.person, {"name": "Kim", "email": "kim@acme.example", "verified": True,
                                      "via": "token", "company": None, "manager": False})
        self.assertIsNotNone(self.office.site(self.key)["secrets"][0]["used"])

    def test_refused(self):
        self.refused(token("x" * 43), says="signature")
        self.refused(token(self.secret, {"alg": "none"}), says="only RS256 and ES256")
        self.refused(token(self.secret, iat=1000, exp=1300), says="expired")
        self.refused(token(self.secret, aud="other"), says="aud")
        self.refused(token(self.secret), site="no-such-site-key", says="no site")
        self.refused("x" * 5000, says="longer")
        other = self.office.add("Other")
        self.refused(token(other["secret"]), says="signature")
        self.refused(token(self.secret), site=other["key"], says="signature")

    def test_again_within_its_time(self):
        same = token(self.secret, sub="again", email="again@acme.example")
        one, two = self.browser(same), self.browser(same)
        self.assertTrue(one.person["verified"] and two.person["verified"])

    def test_two_devices_and_what_was_said_before(self):
        before = Browser(self.world).start("Before I signed in", "move@acme.example", "Mo")
        stranger = Browser(self.world).start("I typed an address", "move@acme.example", "No")
        who = {"sub": "move", "email": "move@acme.example", "name": "Mona"}
        after = self.browser(token(self.secret, **who), browser=before.token)
        self.assertEqual(after.conversation, before.conversation)
        other = self.browser(token(self.secret, **who))
        self.assertEqual(other.conversation, before.conversation)
        self.assertTrue(other.reads(before.conversation))
        self.assertFalse(other.reads(stranger.conversation))
        self.assertTrue(before.reads(before.conversation))

    def test_somebody_else_at_the_same_computer(self):
        first = self.browser(token(self.secret, sub="s-1", email="s1@acme.example", name="S"))
        first.start("Mine", "s1@acme.example")
        second = self.browser(token(self.secret, sub="s-2", email="s2@acme.example", name="T"),
                              browser=first.token)
        self.assertIsNone(second.conversation)
        self.assertFalse(second.reads(first.conversation))
        # The tab that was open is the second one's too, and hears nothing of the first any more.
        self.assertEqual(first.hears("welcome")["person"]["email"], "s2@acme.example")
        self.assertFalse(first.reads(first.conversation))
        again = self.browser(token(self.secret, sub="s-1", email="s1@acme.example", name="S"))
        self.assertEqual(again.conversation, first.conversation)

    def test_email_changes_and_is_given_to_another(self):
        old = self.browser(token(self.secret, sub="c-1", email="c@acme.example")).start("Old")
        moved = self.browser(token(self.secret, sub="c-1", email="new-c@acme.example"))
        self.assertEqual(moved.person["email"], "new-c@acme.example")
        self.assertEqual(moved.conversation, old.conversation)
        heir = self.browser(token(self.secret, sub="c-2", email="c@acme.example"))
        self.assertIsNone(heir.conversation)
        # An address of somebody whom the site knows under another name: not the same person.
        third = self.browser(token(self.secret, sub="c-3", email="new-c@acme.example"))
        self.assertIsNone(third.conversation)

    def test_rotation(self):
        made = self.office.add("Rotates")
        key, old = made["key"], made["secret"]
        one = self.browser(token(old, sub="r", email="r@acme.example"), key).start("Hi")
        status, answer = self.office.post(f"/v1/sites/{key}/secret", public_key="")
        self.assertEqual(status, 200)
        new = answer["secret"]
        self.assertNotEqual(old, new)
        self.assertNotIn("secret", self.office.get())
        for secret in (old, new):
            self.assertTrue(self.browser(token(secret, sub="r", email="r@acme.example"),
                                         key).person["verified"])
        self.assertEqual(self.office.post(f"/v1/sites/{key}/secret", public_key="")[0], 409)
        first = self.office.site(key)["secrets"][0]
        self.assertTrue(old.endswith(first["hint"][-4:]))
        status, _ = self.office.post(f"/v1/sites/{key}/secret/{first['id']}/remove")
        self.assertEqual(status, 200)
        self.refused(token(old, sub="r", email="r@acme.example"), key, says="signature")
        # What began by it is over.
        self.assertEqual(one.hears("error")["code"], "signed_out")
        self.assertEqual(closed_with(one.chat), 1008)
        self.assertEqual(self.office.post(f"/v1/sites/{key}/secret/{first['id']}/remove")[0], 404)
        self.assertEqual(self.office.post(f"/v1/sites/{key}/remove")[0], 200)
        self.refused(token(new, sub="r", email="r@acme.example"), key, says="no site")

    def test_examples(self):
        """What docs/identity.md shows makes good tokens, where the language is on this machine."""
        page = (ROOT / "docs/identity.md").read_text()
        who = ["ex", "ex@acme.example", "Zoë Ex"]
        runs = {
            "PHP": (["php"], "\necho parley_token(...array_slice($argv, 1));"),
            "Python": (["python3"], "\nimport sys\nprint(parley_token(*sys.argv[1:]))"),
            "Node": (["node"], "\nconsole.log(parleyToken(...process.argv.slice(2)));"),
            "Ruby": (["ruby"], "\nputs parley_token(*ARGV)"),
        }
        for name, (command, end) in runs.items():
            if shutil.which(command[0]) is None:
                continue
            with self.subTest(name), tempfile.NamedTemporaryFile("w", suffix=".cjs") as file:
                block = page.split(f"### {name}\n\n")[1].split("\n###")[0]
                file.write(textwrap.dedent(block) + end)
                file.flush()
                made = subprocess.run([*command, file.name, self.secret, *who], text=True,
                                      capture_output=True, check=True).stdout.strip()
                one = self.browser(made)
                self.assertEqual(one.first["t"], "welcome", one.first)
                self.assertEqual(one.person["name"], who[2])

    def test_key_pair(self):
        def openssl(*options, stdin=None):
            return subprocess.run(["openssl", *options], input=stdin, check=True,
                                  capture_output=True).stdout
        rsa = openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")
        public = openssl("pkey", "-pubout", stdin=rsa).decode()
        made = self.office.add("Key pair", public)
        self.assertNotIn("secret", made)
        site = next(one for one in made["sites"] if one["name"] == "Key pair")
        self.assertEqual(site["algorithm"], "RS256")
        with tempfile.NamedTemporaryFile() as key:
            key.write(rsa)
            key.flush()
            text = f"{b64({'alg': 'RS256'})}.{b64(claims(sub='p', email='p@acme.example'))}"
            mac = openssl("dgst", "-sha256", "-sign", key.name, stdin=text.encode())
        self.assertTrue(self.browser(f"{text}.{b64(mac)}", site["key"]).person["verified"])
        # The public key is no secret: signed with it as one, the token is refused.
        self.refused(token(public), site["key"], says="not signed with RS256")
        for bad in ("hello", rsa.decode(), "x" * 13000):
            self.assertEqual(self.office.post("/v1/sites", name="Bad", public_key=bad)[0], 400)
        status, answer = self.office.post(f"/v1/sites/{site['key']}/secret", public_key="")
        self.assertEqual((status, answer["code"]), (400, "bad_field"))

    def test_restart_sign_out_and_log(self):
        one = self.browser(token(self.secret, sub="z", email="z@acme.example")).start("Hi")
        self.world.stop()
        self.world.start()
        again = Browser(self.world, one.token)
        self.assertTrue(again.person["verified"])
        other = Browser(self.world, one.token)
        again.chat.send(t="sign_out")
        self.assertEqual(closed_with(again.chat), 1000)
        self.assertEqual(closed_with(other.chat), 1000)
        fresh = Browser(self.world, one.token)
        self.assertIsNone(fresh.person)
        self.assertFalse(fresh.reads(one.conversation))
        self.assertNotIn(self.secret, self.world.log())
        self.assertNotIn(self.secret.encode(), (self.world.data / "parley.db").read_bytes())

    def test_audit_and_others(self):
        rows = self.office.get("/v1/audit")["rows"]
        self.assertTrue(any(row["action"] == "site_added" and row["object"] == "Intranet"
                            for row in rows))
        self.assertEqual(self.world.get("/v1/sites", self.world.cookie())[0], 403)
        self.assertEqual(self.world.get("/v1/sites")[0], 401)


class Codes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.box = Mailbox()
        cls.world = World(connected=False, smtp_url=cls.box.url, mail_from="help@msp.example",
                          url="http://127.0.0.1")

    @classmethod
    def tearDownClass(cls):
        cls.world.close()
        cls.box.close()

    def sql(self, sql, *values):
        with closing(sqlite3.connect(self.world.data / "parley.db", timeout=10)) as db, db:
            return db.execute(sql, values).fetchall()

    def letters(self, to):
        return [one for one in self.box.letters if to in one.to]

    def letter_code(self, to, count=1):
        until(lambda: len(self.letters(to)) >= count, f"a letter to {to}")
        return re.search(r"\b(\d{3}) ?(\d{3})\b", self.letters(to)[-1].text).expand(r"\1\2")

    def test_code(self):
        one = Browser(self.world)
        self.assertEqual(one.first["prove"], ["code"])
        one.start("Before", "typed@acme.example")
        self.assertEqual(one.prove(" ANN@acme.example")["email"], ANN)
        code = self.letter_code(ANN)
        tab = Browser(self.world, one.token)
        self.assertFalse(tab.person["verified"])
        wrong = one.code("000000" if code != "000000" else "000001")
        self.assertEqual(wrong["code"], "bad_code")
        self.assertEqual(one.code("12345")["code"], "bad_code")
        # In another browser it is nothing.
        thief = Browser(self.world)
        self.assertEqual(thief.code(code)["code"], "bad_code")
        self.assertEqual(one.code(code)["t"], "welcome")
        self.assertEqual((one.person["email"], one.person["verified"], one.person["via"]),
                         (ANN, True, "code"))
        self.assertTrue(tab.hears("welcome")["person"]["verified"])
        # Once.
        self.assertEqual(one.code(code)["code"], "bad_code")
        # Another device: proved there, it has the same conversation.
        two = Browser(self.world)
        two.prove()
        two.code(self.letter_code(ANN, 2))
        self.assertEqual(two.conversation, one.conversation)
        self.assertNotIn(code, self.world.log())

    def test_guessing_ends(self):
        to = "guess@acme.example"
        one = Browser(self.world)
        one.prove(to)
        code = self.letter_code(to)
        for number in range(5):
            guess = f"{(int(code) + number + 1) % 1000000:06}"
            self.assertEqual(one.code(guess, to)["code"], "bad_code")
        self.assertEqual(one.code(code, to)["code"], "bad_code")

    def test_newest_counts(self):
        to = "newest@acme.example"
        one = Browser(self.world)
        one.prove(to)
        first = self.letter_code(to)
        one.prove(to)
        second = self.letter_code(to, 2)
        if first != second:
            self.assertEqual(one.code(first, to)["code"], "bad_code")
        self.assertEqual(one.code(second, to)["t"], "welcome")

    def test_limits(self):
        to = "many@acme.example"
        one = Browser(self.world)
        answers = [one.prove(to) for _ in range(4)]
        self.assertEqual([answer["t"] for answer in answers], ["proving"] * 3 + ["error"])
        self.assertEqual(answers[3]["code"], "too_fast")
        self.assertGreater(answers[3]["retry_ms"], 0)
        self.world.stop()
        self.world.start()  # the address's limit is in the store
        for _ in range(2):
            other = Browser(self.world)
            for _ in range(2):
                self.assertEqual({**other.prove(to), "retry_ms": 0},
                                 {"t": "proving", "email": to, "retry_ms": 0})
        self.letter_code(to, 5)
        last = Browser(self.world)
        last.prove("last@acme.example")
        self.letter_code("last@acme.example")  # after all that were to come before
        self.assertEqual(len(self.letters(to)), 5)

    def test_restart_in_the_middle(self):
        to = "middle@acme.example"
        one = Browser(self.world)
        one.prove(to)
        code = self.letter_code(to)
        self.world.stop()
        self.world.start()
        again = Browser(self.world, one.token)
        self.assertEqual(again.code(code, to)["t"], "welcome")

    def test_blocked(self):
        to = "blocked@acme.example"
        one = Browser(self.world)
        one.prove(to)
        one.code(self.letter_code(to), to)
        self.sql("UPDATE person SET blocked_ms = 1 WHERE email = ?", to)
        self.assertEqual(one.hears("error")["code"], "signed_out")
        other = Browser(self.world)
        self.assertEqual(other.prove(to)["t"], "proving")
        after = Browser(self.world)
        after.prove("after@acme.example")
        self.letter_code("after@acme.example")
        self.assertEqual(len(self.letters(to)), 1)

    def test_expired(self):
        to = "late@acme.example"
        one = Browser(self.world)
        one.prove(to)
        code = self.letter_code(to)
        self.sql("UPDATE proof SET expires_ms = 1 WHERE email = ?", to)
        self.assertEqual(one.code(code, to)["code"], "bad_code")
        one.prove(to)
        one.code(self.letter_code(to, 2), to)
        one.start("Mine", to)
        self.sql("UPDATE visitor SET expires_ms = 1 WHERE person = (SELECT id FROM person WHERE "
                 "email = ?)", to)
        self.assertEqual(one.hears("error")["code"], "signed_out")
        again = Browser(self.world, one.token)
        self.assertIsNone(again.person)
        self.assertFalse(again.reads(one.conversation))

    def test_bad_address(self):
        one = Browser(self.world)
        self.assertEqual(one.prove("nobody")["code"], "bad_email")
        self.assertEqual(one.prove("a" * 300 + "@acme.example")["code"], "too_long")


class NoMail(Case):
    settings = {"connected": False}

    def test_not_offered(self):
        one = Browser(self.world)
        self.assertEqual(one.first["prove"], [])
        self.assertEqual(one.prove()["code"], "not_allowed")
        self.assertEqual(one.ask(t="sign_in")["code"], "not_allowed")


if __name__ == "__main__":
    unittest.main()

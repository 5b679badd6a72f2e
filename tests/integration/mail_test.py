"""Letters through the real program to a real mail server: what goes out, and what is done when the
server refuses, is slow, lies or is not there."""
import json
import pathlib
import re
import secrets
import sqlite3
import tempfile
import time
import unittest
from contextlib import closing

from mailbox import Mailbox, certificate
from world import PARLEY, World, http, run, until

FROM = "help@msp.example"
FORM = {"Content_Type": "application/x-www-form-urlencoded"}


class Office:
    """A server with a mail server, and an administrator who looks at it."""

    def __init__(self, box, connected=False, **settings):
        self.box = box
        self.world = World(connected=connected, **{
            "smtp_url": box.url, "mail_from": FROM, "url": "http://127.0.0.1", **settings})
        self.email, self.cookie = self.world.sign_up("Ada", "admin")

    def close(self):
        self.world.close()
        self.box.close()

    def state(self):
        status, _, body = self.world.get("/v1/mail", self.cookie)
        assert status == 200, body
        return json.loads(body)

    def post(self, path, **body):
        status, _, text = self.world.post(path, body, self.cookie)
        return status, json.loads(text)

    def test(self):
        status, state = self.post("/v1/mail/test")
        assert status == 200, state
        return state

    def until(self, is_true, what, seconds=20):
        """The state, as soon as it passes."""
        found = None

        def look():
            nonlocal found
            found = self.state()
            return is_true(found)
        until(look, what, seconds)
        return found

    def restart(self):
        self.world.server.kill()
        self.world.server.wait()
        self.world.start()

    def sql(self, sql, *values):
        """Rows, or a change that the program does not know of."""
        with closing(sqlite3.connect(self.world.data / "parley.db", timeout=10)) as db, db:
            return db.execute(sql, values).fetchall()


class Ann:
    """Somebody with a conversation, who has gone; and who is known to be who she says."""

    def __init__(self, office, verified=True, stays=False, language=None):
        self.office = office
        self.email = f"ann-{secrets.token_hex(4)}@acme.example"
        self.person = office.world.person(language=language).start("My printer smokes", email=self.email, name="Ann")
        self.conversation = self.person.conversation
        if not stays:
            self.person.chat.socket.close()
        if verified:
            office.sql("UPDATE person SET verified_ms = 1 WHERE email = ?", self.email)

    def told(self, *bodies, kind="reply"):
        """By staff."""
        staff = self.office.world.staff()
        for body in bodies:
            staff.post(kind, self.conversation, body=body)
        staff.chat.socket.close()

    def has_read(self, seq):
        self.person.chat.send(t="read", conversation=self.conversation, seq=seq)

    def rows(self, what):
        """Of the letters to her."""
        return self.office.sql(f"SELECT {what} FROM mail m JOIN person p ON p.id = m.person WHERE "
                               "p.email = ?", self.email)

    def letters(self):
        return [one for one in self.office.box.letters if one.to == self.email]

    def wait(self, count):
        until(lambda: len(self.letters()) >= count, f"{count} letters")
        return self.letters()[count - 1]


class Shared(unittest.TestCase):
    """One office for all tests of a class."""
    settings = {}

    @classmethod
    def setUpClass(cls):
        cls.office = Office(Mailbox(), **cls.settings)
        cls.box = cls.office.box

    @classmethod
    def tearDownClass(cls):
        cls.office.close()

    def setUp(self):
        self.box.replies.clear()
        self.box.letters.clear()


class Letters(Shared):
    def test_a_test_letter_arrives_and_is_told(self):
        self.assertEqual(self.office.state()["state"], "ok")
        self.office.test()
        letter = self.box.wait(1)[0]
        self.assertEqual((letter.sender, letter.to), (FROM, self.office.email))
        self.assertEqual(letter.message["Auto-Submitted"], "auto-generated")
        self.assertRegex(letter.message["Message-ID"], r"^<m\.[0-9a-f-]{36}@msp\.example>$")
        self.assertIn("test letter", letter.text)
        state = self.office.until(lambda one: one["test"]["state"] == "sent", "the mark")
        self.assertGreater(state["sent"], 0)
        self.assertEqual(state["waiting"], 0)

    def parked(self, reply, word):
        self.box.replies[word] = reply
        self.office.test()
        state = self.office.until(lambda one: one["parked"], "the parked letter")
        self.assertIn(reply, state["parked"][0]["reason"])
        self.assertEqual(state["state"], "ok", "one bad address holds nobody up")
        self.box.replies.clear()
        return state["parked"][0]["id"]

    def test_refused_for_good_is_parked_and_tried_again_by_hand(self):
        number = self.parked("550 5.1.1 no such user here", "RCPT")
        self.assertEqual(self.office.post(f"/v1/mail/{number}/retry")[0], 200)
        self.box.wait(1)
        self.assertEqual(self.office.post(f"/v1/mail/{number}/discard")[0], 404)
        rows = self.office.sql("SELECT object FROM audit WHERE action = 'mail_retried'")
        self.assertEqual(rows, [(self.office.email,)])

    def test_refused_for_good_and_given_up(self):
        number = self.parked("554 5.6.0 not such a letter", "DATA")
        status, state = self.office.post(f"/v1/mail/{number}/discard")
        self.assertEqual((status, state["parked"]), (200, []))
        self.assertEqual(self.box.letters, [])

    def test_trouble_holds_all_is_told_and_mends_itself(self):
        self.box.replies["MAIL"] = "550 5.7.1 sender not allowed"
        self.office.test()
        state = self.office.until(lambda one: one["state"] == "held", "the hold")
        self.assertIn("does not let us write as help@msp.example", state["reason"])
        self.assertIn("check mail_from", state["reason"])
        self.assertGreater(state["next_try"], 0)
        self.box.replies.clear()
        self.box.wait(1)
        self.office.until(lambda one: one["state"] == "ok", "the end of the hold")


class Answers(Shared):
    settings = {"connected": True, "mail_after_ms": 700, "mail_most_ms": 2000}

    def tearDown(self):
        self.assertEqual(self.office.post("/v1/mail", answers="parley")[0], 200)

    def test_a_burst_of_answers_is_one_letter(self):
        ann = Ann(self.office)
        ann.told("Pull the plug", "and open <b>all</b> windows, s'il vous plaît")
        time.sleep(0.4)
        self.assertEqual(ann.letters(), [], "it waits for being read")
        ann.told("Help is on its way")
        letter = ann.wait(1)
        time.sleep(1)
        self.assertEqual(len(ann.letters()), 1)
        self.assertEqual(letter.subject, "Parley answered: My printer smokes")
        for body in ("Pull the plug", "s'il vous plaît", "Help is on its way",
                     f"/c#conversation={ann.conversation}"):
            self.assertIn(body, letter.text)
        self.assertIn("&lt;b&gt;all", letter.part("html"))
        root = f"<c.{ann.conversation}@msp.example>"
        self.assertEqual(letter.message["In-Reply-To"], root)
        self.assertEqual(letter.message["References"], root)
        self.assertEqual(letter.message["Auto-Submitted"], "auto-generated")
        self.assertEqual(letter.message["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        ann.told("The engineer rings the bell")
        again = ann.wait(2)
        self.assertIn("rings the bell", again.text)
        self.assertNotIn("plug", again.text)
        self.assertEqual(again.message["References"], root)
        self.assertNotEqual(again.message["Message-ID"], letter.message["Message-ID"])

    def test_letters_speak_as_the_chat_does(self):
        ann = Ann(self.office, language="de-AT")
        ann.told("Stecker ziehen")
        letter = ann.wait(1)
        self.assertEqual(letter.subject, "Parley hat geantwortet: My printer smokes")
        self.assertIn("Unterhaltung öffnen", letter.text)
        # Another page, in another language; what no letter is written in is English.
        for language, subject in (("fr", "Parley answered"), ("de", "Parley hat geantwortet"),
                                  ("\u00fc!", "Parley hat geantwortet")):
            self.office.world.person(token=ann.person.token, language=language)
            self.office.sql("DELETE FROM mail")
            count = len(ann.letters())
            ann.told("Und jetzt?")
            self.assertTrue(ann.wait(count + 1).subject.startswith(subject), language)

    def test_more_and_more_answers_do_not_put_the_letter_off_for_ever(self):
        ann = Ann(self.office)
        for number in range(8):
            ann.told(f"Answer {number}")
            time.sleep(0.4)
        self.assertTrue(ann.letters())

    def test_read_first_is_no_letter(self):
        ann = Ann(self.office, stays=True)
        ann.told("Pull the plug")
        ann.has_read(2)
        until(lambda: ann.rows("state") == [(6,)], "the end of the letter")
        ann.told("Now read this")
        self.assertNotIn("plug", ann.wait(1).text)
        ann.person.chat.socket.close()

    def test_who_only_typed_an_address_gets_no_letter(self):
        ann = Ann(self.office, verified=False)
        ann.told("Pull the plug")
        self.assertEqual(ann.rows("count(*)"), [(0,)])

    def test_notes_are_no_answers(self):
        ann = Ann(self.office)
        ann.told("She always smokes", kind="note")
        self.assertEqual(ann.rows("count(*)"), [(0,)])

    def test_no_more_letters_and_letters_again(self):
        ann = Ann(self.office)
        world = self.office.world
        ann.told("One")
        letter = ann.wait(1)
        path = re.search(r"<http://[^/]+(/v1/mail/off/[0-9a-f]+)>",
                         letter.message["List-Unsubscribe"]).group(1)
        self.assertIn(path, letter.text)
        status, headers, page = world.get(path)
        self.assertEqual(status, 200)
        self.assertIn("form-action 'self'", headers["Content-Security-Policy"])
        self.assertIn("<button>No more letters</button>", page)
        for wish, button in (("de-AT,en;q=0.5", "Keine E-Mails mehr"),
                             ("fr, de;q=0.9", "Keine E-Mails mehr"),
                             ("en,de", "No more letters"), ("den, d", "No more letters")):
            page = world.get(path, **{"Accept-Language": wish})[2]
            self.assertIn(f"<button>{button}</button>", page)
        ann.told("Two")
        ann.wait(2)  # to look is not to end
        status, _, page = world.post(path, b"List-Unsubscribe=One-Click", None, Origin=None, **FORM)
        self.assertEqual(status, 200)
        self.assertIn("Send me letters again", page)
        ann.told("Three")
        self.assertEqual(ann.rows("count(*)"), [(2,)])
        self.assertEqual(world.post(path, b"letters=on", None, **FORM)[0], 200)
        ann.told("Four")
        self.assertIn("Four", ann.wait(3).text)
        other = path[:-1] + ("0" if path[-1] != "0" else "1")
        self.assertEqual(world.post(other, b"", None, **FORM)[0], 404)
        self.assertEqual(world.get(other)[0], 404)

    def comments(self):
        return {one["body"]: one for ticket in self.office.world.tickets()
                for one in ticket["comments"]}

    def comes(self, body):
        until(lambda: body in self.comments(), f"the comment {body}")
        return self.comments()[body]

    def test_either_parley_or_syncro_writes_and_never_both(self):
        ann = Ann(self.office)
        ann.told("Said under parley")
        self.assertTrue(self.comes("Said under parley")["do_not_email"])
        ann.wait(1)
        status, state = self.office.post("/v1/mail", answers="psa")
        self.assertEqual((status, state["answers"]), (200, "psa"))
        ann.told("Said under psa")
        self.assertFalse(self.comes("Said under psa")["do_not_email"])
        ann.told("A note under psa", kind="note")
        self.assertTrue(self.comes("A note under psa")["do_not_email"])
        time.sleep(0.5)
        self.assertEqual(len(ann.letters()), 1)
        self.assertEqual(self.office.post("/v1/mail", answers="both")[0], 400)
        rows = self.office.sql("SELECT object FROM audit WHERE action = 'mail_changed'")
        self.assertIn(("psa",), rows)

    def connector(self, what):
        return self.office.post(f"/v1/connectors/syncro/{what}")[0]

    def test_said_before_the_choice_and_sent_after_it(self):
        ann = Ann(self.office)
        ann.told("First")
        ann.wait(1)
        self.comes("First")
        self.assertEqual(self.connector("pause"), 200)
        ann.told("Said before the choice")
        ann.wait(2)
        self.office.post("/v1/mail", answers="psa")
        self.assertEqual(self.connector("resume"), 200)
        self.assertTrue(self.comes("Said before the choice")["do_not_email"])

    def test_answers_given_in_the_psa(self):
        ann = Ann(self.office, stays=True)
        ticket = self.office.world.ticket(ann.person.filed())["id"]

        def comment(body, **more):
            http(f"{self.office.world.control}/comment", {
                "ticket_id": ticket, "user_id": 7002, "subject": "Update", "body": body, **more})
        comment("Syncro emails this itself")
        ann.person.chat.expect("messages")
        self.assertEqual(ann.rows("count(*)"), [(0,)])
        ann.told("This is for Parley to tell")
        self.assertNotIn("emails this itself", ann.wait(1).text)
        self.assertEqual(self.office.post("/v1/mail", answers="parley_all")[0], 200)
        comment("HIDDEN from her", hidden=True)
        comment("Told by Parley too")
        letter = ann.wait(2)
        self.assertIn("Told by Parley too", letter.text)
        self.assertNotIn("HIDDEN", letter.text + letter.part("html"))
        ann.person.chat.socket.close()


class Trouble(unittest.TestCase):
    def office(self, settings=None, **box):
        office = Office(Mailbox(**box), **(settings or {}))
        self.addCleanup(office.close)
        return office, office.box

    def folder(self):
        folder = tempfile.TemporaryDirectory(prefix="parley-mail-")
        self.addCleanup(folder.cleanup)
        return pathlib.Path(folder.name)

    def held(self, office, *words):
        office.test()
        state = office.until(lambda one: one["state"] == "held", "the hold")
        for word in words:
            self.assertIn(word, state["reason"])
        self.assertEqual(office.box.letters, [])

    def test_refused_for_now_is_tried_again(self):
        office, box = self.office()
        box.replies["END"] = "451 4.7.1 greylisted"
        office.test()
        state = office.until(lambda one: one["test"]["reason"], "the reason")
        self.assertIn("greylisted", state["test"]["reason"])
        self.assertEqual((state["test"]["state"], state["state"]), ("waiting", "ok"))
        self.assertEqual(state["waiting"], 1)
        box.replies.clear()
        box.wait(1)

    def test_a_code_is_readable_in_its_letter_only(self):
        office, box = self.office()
        box.replies["HELLO"] = "421 too busy"

        def kept():
            return b"".join(path.read_bytes() for path in sorted(office.world.data.iterdir())
                            if path.is_file())
        person = office.world.person()
        person.chat.send(t="prove", email="ann@acme.example")
        person.chat.expect("proving")
        office.until(lambda one: one["state"] == "held", "the hold")
        waiting = kept()
        self.assertIn(b"ann@acme.example", waiting)
        box.replies.clear()
        code = re.match(r"(\d{6}) is your code for Parley", box.wait(1)[0].subject).group(1)
        until(lambda: office.sql("SELECT state, sealed FROM mail") == [(3, "")], "the mark")
        for where in (waiting, kept(), office.world.log().encode()):
            self.assertIsNone(re.search(rb"(?<!\d)%s(?!\d)" % code.encode(), where))
        person.chat.send(t="code", email="ann@acme.example", code=code)
        self.assertTrue(person.chat.expect("welcome")["person"]["verified"])

    def test_a_code_comes_in_the_language_of_the_chat(self):
        office, box = self.office()
        person = office.world.person(language="de")
        person.chat.send(t="prove", email="ann@acme.example")
        person.chat.expect("proving")
        self.assertRegex(box.wait(1)[0].subject, r"^\d{6} ist Ihr Code für Parley$")

    def test_nobody_there(self):
        office, box = self.office()
        box.close()
        self.held(office, "no mail server answers", "firewall")

    def test_lost_after_the_letter_comes_once_more_with_the_same_name(self):
        office, box = self.office()
        box.replies["END"] = None
        office.test()
        box.wait(1)
        box.replies.clear()
        office.until(lambda one: one["test"]["reason"], "the reason")
        letters = box.wait(2)
        self.assertEqual(letters[0].message["Message-ID"], letters[1].message["Message-ID"])

    def test_killed_between_the_server_and_the_mark(self):
        office, box = self.office({"mail_after_ms": 1500})
        ann = Ann(office)
        ann.told("Pull the plug")
        office.restart()  # no crash loses what is to be told
        self.assertIn("Pull the plug", ann.wait(1).text)
        box.letters.clear()
        box.slow = 0.6  # the program is killed while it waits for the answer to the letter
        office.test()
        count = box.commands.count("DATA")
        until(lambda: box.commands.count("DATA") > count, "the letter")
        time.sleep(0.7)
        box.slow = 0
        office.restart()
        box.wait(1)
        office.until(lambda one: one["test"]["state"] == "sent", "the mark")
        self.assertEqual(len({one.message["Message-ID"] for one in box.letters}), 1)

    def test_tls_by_starttls_with_a_password(self):
        folder = self.folder()
        ca, *pair = certificate(folder)
        (folder / "password").write_text("s3cret-of-the-post\n")
        office, box = self.office(
            {"smtp_user": "parley", "smtp_password_file": folder / "password", "smtp_ca_file": ca,
             "url": "https://chat.example"},
            tls=pair, login=("parley", "s3cret-of-the-post"))
        office.test()
        box.wait(1)
        self.assertIn("STARTTLS", box.commands)
        self.assertIn("EHLO chat.example", box.commands)
        self.assertNotIn("s3cret", office.world.log())
        box.login = ("parley", "another")
        self.held_after(office, "check smtp_user and smtp_password_file")

    def held_after(self, office, word):
        office.test()
        state = office.until(lambda one: one["state"] == "held", "the hold")
        self.assertIn(word, state["reason"])

    def test_a_certificate_that_nobody_vouches_for(self):
        _, *pair = certificate(self.folder())
        office, _ = self.office(tls=pair, wrapped=True)
        self.held(office, "certificate")

    def test_no_password_without_tls(self):
        folder = self.folder()
        (folder / "password").write_text("s3cret\n")
        office, box = self.office({"smtp_user": "parley", "smtp_password_file": folder / "password"},
                                  login=("parley", "s3cret"))
        self.held(office, "does not offer STARTTLS")
        self.assertFalse([one for one in box.commands if one.startswith("AUTH")])

    def test_wrong_settings_are_refused_with_what_to_do(self):
        folder = self.folder()
        good = {"PARLEY_SMTP_URL": "smtp://mail.example:587", "PARLEY_MAIL_FROM": FROM,
                "PARLEY_URL": "https://chat.example"}
        for change, words in (
                ({"PARLEY_URL": None}, "smtp_url needs url"),
                ({"PARLEY_MAIL_FROM": None}, "email needs both smtp_url and mail_from"),
                ({"PARLEY_MAIL_FROM": "Help <help@msp.example>"}, "mail_from: an address like"),
                ({"PARLEY_SMTP_URL": "http://mail.example"}, "smtp_url: smtp://HOST:PORT"),
                ({"PARLEY_SMTP_URL": "smtp://me:secret@mail.example"}, "smtp_url: smtp://HOST:PORT"),
                ({"PARLEY_SMTP_URL": "smtp://mail.example:0"}, "host or the port is wrong"),
                ({"PARLEY_SMTP_USER": "me"}, "smtp_user needs smtp_password_file"),
                ({"PARLEY_SMTP_PASSWORD_FILE": folder / "none"}, "cannot read")):
            with self.subTest(change=change):
                env = {name: str(value) for name, value in {**good, **change}.items()
                       if value is not None}
                done = run(PARLEY, "serve", "--data", folder / "data", "--listen", "127.0.0.1:0",
                           env=env)
                self.assertEqual(done.returncode, 1)
                self.assertIn(words, done.stderr)
                self.assertNotIn("secret@", done.stderr)

    def test_a_slow_server_holds_up_nobody(self):
        office, box = self.office()
        box.slow = 0.8
        office.test()
        began = time.monotonic()
        for _ in range(5):
            office.state()
        self.assertLess(time.monotonic() - began, 0.8 * 4, "a letter takes longer")
        self.assertEqual(office.world.stop(), 0, "and the stop waits for no more than it must")


if __name__ == "__main__":
    unittest.main()

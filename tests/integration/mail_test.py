"""Letters through the real program to a real mail server: what goes out, and what is done when the
server refuses, is slow, lies or is not there."""
import json
import re
import pathlib
import sqlite3
import tempfile
import time
import unittest
from contextlib import closing

from mailbox import Mailbox, certificate
from world import World, http, until

FROM = "help@msp.example"


class Office:
    """A server with a mail server, and an administrator who looks at it."""

    def __init__(self, case, box, **settings):
        self.box = box
        self.world = World(connected=settings.pop("connected", False), smtp_url=box.url,
                           mail_from=FROM, url="http://127.0.0.1", **settings)
        case.addCleanup(self.world.close)
        self.email, self.cookie = self.world.sign_up("Ada", "admin")

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

    def sql(self, sql, *values):
        """Rows, or a change that the program does not know of."""
        with closing(sqlite3.connect(self.world.data / "parley.db", timeout=10)) as db, db:
            return db.execute(sql, values).fetchall()

    def ann(self, verified=True):
        """Somebody with a conversation, who has gone; who is known to be who she says."""
        person = self.world.person().start("My printer smokes", email="ann@acme.example",
                                           name="Ann")
        person.chat.socket.close()
        if verified:
            self.sql("UPDATE person SET verified_ms = 1 WHERE email = 'ann@acme.example'")
        return person

    def say(self, person, *bodies):
        staff = self.world.staff()
        for body in bodies:
            staff.post("reply", person.conversation, body=body)
        staff.chat.socket.close()

    def has_read(self, seq):
        self.sql("INSERT OR REPLACE INTO read_mark (person, conversation, seq, at_ms) "
                 "SELECT person, n, ?, 1 FROM conversation", seq)


class Test(unittest.TestCase):
    def box(self, **options):
        box = Mailbox(**options)
        self.addCleanup(box.close)
        return box

    def folder(self):
        folder = tempfile.TemporaryDirectory(prefix="parley-mail-")
        self.addCleanup(folder.cleanup)
        return pathlib.Path(folder.name)

    def test_a_test_letter_arrives_and_is_told(self):
        box = self.box()
        office = Office(self, box)
        self.assertEqual(office.state()["state"], "ok")
        office.test()
        letter = box.wait(1)[0]
        self.assertEqual((letter.sender, letter.to), (FROM, office.email))
        self.assertEqual(letter.message["Auto-Submitted"], "auto-generated")
        self.assertRegex(letter.message["Message-ID"], r"^<m\.[0-9a-f-]{36}@msp\.example>$")
        self.assertIn("test letter", letter.text)
        state = office.until(lambda one: one["test"]["state"] == "sent", "the mark")
        self.assertGreater(state["sent"], 0)
        self.assertEqual(state["waiting"], 0)

    def test_refused_for_good_is_parked_and_tried_again_by_hand(self):
        box = self.box()
        box.replies["RCPT"] = "550 5.1.1 no such user here"
        office = Office(self, box)
        office.test()
        state = office.until(lambda one: one["parked"], "the parked letter")
        self.assertIn("550 5.1.1 no such user here", state["parked"][0]["reason"])
        self.assertEqual(state["state"], "ok", "one bad address holds nobody up")
        box.replies.clear()
        number = state["parked"][0]["id"]
        self.assertEqual(office.post(f"/v1/mail/{number}/retry")[0], 200)
        box.wait(1)
        self.assertEqual(office.post(f"/v1/mail/{number}/discard")[0], 404)

    def test_discard(self):
        box = self.box()
        box.replies["DATA"] = "554 5.6.0 not such a letter"
        office = Office(self, box)
        office.test()
        number = office.until(lambda one: one["parked"], "the parked letter")["parked"][0]["id"]
        status, state = office.post(f"/v1/mail/{number}/discard")
        self.assertEqual((status, state["parked"]), (200, []))
        self.assertEqual(box.letters, [])

    def test_refused_for_now_is_tried_again(self):
        box = self.box()
        box.replies["END"] = "451 4.7.1 greylisted"
        office = Office(self, box)
        office.test()
        state = office.until(lambda one: one["test"]["reason"], "the reason")
        self.assertIn("greylisted", state["test"]["reason"])
        self.assertEqual((state["test"]["state"], state["state"]), ("waiting", "ok"))
        self.assertEqual(state["waiting"], 1)

    def test_trouble_holds_all_is_told_and_mends_itself(self):
        box = self.box()
        box.replies["MAIL"] = "550 5.7.1 sender not allowed"
        office = Office(self, box)
        office.test()
        state = office.until(lambda one: one["state"] == "held", "the hold")
        self.assertIn("does not let us write as help@msp.example", state["reason"])
        self.assertIn("check mail_from", state["reason"])
        self.assertGreater(state["next_try"], 0)
        box.replies.clear()
        box.wait(1)
        office.until(lambda one: one["state"] == "ok", "the end of the hold")

    def test_nobody_there(self):
        box = self.box()
        office = Office(self, box)
        box.close()
        office.test()
        state = office.until(lambda one: one["state"] == "held", "the hold")
        self.assertIn("no mail server answers", state["reason"])
        self.assertIn("firewall", state["reason"])

    def test_lost_after_the_letter_comes_once_more_with_the_same_name(self):
        box = self.box()
        box.replies["END"] = None
        office = Office(self, box)
        office.test()
        box.wait(1)
        box.replies.clear()
        office.until(lambda one: one["test"]["reason"], "the reason")
        office.world.server.kill()
        office.world.server.wait()
        office.world.start()
        letters = box.wait(2, 60)
        self.assertEqual(letters[0].message["Message-ID"], letters[1].message["Message-ID"])

    def test_killed_between_the_server_and_the_mark(self):
        box = self.box()
        office = Office(self, box)
        box.slow = 0.6  # the program is killed while it waits for the answer to the letter
        office.test()
        until(lambda: "DATA" in box.commands, "the letter")
        time.sleep(0.7)
        office.world.server.kill()
        office.world.server.wait()
        box.slow = 0
        office.world.start()
        letters = box.wait(1)
        office.until(lambda one: one["test"]["state"] == "sent", "the mark")
        self.assertEqual(len({one.message["Message-ID"] for one in letters}), 1)

    def test_tls_by_starttls_with_a_password(self):
        folder = self.folder()
        ca, *pair = certificate(folder)
        (folder / "password").write_text("s3cret-of-the-post\n")
        box = self.box(tls=pair, login=("parley", "s3cret-of-the-post"))
        office = Office(self, box, smtp_user="parley", smtp_password_file=folder / "password",
                        smtp_ca_file=ca)
        office.test()
        box.wait(1)
        self.assertIn("STARTTLS", box.commands)
        self.assertNotIn("s3cret", office.world.log())

    def test_a_wrong_password_is_told(self):
        folder = self.folder()
        ca, *pair = certificate(folder)
        (folder / "password").write_text("wrong\n")
        box = self.box(tls=pair, wrapped=True, login=("parley", "right"))
        office = Office(self, box, smtp_user="parley", smtp_password_file=folder / "password",
                        smtp_ca_file=ca)
        office.test()
        state = office.until(lambda one: one["state"] == "held", "the hold")
        self.assertIn("check smtp_user and smtp_password_file", state["reason"])

    def test_a_certificate_that_nobody_vouches_for(self):
        folder = self.folder()
        _, *pair = certificate(folder)
        box = self.box(tls=pair, wrapped=True)
        office = Office(self, box)
        office.test()
        state = office.until(lambda one: one["state"] == "held", "the hold")
        self.assertIn("certificate", state["reason"])
        self.assertEqual(box.letters, [])

    def test_no_password_without_tls(self):
        folder = self.folder()
        (folder / "password").write_text("s3cret\n")
        box = self.box(login=("parley", "s3cret"))
        office = Office(self, box, smtp_user="parley", smtp_password_file=folder / "password")
        office.test()
        state = office.until(lambda one: one["state"] == "held", "the hold")
        self.assertIn("does not offer STARTTLS", state["reason"])
        self.assertFalse([one for one in box.commands if one.startswith("AUTH")])

    def test_a_slow_server_holds_up_nobody(self):
        box = self.box()
        box.slow = 3
        office = Office(self, box)
        office.test()
        began = time.monotonic()
        for _ in range(5):
            office.state()
        self.assertLess(time.monotonic() - began, 2)
        self.assertEqual(office.world.stop(), 0, "and the stop waits for no more than it must")

    def test_a_burst_of_answers_is_one_letter(self):
        box = self.box()
        office = Office(self, box, mail_after_ms=800)
        ann = office.ann()
        office.say(ann, "Pull the plug", "and open <b>all</b> windows, s'il vous plaît")
        time.sleep(0.5)
        self.assertEqual(box.letters, [], "it waits for being read")
        office.say(ann, "Help is on its way")
        letter = box.wait(1)[0]
        time.sleep(1.2)
        self.assertEqual(len(box.letters), 1)
        self.assertEqual(letter.to, "ann@acme.example")
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
        office.say(ann, "The engineer rings the bell")
        again = box.wait(2)[1]
        self.assertIn("rings the bell", again.text)
        self.assertEqual(again.message["References"], root)
        self.assertNotEqual(again.message["Message-ID"], letter.message["Message-ID"])

    def test_more_and_more_answers_do_not_put_the_letter_off_for_ever(self):
        box = self.box()
        office = Office(self, box, mail_after_ms=900, mail_most_ms=1500)
        ann = office.ann()
        for number in range(6):
            office.say(ann, f"Answer {number}")
            time.sleep(0.5)
        self.assertTrue(box.letters)

    def test_read_first_is_no_letter(self):
        box = self.box()
        office = Office(self, box, mail_after_ms=500)
        ann = office.ann()
        office.say(ann, "Pull the plug")
        office.has_read(2)
        until(lambda: office.sql("SELECT state FROM mail") == [(6,)], "the end of the letter")
        office.say(ann, "Now read this")
        letter = box.wait(1)[0]
        self.assertNotIn("plug", letter.text)

    def test_who_only_typed_an_address_gets_no_letter(self):
        box = self.box()
        office = Office(self, box, mail_after_ms=300)
        office.say(office.ann(verified=False), "Pull the plug")
        self.assertEqual(office.sql("SELECT count(*) FROM mail"), [(0,)])

    def test_notes_are_no_answers(self):
        box = self.box()
        office = Office(self, box, mail_after_ms=300)
        ann = office.ann()
        office.world.staff().post("note", ann.conversation, body="She always smokes")
        self.assertEqual(office.sql("SELECT count(*) FROM mail"), [(0,)])

    def test_no_more_letters_and_letters_again(self):
        box = self.box()
        office = Office(self, box, mail_after_ms=300)
        ann = office.ann()
        office.say(ann, "One")
        letter = box.wait(1)[0]
        path = re.search(r"<http://[^/]+(/v1/mail/off/[0-9a-f]+)>",
                         letter.message["List-Unsubscribe"]).group(1)
        self.assertIn(path, letter.text)
        status, headers, page = office.world.get(path)
        self.assertEqual(status, 200)
        self.assertIn("form-action 'self'", headers["Content-Security-Policy"])
        self.assertIn("<button>No more letters</button>", page)
        office.say(ann, "Two")
        box.wait(2)  # to look is not to end
        form = {"Content_Type": "application/x-www-form-urlencoded"}
        status, _, page = office.world.post(path, b"List-Unsubscribe=One-Click", None,
                                            Origin=None, **form)
        self.assertEqual(status, 200)
        self.assertIn("Send me letters again", page)
        office.say(ann, "Three")
        self.assertEqual(office.sql("SELECT count(*) FROM mail WHERE state = 1"), [(0,)])
        self.assertEqual(office.world.post(path, b"letters=on", None, **form)[0], 200)
        office.say(ann, "Four")
        self.assertIn("Four", box.wait(3)[2].text)
        self.assertEqual(office.world.post(path[:-1] + "0", b"", None, **form)[0],
                         404 if path[-1] != "0" else 200)

    def test_no_crash_loses_an_answers_letter(self):
        box = self.box()
        office = Office(self, box, mail_after_ms=1000)
        ann = office.ann()
        office.say(ann, "Pull the plug")
        office.world.server.kill()
        office.world.server.wait()
        office.world.start()
        self.assertIn("Pull the plug", box.wait(1)[0].text)

    def test_answers_given_in_the_psa(self):
        box = self.box()
        office = Office(self, box, mail_after_ms=400, connected=True)
        ann = office.world.person().start("My printer smokes", email="ann@acme.example", name="Ann")
        ticket = office.world.ticket(ann.filed())["id"]
        office.sql("UPDATE person SET verified_ms = 1 WHERE email = 'ann@acme.example'")

        def comment(body, **more):
            http(f"{office.world.control}/comment", {
                "ticket_id": ticket, "user_id": 7002, "subject": "Update", "body": body, **more})
        comment("Syncro emails this itself")
        ann.chat.expect("messages")
        self.assertEqual(office.sql("SELECT count(*) FROM mail"), [(0,)])
        office.say(ann, "This is for Parley to tell")
        letter = box.wait(1)[0]
        self.assertNotIn("emails this itself", letter.text)
        self.assertEqual(office.post("/v1/mail", answers="parley_all")[0], 200)
        comment("HIDDEN from her", hidden=True)
        comment("Told by Parley too")
        ann.chat.expect("messages", lambda one: "too" in one["messages"][0]["body"])
        letter = box.wait(2)[1]
        self.assertIn("Told by Parley too", letter.text)
        self.assertNotIn("HIDDEN", letter.text)
        self.assertNotIn("HIDDEN", letter.part("html"))
        ann.chat.socket.close()

    def comments(self, office):
        return {one["body"]: one for ticket in office.world.tickets()
                for one in ticket["comments"]}

    def test_either_parley_or_syncro_writes_and_never_both(self):
        box = self.box()
        office = Office(self, box, mail_after_ms=300, connected=True)
        ann = office.world.person().start("My printer smokes", email="ann@acme.example", name="Ann")
        ann.filed()
        ann.chat.socket.close()
        office.sql("UPDATE person SET verified_ms = 1 WHERE email = 'ann@acme.example'")
        office.say(ann, "Said under parley")
        until(lambda: "Said under parley" in self.comments(office), "the comment")
        box.wait(1)
        self.assertTrue(self.comments(office)["Said under parley"]["do_not_email"])
        status, state = office.post("/v1/mail", answers="psa")
        self.assertEqual((status, state["answers"]), (200, "psa"))
        office.say(ann, "Said under psa")
        until(lambda: "Said under psa" in self.comments(office), "the comment")
        self.assertFalse(self.comments(office)["Said under psa"]["do_not_email"])
        office.world.staff().post("note", ann.conversation, body="A note")
        until(lambda: "A note" in self.comments(office), "the note")
        self.assertTrue(self.comments(office)["A note"]["do_not_email"])
        time.sleep(0.6)
        self.assertEqual(len(box.letters), 1)
        self.assertEqual(office.post("/v1/mail", answers="both")[0], 400)
        actions = office.sql("SELECT action, object FROM audit WHERE action = 'mail_changed'")
        self.assertEqual(actions, [("mail_changed", "psa")])


if __name__ == "__main__":
    unittest.main()

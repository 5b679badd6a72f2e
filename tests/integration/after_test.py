"""What comes after a conversation, over sockets: its person's rating, and a letter with what was
said; who may ask for either, and who gets it."""
import secrets
import sqlite3
import time
import unittest
from contextlib import closing

from mailbox import Mailbox
from receiver import Receiver
from world import Case, until

NORTHWIND, INES, JONAS, AMARA = 29140031, 5160041, 5160042, 5160043
COBALT, LENA = 29140033, 5160048
OWNER = "ines.moreau@northwind.example"


def ask(who, kind, conversation, name=None, **more):
    """The answer: an ack or an error."""
    name = name or f"after-{secrets.token_hex(6)}"
    more = {"score": 4, **more} if kind == "rate" else more
    who.chat.send(t=kind, client_id=name, conversation=conversation, **more)
    while True:
        frame = who.chat.receive()
        if frame["t"] == "ack" and frame["client_id"] == name:
            return frame
        if frame["t"] == "error":
            return frame


class After(Case):
    @classmethod
    def setUpClass(cls):
        cls.box = Mailbox()
        cls.settings = {"smtp_url": cls.box.url, "mail_from": "help@msp.example",
                        "url": "http://127.0.0.1", "sockets_per_address": 1000, "webhooks_private": "yes",
                        "messages_per_minute": 1000, "message_burst": 1000}
        super().setUpClass()

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        cls.box.close()

    def setUp(self):
        self.box.letters.clear()

    def sql(self, sql, *values):
        with closing(sqlite3.connect(self.world.data / "parley.db", timeout=10)) as db, db:
            return db.execute(sql, values).fetchall()

    def owner(self, language=None):
        """Somebody who has proved who they are, with a conversation of their own."""
        one = self.world.verified(OWNER, "Ines Moreau", INES, NORTHWIND)
        if language is not None:
            self.sql("UPDATE person SET language = ? WHERE email = ?", language, OWNER)
        return one.start("The oven is cold.")

    def closed(self, staff, person):
        staff.open(person.conversation)
        self.assertEqual(ask(staff, "close", person.conversation)["t"], "ack")
        person.chat.expect("ticket", lambda one: not one["open"])

    def test_who_may(self):
        """Everybody but who began it; some of them may read it."""
        owner, staff = self.owner(), self.world.staff()
        number = owner.filed()
        self.closed(staff, owner)
        unproved = self.world.person().start("Me too", email=OWNER, name="Ines Moreau")
        others = {
            "nobody": self.world.person(),
            "who typed the address": unproved,
            "another of the company": self.world.verified(
                "jonas.feld@northwind.example", "Jonas Feld", JONAS, NORTHWIND),
            "another company": self.world.verified(
                "lena.park@cobaltfreight.example", "Lena Park", LENA, COBALT),
            "a manager": self.world.verified(
                "amara.boss@northwind.example", "Amara", AMARA, NORTHWIND, manager=True),
        }

        def mirrored():
            time.sleep(0.2)
            return others["a manager"].tickets(query=number)["rows"]
        until(mirrored, f"ticket {number} for the manager")
        self.assertNotIn("rating", others["a manager"].open(conversation=owner.conversation))
        for name, who in others.items():
            for kind in ("rate", "transcript"):
                with self.subTest(who=name, kind=kind):
                    self.assertEqual(ask(who, kind, owner.conversation)["code"], "not_found")
        self.assertEqual(ask(staff, "rate", owner.conversation)["code"], "not_allowed")
        owner.open(conversation=owner.conversation)
        self.assertIsNone(owner.opened["rating"])
        self.assertEqual(ask(unproved, "transcript", unproved.conversation)["code"], "not_proved")
        self.assertEqual(ask(staff, "transcript", unproved.conversation)["code"], "not_proved")
        self.assertEqual(ask(unproved, "rate", unproved.conversation)["code"], "not_closed")
        self.closed(staff, unproved)  # who has proved nothing has help of their own to rate
        self.assertEqual(ask(unproved, "rate", unproved.conversation)["t"], "ack")
        self.assertEqual(ask(owner, "rate", owner.conversation)["t"], "ack")
        codes = [ask(unproved, "transcript", unproved.conversation)["code"] for _ in range(6)]
        self.assertEqual((codes[0], codes[-1]), ("not_proved", "too_fast"))
        self.assertEqual(self.box.letters, [])

    def test_rating(self):
        owner, staff = self.owner(), self.world.staff()
        second = self.world.person(owner.token)
        second.open(conversation=owner.conversation)
        self.assertIsNone(second.opened["rating"])
        self.assertEqual(ask(owner, "rate", owner.conversation)["code"], "not_closed")
        self.closed(staff, owner)
        first = ask(owner, "rate", owner.conversation, "rate-first-1", score=4,
                    comment=" Quick,\r\nand kind. ")
        told = owner.chat.expect("rating")["rating"]
        self.assertEqual((told["score"], told["comment"]), (4, "Quick,\nand kind."))
        self.assertAlmostEqual(told["until"], first["at"] + 86_400_000, delta=1000)
        self.assertEqual(second.chat.expect("rating")["rating"], told)  # on every device
        act = staff.chat.expect("messages", lambda one: one["messages"][0]["from"] == "act")
        self.assertEqual(act["messages"][0]["act"], {"act": "rated", "score": 4})
        rating = staff.summary(owner.conversation, lambda one: one["rating"])["rating"]
        self.assertEqual((rating["score"], rating["comment"]), (4, "Quick,\nand kind."))
        self.assertEqual(ask(owner, "rate", owner.conversation, "rate-first-1")["seq"],
                         first["seq"])
        self.assertEqual(ask(owner, "rate", owner.conversation, score=2)["t"], "ack")
        staff.summary(owner.conversation, lambda one: one["rating"]["score"] == 2)
        for wrong in ({"score": 0}, {"score": 6}, {"score": "4"}, {"comment": 7}):
            self.assertEqual(ask(owner, "rate", owner.conversation, **wrong)["code"], "bad_frame")
        long = ask(owner, "rate", owner.conversation, comment="é" * 501)
        self.assertEqual(long["code"], "too_long")
        self.assertNotIn("act", [one["from"] for one in owner.read()])
        self.sql("UPDATE rating SET at_ms = at_ms - 90000000")
        self.assertEqual(ask(owner, "rate", owner.conversation, score=5)["code"], "too_late")
        self.assertEqual(second.open(conversation=owner.conversation)["rating"]["score"], 2)

    def test_others_are_told(self):
        receiver = Receiver()
        self.addCleanup(receiver.close)
        _, admin = self.world.sign_up("Ada", "admin")
        status, _, text = self.world.post("/v1/webhooks", {
            "url": receiver.url, "events": ["rating.given"]}, admin)
        self.assertEqual(status, 200, text)
        owner, staff = self.owner(), self.world.staff()
        self.closed(staff, owner)
        ask(owner, "rate", owner.conversation, score=5, comment="Thanks")
        until(receiver.told, "the event")
        body = receiver.told()[0]
        self.assertEqual((body["event"], body["conversation"]["rating"]["score"],
                          body["conversation"]["rating"]["comment"]), ("rating.given", 5, "Thanks"))

    def test_transcript(self):
        owner, staff = self.owner("de"), self.world.staff()
        self.assertTrue(owner.welcome["may"]["transcript"])
        self.assertTrue(staff.welcome["mail"])
        staff.open(owner.conversation)
        staff.post("note", owner.conversation, body="NOTE: she shouts")
        staff.post("reply", owner.conversation, body="Is it plugged in? <b>Größe</b>")
        staff.post("reply", owner.conversation, body="HIDDEN since")
        owner.say("Now it is.")
        self.sql("UPDATE message SET author = 3, psa_gone = 1 WHERE body = 'HIDDEN since'")
        self.box.replies["END"] = "451 later"
        first = ask(owner, "transcript", owner.conversation, "copy-first-1", email="eve@evil.example",
                    to="eve@evil.example")
        self.assertEqual(first["t"], "ack")
        for who in (owner, staff):
            self.assertEqual(ask(who, "transcript", owner.conversation)["code"], "under_way")
        self.assertEqual(ask(owner, "transcript", owner.conversation, "copy-first-1"), first)
        self.box.replies.clear()
        letter = self.box.wait(1, 40)[0]
        self.assertEqual((letter.to, letter.message["To"]), (OWNER, OWNER))
        self.assertIn("was gesagt wurde", letter.subject)
        for part in (letter.text, letter.part("html")):
            for said in ("The oven is cold.", "Is it plugged in?", "Now it is.", "Ines Moreau",
                         "UTC", time.strftime("%d.%m.%Y", time.gmtime()), owner.reference):
                self.assertIn(said, part)
            for hidden in ("NOTE:", "HIDDEN", "{\"act\""):
                self.assertNotIn(hidden, part)
            self.assertLess(part.index("The oven"), part.index("Now it is."))
        self.assertIn("&lt;b&gt;Größe", letter.part("html"))
        act = staff.open(owner.conversation)[-1]
        self.assertEqual((act["from"], act["act"], act["name"]),
                         ("act", {"act": "transcript"}, ""))
        until(lambda: self.sql("SELECT m.state FROM mail m JOIN conversation c ON c.n = "
                               "m.conversation WHERE m.kind = 5 AND c.reference = ?",
                               owner.reference) == [(3,)], "its end")
        self.assertEqual(ask(staff, "transcript", owner.conversation)["t"], "ack")
        self.assertEqual(self.box.wait(2)[1].to, OWNER)

    def test_a_long_one(self):
        owner = self.owner()
        for i in range(9):
            owner.say(f"{i} " + "long words " * 500)
        self.assertEqual(ask(owner, "transcript", owner.conversation)["t"], "ack")
        letter = self.box.wait(1)[0]
        self.assertIn("older messages are left out", letter.text)
        self.assertNotIn("The oven is cold.", letter.text)
        self.assertIn("8 long words", letter.text)
        self.assertLess(len(letter.raw), 256 * 1024)


class NoMail(Case):
    def test_no_mail(self):
        owner = self.world.verified(OWNER, "Ines Moreau", INES, NORTHWIND).start("Hello")
        staff = self.world.staff()
        self.assertFalse(owner.welcome["may"]["transcript"])
        self.assertFalse(staff.welcome["mail"])
        for who in (owner, staff):
            self.assertEqual(ask(who, "transcript", owner.conversation)["code"], "no_mail")


if __name__ == "__main__":
    unittest.main()

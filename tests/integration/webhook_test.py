"""Webhooks from the real program to a real server: what is told, how it is signed, and what is done
when the other side fails, is slow, redirects, or is where it must not be."""
import json
import sqlite3
import time
import unittest
from contextlib import closing

from admin import Admin
from receiver import Receiver
from world import World, until

ALL = ["conversation.created", "message.created", "conversation.assigned", "conversation.closed",
       "conversation.reopened", "ticket.filed"]


class Case(unittest.TestCase):
    settings = {"webhooks_private": "yes"}

    def setUp(self):
        self.receiver = Receiver()
        self.addCleanup(self.receiver.close)
        self.world = World(**self.settings)
        self.addCleanup(self.world.close)
        self.admin = Admin(self.world)

    def add(self, events=ALL, url=None):
        """(number, secret) of a fresh endpoint."""
        status, answer = self.admin.call("POST", "/v1/webhooks",
                                         {"url": url or self.receiver.url, "events": events})
        self.assertEqual(status, 200, answer)
        return answer["webhooks"][-1]["id"], answer["secret"]

    def deliveries(self, n):
        return self.admin.get(f"/v1/webhooks/{n}/deliveries")["deliveries"]

    def sql(self, sql, *values):
        with closing(sqlite3.connect(self.world.data / "parley.db", timeout=10)) as db, db:
            return db.execute(sql, values).fetchall()

    def make_due(self):
        """As if the time of those that wait had come."""
        self.sql("UPDATE delivery SET next_at_ms = 0 WHERE state = 1")


class Told(Case):
    def test_a_life_is_told_and_signed(self):
        _, secret = self.add()
        self.assertRegex(secret, r"^whsec_[A-Za-z0-9_-]{43}$")
        person = self.world.person().start("My printer smokes", name="Ann")
        staff = self.world.staff()
        staff.post("note", person.conversation, body="She is new here")
        staff.post("reply", person.conversation, body="Unplug it")
        staff.post("close", person.conversation)
        staff.post("reopen", person.conversation)
        until(lambda: {one["event"] for one in self.receiver.told()} == set(ALL), "all events")
        until(lambda: len(self.receiver.told("message.created")) == 2, "both messages")
        first, second = self.receiver.told("message.created")
        self.assertEqual((first["message"]["from"], first["message"]["body"]),
                         ("person", "My printer smokes"))
        self.assertEqual((second["message"]["from"], second["message"]["body"],
                          second["message"]["name"]), ("staff", "Unplug it", "Robin"))
        created = self.receiver.told("conversation.created")[0]["conversation"]
        self.assertEqual((created["id"], created["person"]["name"]), (person.conversation, "Ann"))
        self.assertEqual(
            self.receiver.told("conversation.assigned")[0]["conversation"]["staff"]["name"],
            "Robin")
        self.assertEqual(len(self.receiver.told("conversation.closed")), 1)
        self.assertNotIn("She is new here", str(self.receiver.got))
        for i in range(len(self.receiver.got)):
            self.assertTrue(self.receiver.is_signed(i, secret), i)
            self.assertFalse(self.receiver.is_signed(i, secret + "x"), i)
        self.assertNotIn(secret, self.world.log())
        self.assertNotIn(secret, str(self.sql("SELECT * FROM hook")))

    def test_notes_only_to_who_asked(self):
        self.add(["note.created"])
        person = self.world.person().start("Hello", name="Ann")
        staff = self.world.staff()
        staff.post("tags", person.conversation, tags=["vip"])
        staff.post("note", person.conversation, body="She is new here")
        until(lambda: self.receiver.told(), "the note")
        one = self.receiver.told()
        self.assertEqual([(each["event"], each["message"]["body"]) for each in one],
                         [("note.created", "She is new here")])
        self.assertEqual(one[0]["conversation"]["tags"], ["vip"])

    def test_one_that_is_off_is_told_nothing(self):
        n, _ = self.add()
        status, answer = self.admin.call("POST", f"/v1/webhooks/{n}", {"on": False})
        self.assertEqual((status, answer["webhooks"][0]["on"]), (200, False))
        self.world.person().start("Hello", name="Ann").filed()
        self.assertEqual(self.deliveries(n), [])
        self.admin.call("POST", f"/v1/webhooks/{n}", {"on": True, "events": ["ticket.filed"]})
        self.world.person().start("Hello again", name="Ann")
        until(lambda: self.receiver.got, "the ticket")
        self.assertEqual([one["event"] for one in self.receiver.told()], ["ticket.filed"])

    def test_a_new_secret_signs_what_comes(self):
        n, first = self.add()
        secret = self.admin.call("POST", f"/v1/webhooks/{n}/secret")[1]["secret"]
        self.assertNotEqual(secret, first)
        self.assertEqual(self.admin.call("POST", f"/v1/webhooks/{n}/test")[0], 200)
        until(lambda: self.receiver.got, "the ping")
        self.assertEqual(self.receiver.told()[0]["event"], "ping")
        self.assertTrue(self.receiver.is_signed(0, secret))
        self.assertFalse(self.receiver.is_signed(0, first))


class Trouble(Case):
    def test_what_fails_is_tried_again_with_its_number(self):
        n, _ = self.add(["conversation.created"])
        self.receiver.answers = [(500, {}, 0), (404, {}, 0)]
        self.world.person().start("Hello", name="Ann")
        for attempts in (1, 2):
            until(lambda: self.deliveries(n)[0]["attempts"] == attempts and
                  self.deliveries(n)[0]["state"] == "waiting", f"attempt {attempts}")
            self.assertGreater(self.deliveries(n)[0]["next_try"], 1000 * time.time())
            self.make_due()
        until(lambda: self.deliveries(n)[0]["state"] == "taken", "the third")
        self.assertEqual(len({json.loads(body)["delivery"] for _, body, _ in self.receiver.got}), 1)
        self.assertEqual(len(self.receiver.got), 3)

    def test_a_redirect_is_not_followed(self):
        other = Receiver()
        self.addCleanup(other.close)
        n, _ = self.add(["conversation.created"])
        self.receiver.answers = [(307, {"Location": other.url}, 0)]
        self.world.person().start("Hello", name="Ann")
        until(lambda: self.deliveries(n)[0]["status"] == 307, "the redirect")
        self.assertIn("redirect", self.deliveries(n)[0]["reason"])
        self.assertEqual((self.deliveries(n)[0]["state"], other.got), ("waiting", []))

    def test_one_that_is_slow_holds_up_no_other(self):
        slow = Receiver()
        self.addCleanup(slow.close)
        slow.answers = [(200, {}, 12)] * 4
        n, _ = self.add(["message.created"], slow.url)
        self.add(["message.created"])
        person = self.world.person().start("one", name="Ann")
        for body in ("two", "three", "four", "five", "six"):
            person.say(body)
        until(lambda: len(self.receiver.told()) == 6, "all at the other", 8)
        self.assertEqual({one["state"] for one in self.deliveries(n)}, {"sending", "waiting"})
        until(lambda: any("did not answer" in one["reason"] for one in self.deliveries(n)),
              "the end of its time")

    def test_given_up_and_sent_again_by_hand(self):
        n, _ = self.add(["conversation.created"])
        self.receiver.answers = [(503, {}, 0)]
        self.sql("CREATE TRIGGER late AFTER INSERT ON delivery BEGIN UPDATE delivery SET "
                 "attempts = 16 WHERE n = NEW.n; END")
        self.world.person().start("Hello", name="Ann")
        until(lambda: self.deliveries(n)[0]["state"] == "failed", "the end")
        hook = self.admin.get("/v1/webhooks")["webhooks"][0]
        self.assertEqual((hook["failed"], hook["reason"]), (1, "it answered 503"))
        one = self.deliveries(n)[0]["id"]
        self.assertEqual(
            self.admin.call("POST", f"/v1/webhooks/{n}/deliveries/{one}/retry")[0], 200)
        until(lambda: self.deliveries(n)[0]["state"] == "taken", "the next")

    def test_killed_between_commit_and_delivery(self):
        n, secret = self.add(["conversation.created"])
        self.receiver.answers = [(200, {}, 3)]
        self.world.person().start("Hello", name="Ann")
        until(lambda: self.receiver.got, "the first try")
        self.assertEqual(self.deliveries(n)[0]["state"], "sending")
        self.world.server.kill()
        self.world.server.wait()
        self.world.start()
        until(lambda: self.deliveries(n)[0]["state"] == "taken", "it again")
        self.assertEqual(len({json.loads(body)["delivery"] for _, body, _ in self.receiver.got}), 1)
        self.assertTrue(self.receiver.is_signed(1, secret))

    def test_killed_before_it_was_taken(self):
        n, _ = self.add(["conversation.created"])
        self.sql("CREATE TRIGGER late AFTER INSERT ON delivery BEGIN UPDATE delivery SET "
                 "next_at_ms = 9000000000000 WHERE n = NEW.n; END")
        self.world.person().start("Hello", name="Ann")
        self.world.server.kill()
        self.world.server.wait()
        self.make_due()
        self.world.start()
        until(lambda: self.receiver.told(), "it")
        until(lambda: self.deliveries(n)[0]["state"] == "taken", "its end")

    def test_what_is_wrong_is_refused(self):
        for body, field in (({"url": "ftp://a.example/", "events": ALL}, "url"),
                            ({"url": "http://u:p@a.example/", "events": ALL}, "url"),
                            ({"url": "http://a.example/#x", "events": ALL}, "url"),
                            ({"url": "http://a.example/" + "x" * 500, "events": ALL}, "url"),
                            ({"url": "", "events": ALL}, "url"),
                            ({"url": "http://a.example/", "events": []}, "events"),
                            ({"url": "http://a.example/", "events": ["all"]}, "events"),
                            ({"url": "http://a.example/", "events": [1]}, "events"),
                            ({"url": "http://a.example/"}, "events")):
            status, answer = self.admin.call("POST", "/v1/webhooks", body)
            self.assertEqual((status, answer.get("field")), (400, field), answer)
        for path in ("/v1/webhooks/7/remove", "/v1/webhooks/x/test", "/v1/webhooks/7/secret",
                     "/v1/webhooks/7/deliveries/1/retry", "/v1/webhooks/7"):
            self.assertEqual(self.admin.call("POST", path)[0], 404, path)
        n, _ = self.add()
        self.assertEqual(self.admin.call("POST", f"/v1/webhooks/{n}/remove")[1]["webhooks"], [])


class Private(Case):
    settings = {}

    def test_the_house_itself_is_not_asked(self):
        """Neither by its address nor by a name that leads to it."""
        status, answer = self.admin.call("POST", "/v1/webhooks",
                                         {"url": self.receiver.url, "events": ALL})
        self.assertEqual((status, answer["field"]), (400, "url"))
        for host in ("127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254"):
            n, _ = self.add(["conversation.created"], f"https://{host}:{self.receiver.port}/in")
            self.admin.call("POST", f"/v1/webhooks/{n}/test")
            until(lambda: self.deliveries(n)[0]["reason"], host)
            self.assertEqual(self.deliveries(n)[0]["reason"], "its address is not public", host)
        self.assertEqual(self.receiver.got, [])


if __name__ == "__main__":
    unittest.main()

"""What the server does by itself: gives, takes back, wakes, tells that it is closed, escalates; and
what an administrator says of that."""
import datetime
import json
import sqlite3
import unittest
from contextlib import closing

from mailbox import Mailbox
from receiver import Receiver
from world import Case, World, until

DAYS = [[{"from": "00:00", "to": "24:00"}]] * 7
ALWAYS = {"zone": "UTC", "days": DAYS}


def closed_hours(message):
    """Closed now and for a day or more; open at some time of the week."""
    today = datetime.datetime.now(datetime.timezone.utc).weekday()
    days = [[{"from": "09:00", "to": "17:00"}] if (day - today) % 7 in (3, 4) else []
            for day in range(7)]
    return {"zone": "UTC", "days": days, "message": message}


class Routing(Case):
    settings = {"connected": False}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _, cls.admin = cls.world.sign_up("Ada", "admin")
        cls.robin = cls.world.staff().welcome["id"]  # who is here in other tests, too

    def put(self, what, value, status=204):
        got, _, body = self.world.post(f"/v1/settings/{what}", {"value": value}, self.admin)
        self.assertEqual(got, status, body)
        return body

    def look(self, what):
        status, _, body = self.world.get(f"/v1/settings/{what}", self.admin)
        self.assertEqual(status, 200, body)
        return json.loads(body)

    def tearDown(self):
        self.put("routing", {})
        self.put("hours", {})

    def test_kept_as_said(self):
        until(lambda: self.look("routing")["value"]["mode"] == "manual", "the default")
        self.assertEqual(self.look("hours")["value"], {})
        hours = {**ALWAYS, "holidays": [{"date": "12-25", "name": "Xmas"}], "message": "Später."}
        self.put("hours", hours)
        until(lambda: self.look("hours")["value"] == hours, "the hours")
        self.assertIn("no such time zone", self.put("hours", {**hours, "zone": "../etc"}, 400))
        self.assertIn("from 0 to 100", self.put("routing", {"limit": 101}, 400))
        self.assertIn("an object", self.put("routing", 5, 400))
        self.assertEqual(self.look("hours")["value"], hours)
        with closing(sqlite3.connect(self.world.data / "parley.db", timeout=10)) as database:
            actions = {row[0] for row in database.execute("SELECT action FROM audit")}
        self.assertIn("hours_changed", actions)

    def test_in_turn_by_skill_and_not_to_who_is_away(self):
        staff = [self.world.staff("Cleo"), self.world.staff("Dan")]
        ids = [one.welcome["id"] for one in staff]
        self.put("routing", {"mode": "round_robin", "limit": 10,
                             "members": [{"staff": ids[1], "skills": ["printer"]},
                                         {"staff": self.robin, "takes": False}]})
        owners = []
        for n in range(4):
            person = self.world.person().start(f"Number {n} waits.")
            summary = staff[0].summary(person.conversation, lambda one: one["staff"])
            owners.append(summary["staff"]["id"])
        self.assertEqual(sorted(owners), sorted(ids * 2))
        self.assertNotEqual(owners[0], owners[1])

        # Cleo is away: all goes to Dan; and everybody sees it.
        self.away(staff[0], True)
        for n in range(2):
            person = self.world.person().start(f"More of it, {n}.")
            summary = staff[1].summary(person.conversation, lambda one: one["staff"])
            self.assertEqual(summary["staff"]["id"], ids[1])
        staff[1].chat.send(t="ping")
        staff[1].chat.expect("pong")
        self.assertEqual([one["away"] for one in staff[1].team if one["id"] == ids[0]], [True])
        # Dan alone has the skill; without him nobody is given it.
        self.away(staff[0], False)
        self.away(staff[1], True)
        person = self.world.person().start("The printer burns.")
        staff[0].summary(person.conversation, lambda one: one["staff"])
        for one in staff:
            one.chat.socket.close()

    def away(self, who, is_away):
        cookie = who.cookie
        status, _, body = self.world.post("/v1/me/settings/routing", {"value": {"away": is_away}},
                                          cookie)
        self.assertEqual(status, 204, body)

    def test_closed(self):
        self.put("hours", closed_hours("We are back on Monday."))
        until(lambda: not self.look("hours")["open"], "that it is closed")
        opens = self.look("hours")["opens_at"]
        person = self.world.person().start("Is anybody there?")

        def events():
            return [row["body"] for row in person.read() if row["from"] == "event"]
        until(events, "what is said while it is closed")
        person.say("Hello?")
        person.say("Hello!")
        self.assertEqual(events(), ["We are back on Monday."])
        late = self.world.person()
        self.assertEqual(late.welcome["promise"]["opens_at"], opens)
        # It opens while they look.
        self.put("hours", ALWAYS)
        while (late.chat.expect("presence")["promise"] or {}).get("opens_at") is not None:
            pass

    def test_a_promise_that_the_last_days_bear_out(self):
        self.assertIsNone(self.world.person().welcome["promise"])
        ann = self.world.staff()
        for n in range(5):
            person = self.world.person().start(f"Answer number {n}.")
            ann.post("reply", person.conversation, body="It is done.")
        self.change("UPDATE conversation SET answered_ms = created_ms + 100000 WHERE subject LIKE "
                    "'Answer number%'")
        self.put("routing", {"promise": True})  # and it is counted anew
        until(lambda: self.look("routing")["answer_ms"] == 120000, "the promise")
        self.assertEqual(self.world.person().welcome["promise"],
                         {"answer_ms": 120000, "opens_at": None})
        self.put("routing", {"promise": False})
        until(lambda: self.look("routing")["answer_ms"] is None, "no promise")

    def test_woken_and_not_too_early(self):
        ann = self.world.staff()
        person = self.world.person().start("Wake me.")
        ann.open(person.conversation)
        later = 4_000_000_000_000
        ann.chat.send(t="snooze", client_id="sleep-until-then", until=later,
                      conversation=person.conversation)
        ann.summary(person.conversation, lambda one: one["snoozed_until"] == later)
        self.change("UPDATE conversation SET snoozed_ms = 5 WHERE snoozed_ms = ?", later)
        ann.summary(person.conversation, lambda one: one["snoozed_until"] is None)

    def change(self, text, *values):
        with closing(sqlite3.connect(self.world.data / "parley.db", timeout=10)) as database:
            with database:
                self.assertGreater(database.execute(text, values).rowcount, 0)

    def test_taken_back_from_who_has_left(self):
        ann, eve = self.world.staff(), self.world.staff("Eve")
        person = self.world.person().start("Stay with me.")
        eve.chat.send(t="assign", client_id="eve-takes-it", conversation=person.conversation,
                      staff=eve.welcome["id"])
        ann.summary(person.conversation, lambda one: one["staff"])
        self.put("routing", {"back_minutes": 1})
        self.change("UPDATE staff SET disabled_ms = 1 WHERE id = (SELECT staff FROM conversation "
                    "WHERE staff IS NOT NULL AND subject LIKE 'Stay%')")
        self.change("UPDATE conversation SET waiting_since_ms = 1000 WHERE subject LIKE 'Stay%'")
        ann.summary(person.conversation, lambda one: one["staff"] is None)


class Unanswered(unittest.TestCase):
    def age(self, world, sql):
        """A minute has gone by since."""
        with closing(sqlite3.connect(world.data / "parley.db", timeout=10)) as database:
            with database:
                database.execute(sql)

    def test_others_hear_of_it_once(self):
        box = Mailbox()
        receiver = Receiver()
        world = World(connected=False, smtp_url=box.url, mail_from="help@msp.example",
                      url="http://127.0.0.1", webhooks_private="yes")
        try:
            _, admin = world.sign_up("Ada", "admin")
            status, _, body = world.post("/v1/settings/routing", {"value": {
                "unanswered_minutes": 1, "escalate_to": ["boss@msp.example"]}}, admin)
            self.assertEqual(status, 204, body)
            status, _, body = world.post("/v1/webhooks", {
                "url": receiver.url, "events": ["conversation.unanswered"]}, admin)
            self.assertEqual(status, 200, body)
            world.stop()
            self.age(world, "UPDATE value SET changed_ms = changed_ms - 60000 WHERE key = 'routing'")
            world.start()
            person = world.person().start("The server room is warm.")
            self.age(world, "UPDATE conversation SET waiting_since_ms = waiting_since_ms - 60000")
            until(lambda: box.letters, "the letter")
            letter = box.letters[0]
            self.assertEqual(letter.to, "boss@msp.example")
            self.assertIn("The server room is warm.", letter.subject)
            self.assertIn(f"/console#c={person.conversation}", letter.part("plain"))
            until(receiver.told, "the webhook")
            self.assertEqual([(one["event"], one["conversation"]["id"])
                              for one in receiver.told()],
                             [("conversation.unanswered", person.conversation)])
            person.say("Still warm.")
            ann = world.staff()
            ann.open(person.conversation)
            until(lambda: len(person.read()) == 2, "what was said")
            self.assertEqual((len(box.letters), len(receiver.got)), (1, 1))
        finally:
            receiver.close()
            world.close()
            box.close()


if __name__ == "__main__":
    unittest.main()

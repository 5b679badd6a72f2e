"""What a technician wants to hear: kept as it was checked; and the digest, with a real mail server."""
import datetime
import json
import sqlite3
import time
import unittest
from contextlib import closing

from mailbox import Mailbox
from world import World, until

MINE = {"events": {"assigned": ["digest"], "unassigned": ["browser", "digest"]}, "text": True,
        "volume": 30, "zone": "UTC", "quiet": {"from": "18:00", "to": "08:00", "days": [6, 7]}}


def clock(minutes):
    """The time of the day so many minutes from now, and its weekday."""
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    return at.strftime("%H:%M")


class Digest(unittest.TestCase):
    def setUp(self):
        self.box = Mailbox()
        self.world = World(connected=False, smtp_url=self.box.url, mail_from="help@msp.example",
                           url="http://127.0.0.1")
        self.email, self.cookie = self.world.sign_up("Dora")

    def tearDown(self):
        self.world.close()
        self.box.close()

    def put(self, value, status=204, key="notify"):
        got, _, body = self.world.post(f"/v1/me/settings/{key}", {"value": value}, self.cookie)
        self.assertEqual(got, status, body)
        return body

    def change(self, text, *values):
        with closing(sqlite3.connect(self.world.data / "parley.db", timeout=10)) as database:
            with database:
                return database.execute(text, values).fetchall()

    def digest(self, minutes):
        return {**MINE, "digest": {"times": [clock(minutes)], "days": [1, 2, 3, 4, 5, 6, 7]}}

    def test_kept_as_checked(self):
        self.put({**self.digest(0), "other": [1] * 50})
        status, _, body = self.world.get("/v1/me/settings/notify", self.cookie)
        kept = json.loads(body)["value"]
        self.assertEqual((status, kept["quiet"], "other" in kept), (200, MINE["quiet"], False))
        self.assertEqual(kept["events"]["reply"], [])
        self.assertIn("no such time zone", self.put({**MINE, "zone": "../etc"}, 400))
        self.assertIn("0 to 100", self.put({**MINE, "volume": 101}, 400))
        self.assertIn("an object", self.put([], 400))

    def test_once_also_over_a_crash_and_nothing_when_nothing_waits(self):
        # Due just now: chosen an hour ago, missed because the server was down.
        due = self.digest(-1)
        self.put(due)
        self.put({"language": "de"}, key="language")
        self.world.server.kill()
        self.world.server.wait()
        self.change("UPDATE staff_setting SET changed_ms = changed_ms - 7200000")
        self.world.start()

        def decided():
            return self.change("SELECT slot_ms FROM staff_digest")
        until(decided, "that it was looked at")
        self.assertEqual(self.box.letters, [])

        # Something waits, and another time has come.
        person = self.world.person().start("The printer burns.")
        self.change("UPDATE staff_digest SET slot_ms = slot_ms - 86400000")
        self.world.server.kill()
        self.world.server.wait()
        self.world.start()
        letter = self.box.wait(1)[0]
        self.assertEqual(letter.to, self.email)
        self.assertEqual(letter.subject, "Parley: eine Unterhaltung wartet")
        self.assertIn("Niemand hat sie", letter.text)
        self.assertIn("Ines: The printer burns., seit 0 min", letter.text)
        self.assertIn(f"/console#c={person.conversation}", letter.text)
        # A crash between the mail server's word and ours would send it twice: not that one.
        until(lambda: self.change("SELECT 1 FROM mail WHERE kind = 6 AND state = 3"), "the end")
        for _ in range(2):
            self.world.server.kill()
            self.world.server.wait()
            self.world.start()
        self.change("SELECT 1")
        self.put(due)  # chosen anew after its time: not today
        self.world.person().start("So does the other one.")
        time.sleep(1)
        self.assertEqual(len(self.box.letters), 1)

    def test_one_that_is_refused_is_told_of(self):
        self.world.person().start("The printer burns.")
        self.put(self.digest(-1))
        self.world.server.kill()
        self.world.server.wait()
        self.change("UPDATE staff_setting SET changed_ms = changed_ms - 7200000")
        self.box.replies["RCPT"] = "550 5.1.1 no such user here"
        self.world.start()
        _, admin = self.world.sign_up("Ada", "admin")

        def parked():
            return json.loads(self.world.get("/v1/mail", admin)[2])["parked"]
        until(parked, "the refused letter")
        self.assertEqual([(one["kind"], one["to"]) for one in parked()], [("digest", self.email)])

    def test_missed_long_ago(self):
        self.world.person().start("Still here.")
        self.put(self.digest(-121))
        self.world.server.kill()
        self.world.server.wait()
        self.change("UPDATE staff_setting SET changed_ms = changed_ms - 14400000")
        self.world.start()
        _, other = self.world.sign_up("Emil")
        self.cookie, late = other, self.digest(-1)
        self.put(late)
        self.world.server.kill()
        self.world.server.wait()
        self.change("UPDATE staff_setting SET changed_ms = changed_ms - 14400000")
        self.world.start()
        self.box.wait(1)  # of who comes after
        self.assertEqual(self.change("SELECT count(*) FROM staff_digest"), [(1,)])
        self.assertNotEqual(self.box.letters[0].to, self.email)


if __name__ == "__main__":
    unittest.main()

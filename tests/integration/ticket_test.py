"""The ticket in the technician's hands: what is set here, and what meets a change made in Syncro."""
import time
import unittest

from world import Case, World, http, until

DAY_MS = 86_400_000


class Ticket(Case):
    def setUp(self):
        self.world.clear()
        self.person = self.world.person().start("The till is dead.")
        self.number = self.person.filed()
        self.staff = self.world.staff()
        self.id = self.person.conversation
        self.filed = self.summary(lambda one: one["number"] == self.number and
                                  one["state"] == "filed")

    def summary(self, test):
        return self.staff.summary(self.id, lambda one: test(one["ticket"]))["ticket"]

    def set(self, **values):
        return self.staff.post("set", self.id, **values)

    def inside(self, path, **body):
        status, _, text = http(f"{self.world.control}{path}",
                               {"ticket_id": self.world.ticket(self.number)["id"], **body})
        self.assertEqual(status, 200, text)

    def refused(self, **values):
        self.staff.chat.send(t="set", client_id="ticket-test-1", conversation=self.id, **values)
        frame = self.staff.chat.receive()
        while frame["t"] not in ("error", "ack"):
            frame = self.staff.chat.receive()
        return frame.get("code")

    def conflict(self):
        """The entry whose change met another's."""
        self.summary(lambda one: one["conflict"])
        self.staff.open(self.id)
        return next(one for one in self.staff.entries if "conflict" in one)

    def test_the_lists_are_the_accounts(self):
        lists = self.staff.welcome["options"]
        self.assertIn("Hardware", lists["problem_types"])
        self.assertIn({"id": 7002, "name": "Tomasz Wilk"}, [
            {"id": one["id"], "name": one["name"]} for one in lists["technicians"]])
        self.assertNotIn("technicians_seen", lists)

    def test_what_is_set_shows_as_pending_until_syncro_has_it(self):
        due = (int(time.time() * 1000) // DAY_MS + 3) * DAY_MS + DAY_MS // 2
        self.world.fault(kind="status", status=503, method="PUT")
        self.set(issue_type="Hardware", assignee=7002, due=due, priority="1 High")
        waiting = self.summary(lambda one: one["pending"] != {})
        self.assertEqual(waiting["pending"], {"issue_type": "Hardware", "assignee": 7002,
                                              "due": due, "priority": "1 High"})
        self.assertEqual((waiting["issue_type"], waiting["assignee_id"]),
                         (self.filed["issue_type"], 0))
        self.world.clear()
        self.staff.chat.send(t="retry", conversation=self.id)
        now = self.summary(lambda one: one["pending"] == {} and one["issue_type"] == "Hardware")
        self.assertEqual((now["assignee_id"], now["assignee"], now["due"], now["priority"]),
                         (7002, "Tomasz Wilk", due, "1 High"))
        ticket = self.world.ticket(self.number)
        self.assertEqual((ticket["problem_type"], ticket["user_id"]), ("Hardware", 7002))
        self.set(assignee=0)
        self.summary(lambda one: one["assignee_id"] == 0 and one["pending"] == {})
        self.assertIsNone(self.world.ticket(self.number)["user_id"])
        self.staff.open(self.id)
        told = [one for one in self.staff.entries if one["kind"] == "update_ticket"]
        self.assertEqual([one["change"] for one in told], [waiting["pending"], {"assignee": 0}])
        self.assertTrue(all(one["state"] == "filed" and one["done"] >= one["sent"] for one in told))

    def test_a_due_date_of_which_the_day_is_kept(self):
        """Ours is on the same day, and no conflict with itself."""
        http(f"{self.world.control}/set", {"name": "due-date", "value": "day"})
        try:
            self.set(due=1804248000000)  # 2027-03-05, 12:00 UTC
            now = self.summary(lambda one: one["pending"] == {} and one["due"] > 1804000000000)
            self.assertEqual(now["due"], 1804233600000)  # its beginning in the account's zone
            self.set(due=1804248000000)
            self.set(due=1804334400000)
            self.summary(lambda one: one["due"] == 1804320000000 and not one["conflict"])
        finally:
            http(f"{self.world.control}/set", {"name": "due-date", "value": "time"})

    def test_a_due_date_is_taken_away(self):
        """Where the PSA keeps it all the same, it is shown as the PSA has it."""
        self.set(due=1804248000000)
        self.summary(lambda one: one["pending"] == {} and one["due"] == 1804248000000)
        http(f"{self.world.control}/set", {"name": "due-clear", "value": "keep"})
        try:
            self.set(due=0)
            until(lambda: len(self.summary(lambda one: True)["pending"]) == 0, "the answer")
            self.summary(lambda one: one["pending"] == {} and one["due"] == 1804248000000)
        finally:
            http(f"{self.world.control}/set", {"name": "due-clear", "value": "clear"})
        self.set(due=0)
        self.summary(lambda one: one["pending"] == {} and one["due"] is None and
                     not one["conflict"])
        self.assertIsNone(self.world.ticket(self.number).get("due_date"))

    def test_what_the_account_does_not_have_is_refused(self):
        for values in ({"issue_type": "Witchcraft"}, {"assignee": 1}, {"status": "Odd"}):
            self.assertEqual(self.refused(**values), "not_allowed")
        for values in ({"assignee": -1}, {"assignee": "7002"}, {"due": -1}, {"due": "soon"}, {}):
            self.assertEqual(self.refused(**values), "bad_frame")

    def test_a_change_made_there_meanwhile_is_not_overwritten(self):
        self.inside("/change", status="Waiting on Customer")
        self.set(status="Resolved")
        entry = self.conflict()
        self.assertEqual(entry["conflict"], {"status": {
            "was": "New", "now": "Waiting on Customer", "mine": "Resolved"}})
        self.assertEqual(entry["state"], "given_up")
        self.assertEqual(self.world.ticket(self.number)["status"], "Waiting on Customer")
        # Nothing else waits for the decision.
        self.person.say("Are you there?")
        until(lambda: "Are you there?" in self.world.bodies(self.number), "the comment")
        self.staff.post("settle", self.id, entry=entry["id"], keep=True)
        self.summary(lambda one: one["status"] == "Resolved" and one["pending"] == {} and
                     not one["conflict"])
        self.assertEqual(self.world.ticket(self.number)["status"], "Resolved")

    def test_theirs_stays_when_staff_say_so(self):
        self.inside("/change", user_id=7003)
        self.set(assignee=7002)
        entry = self.conflict()
        self.assertEqual(entry["conflict"], {"assignee": {"was": 0, "now": 7003, "mine": 7002}})
        self.staff.post("settle", self.id, entry=entry["id"], keep=False)
        self.summary(lambda one: not one["conflict"])
        self.assertEqual(self.world.ticket(self.number)["user_id"], 7003)
        # Decided twice is decided once.
        self.staff.post("settle", self.id, entry=entry["id"], keep=True)
        self.staff.open(self.id)
        left = [one for one in self.staff.entries if one["state"] != "filed"]
        self.assertEqual([(one["id"], one.get("conflict")) for one in left], [(entry["id"], None)])

    def test_another_field_or_the_same_value_is_no_conflict(self):
        self.inside("/change", status="Resolved", priority="0 Urgent")
        self.set(status="Resolved", issue_type="Software")
        now = self.summary(lambda one: one["issue_type"] == "Software" and one["pending"] == {})
        self.assertFalse(now["conflict"])
        self.assertEqual(self.world.ticket(self.number)["priority"], "0 Urgent")


class SeenOnly(unittest.TestCase):
    """An account whose lists this API key may not read."""

    def test_who_was_seen_on_tickets_can_have_one(self):
        world = World(connected=False)
        try:
            http(f"{world.control}/set", {"name": "seven-rights-me", "value": "no"})
            world.connect()
            person = world.person().start("The till is dead.")
            number = person.filed()
            staff = world.staff()
            lists = staff.welcome["options"]
            if lists["technicians"] == []:
                lists = staff.chat.expect("options", lambda one: one["technicians"] != [])
            self.assertEqual((lists["technicians_seen"], lists["statuses"]), (True, []))
            self.assertIn({"id": 7002, "name": "Tomasz Wilk"}, lists["technicians"])
            known = {one["id"] for one in lists["technicians"]}
            staff.post("set", person.conversation, assignee=7002)
            until(lambda: world.ticket(number)["user_id"] == 7002, "the technician")
            stranger = next(one for one in range(7001, 7100) if one not in known)
            staff.chat.send(t="set", client_id="ticket-test-2", conversation=person.conversation,
                            assignee=stranger)
            frame = staff.chat.receive()
            while frame["t"] not in ("ack", "error"):
                frame = staff.chat.receive()
            self.assertEqual(frame.get("code"), "not_allowed")
        finally:
            world.close()


if __name__ == "__main__":
    unittest.main()

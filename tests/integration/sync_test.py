"""What happens in Syncro shows in the chat, and what is hidden there stays there."""
import json
import signal
import time
import unittest

from world import Case, http, until

INES = "ines.moreau@northwind.example"


class Sync(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _, cls.admin = cls.world.sign_up("Kim", "admin")
        cls.url = cls.hook()["url"]

    @classmethod
    def hook(cls, renew=False):
        if renew:
            answer = cls.world.post("/v1/connectors/syncro/webhook/renew", {}, cls.admin)
        else:
            answer = cls.world.get("/v1/connectors/syncro/webhook", cls.admin)
        assert answer[0] == 200, answer
        return json.loads(answer[2])

    def setUp(self):
        self.person = self.world.person().start("The till is dead.", email=INES)
        self.number = self.person.filed()
        self.other = self.world.person().start("Mine is a secret.")
        self.other_number = self.other.filed()

    def ticket(self):
        return self.world.ticket(self.number)

    def command(self, path, **body):
        body = {"ticket_id": self.ticket()["id"], **body}
        status, _, text = http(f"{self.world.control}{path}", body)
        self.assertEqual(status, 200, text)
        self.call()

    def call(self, body=b'{"link":"https://demo.example/tickets/1"}', url=None):
        """As Syncro's webhook: look now."""
        return http(url or self.url, body)[0]

    def user(self):
        return 7002  # Tomasz, a technician of the demo's account

    def comment(self, text, **more):
        self.command("/comment", user_id=self.user(), subject="Update", body=text, **more)
        return next(one for one in self.ticket()["comments"] if one["body"] == text)["id"]

    def test_a_technicians_comment_shows_once(self):
        self.comment("Have you tried the switch?")
        heard = self.person.chat.expect("messages")["messages"][0]
        self.assertEqual((heard["from"], heard["body"]), ("staff", "Have you tried the switch?"))
        self.person.say("Yes, twice.")
        until(lambda: "Yes, twice." in self.world.bodies(self.number), "the answer")
        self.comment("Then I come by.")
        self.person.chat.expect("messages", lambda one: one["messages"][0]["body"] == "Then I come by.")
        self.assertEqual([(one["from"], one["body"]) for one in self.person.read()],
                         [("person", "The till is dead."), ("staff", "Have you tried the switch?"),
                          ("person", "Yes, twice."), ("staff", "Then I come by.")])
        self.assertEqual([one["body"] for one in self.other.read()], ["Mine is a secret."])

    def test_hidden_comments_are_notes(self):
        self.comment("HIDDEN: the boss must not know", hidden=True)
        self.comment("We look into it.")
        self.person.chat.expect("messages", lambda one: "look into" in one["messages"][0]["body"])
        self.assertNotIn("HIDDEN", str(self.person.read()))
        staff = self.world.staff()
        said = [(one["from"], one["body"]) for one in staff.open(self.person.conversation)]
        self.assertIn(("note", "HIDDEN: the boss must not know"), said)

    def test_closed_there_is_closed_here(self):
        self.command("/change", status="Resolved")
        told = self.person.chat.expect("messages")["messages"][0]
        self.assertEqual(told["from"], "event")
        self.assertIn("closed (Resolved)", told["body"])
        self.command("/change", status="In Progress")
        told = self.person.chat.expect("messages")["messages"][0]
        self.assertIn("open again", told["body"])

    def test_who_writes_in_a_closed_ticket_opens_it(self):
        self.command("/change", status="Resolved")
        self.person.chat.expect("messages")
        self.person.say("It is dead again.")
        until(lambda: self.ticket()["status"] != "Resolved", "the ticket's status")
        self.assertIn("It is dead again.", self.world.bodies(self.number))
        self.call()
        told = self.person.chat.expect("messages", lambda one: one["messages"][0]["from"] == "event")
        self.assertIn("open again", told["messages"][0]["body"])
        self.assertEqual(self.world.ticket(self.other_number)["status"], "New")

    def test_edited_hidden_shown_and_removed_there(self):
        """Each change reaches the person, and what is hidden leaves their view."""
        comment = self.comment("The fee is 100.")
        seq = self.person.chat.expect("messages")["messages"][0]["seq"]

        def change(path, **body):
            self.command(path, comment_id=comment, **body)
            return self.person.chat.expect("changed", lambda one: one["seq"] == seq)

        edited = change("/comment_edit", body="The fee is 90.")["messages"][0]
        self.assertEqual(edited["body"], "The fee is 90.")
        self.assertIn("edited", edited)
        self.assertNotIn("messages", change("/comment_hide", hidden=True))
        self.assertNotIn("fee", str(self.person.read()))
        self.assertEqual(change("/comment_hide", hidden=False)["messages"][0]["from"], "staff")
        self.assertNotIn("messages", change("/comment_delete"))
        self.assertNotIn("fee", str(self.person.read()))
        note = next(one for one in self.world.staff().open(self.person.conversation)
                    if one["seq"] == seq)
        self.assertEqual((note["from"], note.get("removed")), ("note", True))

    def test_what_changed_while_somebody_was_away(self):
        """A browser that comes back and asks for what is new learns what it has to forget."""
        first, second = self.comment("The fee is 100."), self.comment("HIDDEN: too cheap")
        self.person.chat.expect("messages", lambda one: "HIDDEN" in one["messages"][0]["body"])
        last = self.person.read()[-1]["seq"]
        self.person.chat.socket.close()
        self.command("/comment_edit", comment_id=first, body="The fee is 90.")
        self.command("/comment_hide", comment_id=second, hidden=True)
        staff = self.world.staff()
        until(lambda: [one["from"] for one in staff.open(self.person.conversation)][-2:] ==
              ["staff", "note"], "both changes")
        back = self.world.person(self.person.token)
        back.chat.send(t="resume", conversation=back.conversation, since=last)
        changed = [back.chat.expect("changed") for _ in range(2)]
        self.assertNotIn("HIDDEN", json.dumps(changed))
        by_seq = {one["seq"]: one.get("messages") for one in changed}
        self.assertEqual(by_seq[last - 1][0]["body"], "The fee is 90.")
        self.assertIsNone(by_seq[last])
        self.assertEqual(self.other.read(1), [])

    def test_a_ticket_that_is_deleted_is_begun_anew(self):
        gone = self.ticket()["id"]
        self.command("/ticket_delete")
        self.person.say("Is anybody there?")
        told = self.person.chat.expect("messages", lambda one: one["messages"] and
                                       one["messages"][0]["from"] == "event")["messages"][0]
        self.assertIn("begins a new one", told["body"])
        until(lambda: any("Is anybody there?" in comment["body"] for ticket in self.world.tickets()
                          for comment in ticket["comments"]), "the new ticket")
        self.assertNotIn(gone, [one["id"] for one in self.world.tickets()])

    def test_what_the_contact_wrote_by_email_is_not_for_who_typed_the_address(self):
        self.command("/reply", body="EMAIL: from the contact")
        staff = self.world.staff()
        until(lambda: any("EMAIL" in one["body"] for one in staff.open(self.person.conversation)),
              "the reply")
        self.assertNotIn("EMAIL", str(self.person.read()))

    def test_the_webhook_is_for_who_knows_it(self):
        self.assertEqual(self.call(), 204)
        self.assertEqual(self.call(b""), 204)
        self.assertEqual(self.call(url=self.url[:-1] + ("0" if self.url[-1] != "0" else "1")), 404)
        self.assertEqual(self.call(url=self.url[:-1]), 404)
        self.assertEqual(self.call(b"x" * 300000), 413)
        old, self.__class__.url = self.url, self.hook(renew=True)["url"]
        self.assertEqual(self.call(url=old), 404)
        self.assertIsNone(self.hook()["heard"])
        self.assertEqual(self.call(), 204)
        self.assertIsNotNone(self.hook()["heard"])

    def test_a_flood_of_calls_is_a_few_polls(self):
        def polls():
            paths = json.loads(http(f"{self.world.control}/stats")[2])["paths"]
            return sum(count for path, count in paths.items() if path.startswith("GET /tickets"))

        self.assertGreater(polls(), 0)
        before, began = polls(), time.monotonic()
        for _ in range(300):
            self.assertEqual(self.call(b'{"link":"https://demo.example/tickets/999"}'), 204)
        time.sleep(3)
        self.assertLessEqual(polls() - before, 3 * (2 + (time.monotonic() - began) / 2))

    def test_a_date_in_the_future_hides_nothing(self):
        """A change of Syncro's that is dated a day ahead does not move the poll past the next."""
        self.world.fault(kind="clock_skew", ms=86_400_000, method="POST", times=1)
        self.person.say("Dated tomorrow.")
        until(lambda: "Dated tomorrow." in self.world.bodies(self.number), "the comment")
        self.call()
        time.sleep(3)
        self.world.clear()
        self.comment("Dated today.")
        self.person.chat.expect("messages", lambda one: one["messages"][0]["body"] == "Dated today.")
        self.assertEqual([one["body"] for one in self.person.read()].count("Dated tomorrow."), 1)

    def test_all_forms_and_orders(self):
        """Whatever nobody knows for sure about Syncro, the conversation is the same."""
        for name, value, usual in (("date-form", "offset", "z"), ("tickets-order", "updated", "newest"),
                                   ("tickets-order", "oldest", "newest"),
                                   ("tickets-page", "1", "25"), ("per-page-max", "1", "100"),
                                   ("since-bound", "from", "after")):
            with self.subTest(name=name, value=value):
                self.switch(name, value)
                try:
                    self.comment(f"With {name} {value}.")
                    self.person.chat.expect("messages", lambda one: one["messages"][0]["body"] ==
                                            f"With {name} {value}.")
                finally:
                    self.switch(name, usual)
        self.assertEqual([one["body"] for one in self.other.read()], ["Mine is a secret."])

    def switch(self, name, value):
        status, _, text = http(f"{self.world.control}/set", {"name": name, "value": value})
        self.assertEqual(status, 200, text)

    def test_comments_that_do_not_touch_their_ticket(self):
        self.switch("comment-touches-ticket", "no")
        self.switch("ticket-comments", "on")
        self.addCleanup(self.switch, "comment-touches-ticket", "yes")
        self.addCleanup(self.switch, "ticket-comments", "off")
        self.world.stop()  # it may have learned that there is no such list
        self.world.start()
        person = self.world.person(self.person.token)
        person.read()
        self.comment("It did not touch.")
        for _ in range(4):
            self.call()
            time.sleep(2.2)
        person.chat.expect("messages", lambda one: one["messages"][-1]["body"] == "It did not touch.")

    def test_merged_into_another_persons_ticket(self):
        """The one ticket shows both, each once; who lost theirs is told, and begins anew."""
        for how in ("move", "copy"):
            with self.subTest(how=how):
                self.switch("merge-comments", how)
                self.addCleanup(self.switch, "merge-comments", "move")
                person = self.world.person().start(f"First {how}.")
                other = self.world.person().start(f"Second {how}.")
                third = self.world.person().start("Not theirs.")
                tickets = [self.world.ticket(one.filed())["id"] for one in (person, other)]
                self.command("/ticket_merge", **{"from": tickets[0], "into": tickets[1],
                                                "user_id": self.user()})
                person.say(f"More of {how}.")
                told = person.chat.expect("messages", lambda one: one["messages"][0]["from"] == "event")
                self.assertIn("merged into another", told["messages"][0]["body"])
                staff = self.world.staff()

                def times():
                    said = [one["body"] for one in staff.open(other.conversation)]
                    return sum(f"First {how}." in one for one in said)
                until(lambda: times() > 0, "what was said in the other ticket")
                time.sleep(1)
                self.call()
                time.sleep(3)
                self.assertEqual(times(), 1)
                # Of a person's side, and these browsers have proved nothing.
                self.assertNotIn("First", str(other.read()))
                until(lambda: any(f"More of {how}." in comment["body"] for ticket in
                                  self.world.tickets() for comment in ticket["comments"]), "anew")
                self.assertEqual(len(third.read()), 1)

    def test_not_twice_when_it_starts_again(self):
        self.comment("Just once.")
        self.person.chat.expect("messages")
        self.world.stop()
        self.world.start()
        self.person = self.world.person(self.person.token)
        self.comment("After the start.")
        self.person.chat.expect("messages", lambda one: "After" in one["messages"][0]["body"])
        bodies = [one["body"] for one in self.person.read()]
        self.assertEqual(bodies.count("Just once."), 1, bodies)


class Killed(Sync):
    """In a world of its own: what a killed server has reserved of the rate limit is spent."""

    def test_killed_between_two_steps(self):
        """Each comment becomes one message, wherever the server dies."""
        for n in range(2):
            self.comment(f"Number {n}.")
            time.sleep(0.15 * n)
            self.world.server.send_signal(signal.SIGKILL)
            self.world.server.wait()
            self.world.start()
        person = self.world.person(self.person.token)
        self.call()
        wanted = [f"Number {n}." for n in range(2)]
        until(lambda: [one["body"] for one in person.read() if "Number" in one["body"]] == wanted,
              "each once, in order", 30)
        other = self.world.person(self.other.token)
        self.assertEqual([one["body"] for one in other.read()], ["Mine is a secret."])


for name in [name for name in dir(Sync) if name.startswith("test_")]:
    setattr(Killed, name, None)


if __name__ == "__main__":
    unittest.main()

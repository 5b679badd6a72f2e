"""What happens in Syncro shows in the chat, and what is hidden there stays there."""
import time
import unittest

from world import Case, http, until

INES = "ines.moreau@northwind.example"


class Sync(Case):
    settings = {}

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


if __name__ == "__main__":
    unittest.main()

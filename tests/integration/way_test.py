"""The way of what is said: person, technician, Syncro, and trouble on the way."""
import json
import unittest

from world import World, http, until


class Way(unittest.TestCase):
    def world(self, **options):
        world = World(**options)
        self.addCleanup(world.close)
        return world

    def test_there_and_back(self):
        world = self.world()
        person = world.person().start("The till is dead.", email="ines.moreau@northwind.example")
        number = person.filed()
        staff = world.staff()
        self.assertEqual([one["id"] for one in staff.inbox], [person.conversation])
        staff.open(person.conversation)
        staff.post("reply", person.conversation, body="Which till?")
        heard = person.chat.expect("messages")["messages"][0]
        self.assertEqual((heard["from"], heard["name"], heard["body"]),
                         ("staff", "Robin", "Which till?"))
        staff.post("note", person.conversation, body="Third time.")
        staff.post("set", person.conversation, status="In Progress")
        until(lambda: world.ticket(number)["status"] == "In Progress", "the status")
        comments = {one["body"].split("\n")[0]: one for one in world.ticket(number)["comments"]}
        hidden = {part: one["hidden"] for part in ("Which till?", "Third time.")
                  for body, one in comments.items() if part in one["body"]}
        self.assertEqual(hidden, {"Which till?": False, "Third time.": True})

    def test_only_the_accounts_own_values(self):
        world = self.world()
        person = world.person().start("Help")
        staff = world.staff()
        until(lambda: world.staff().welcome["options"]["statuses"], "the lists")
        staff.chat.send(t="set", client_id="wrong-value-1", conversation=person.conversation,
                        status="Nonsense")
        while True:
            frame = staff.chat.receive()
            if frame["t"] in ("ack", "error"):
                break
        self.assertEqual((frame["t"], frame.get("code")), ("error", "not_allowed"))

    def test_a_token_that_is_switched_off(self):
        world = self.world()
        person = world.person().start("One")
        number = person.filed()
        self.assertEqual(http(f"{world.control}/token", {"token": world.token, "enabled": False})[0],
                         200)
        for text in ("Two", "Three"):
            person.say(text)
        staff = world.staff()
        held = staff.summary(person.conversation, lambda one: one["ticket"]["reason"])
        self.assertIn("does not let this API key in", held["ticket"]["reason"])
        http(f"{world.control}/token", {"token": world.token, "enabled": True})
        world.connect()  # the administrator sets it again
        until(lambda: "Three" in world.bodies(number), "the rest", 40)
        bodies = world.bodies(number)
        for text in ("One", "Two", "Three"):
            self.assertEqual(bodies.count(text), 1, bodies)
        self.assertLess(bodies.index("Two"), bodies.index("Three"))

    def test_parked_says_why_and_is_filed_after_retry(self):
        world = self.world(fallback=False)
        person = world.person().start("Nobody knows me.")
        staff = world.staff()
        staff.summary(person.conversation, lambda one: one["ticket"]["state"] == "parked")
        parked = world.staff().inbox[0]["ticket"]
        self.assertEqual(parked["state"], "parked")
        self.assertIn("No company is known", parked["reason"])
        found = json.loads(http(f"{world.origin}/api/v1/customers?business_name=Unsorted",
                                Authorization=f"Bearer {world.token}")[2])
        world.fallback = found["customers"][0]["id"]
        world.connect()
        staff.chat.send(t="retry", conversation=person.conversation)
        self.assertTrue(person.filed())

    def test_lost_answers_make_no_doubles(self):
        world = self.world()
        world.fault(kind="reset_after", method="POST", times=1)
        person = world.person().start("Once only")
        number = person.filed()
        world.fault(kind="status", status=502, effect=True, method="POST", times=1)
        person.say("Twice?")
        until(lambda: "Twice?" in world.bodies(number), "the comment", 30)
        staff = world.staff()
        staff.summary(person.conversation, lambda one: one["ticket"]["state"] == "filed")
        self.assertEqual(world.bodies(number).count("Twice?"), 1)
        self.assertEqual(sum("Once only" in json.dumps(one["comments"])
                             for one in world.tickets()), 1)


unittest.main()

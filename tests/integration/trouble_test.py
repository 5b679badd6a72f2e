"""Syncro in trouble: the chat goes on, the console says what is wrong, and all is filed once."""
import json
import secrets
import time
import unittest

from world import World, http, run, until, PARLEY

KNOWN = "ines.moreau@northwind.example"


class Trouble(unittest.TestCase):
    def world(self, **options):
        world = World(**options)
        self.addCleanup(world.close)
        return world

    def switch(self, world, token=None, **more):
        status, _, body = http(f"{world.control}/token", {"token": token or world.token, **more})
        self.assertEqual(status, 200, body)

    def tickets_with(self, world, text):
        return [one for one in world.tickets() if text in json.dumps(one["comments"])]

    def in_order(self, text, parts):
        self.assertEqual([text.count(part) for part in parts], [1] * len(parts), text)
        places = [text.find(part) for part in parts]
        self.assertEqual(places, sorted(places), text)

    def talk_while_held(self, world, old):
        """One with a ticket and one without go on, while Syncro lets nobody in."""
        parts = [f"Part {number}." for number in range(6)]
        for part in parts:
            began = time.monotonic()
            old.say(part)
            self.assertLess(time.monotonic() - began, 8, "the ack waits for nobody")
        until(lambda: "is=held" in world.log(), "the refusal")
        new = world.person().start("I am new.")
        state = new.chat.expect("ticket", lambda one: one["state"] != "waiting")
        self.assertEqual((state["state"], state["number"]), ("delayed", None))
        ticket = world.person(new.token).welcome["conversation"]["ticket"]
        self.assertEqual((ticket["number"], ticket["state"], ticket["status"]),
                         (None, "delayed", None))
        staff = world.staff()
        staff.open(new.conversation)
        self.assertEqual([(one["kind"], one["state"]) for one in staff.entries],
                         [("create_ticket", "waiting")])
        self.assertIn("does not let this API key in", staff.entries[0]["reason"])
        inbox = {one["id"]: one["ticket"] for one in staff.inbox}
        self.assertNotEqual(inbox[old.conversation]["state"], "filed")
        return parts, new

    def all_is_filed(self, world, number, old, parts, new):
        until(lambda: parts[-1] in world.bodies(number), "the comments", 60)
        self.in_order(world.bodies(number), ["Before.", *parts])
        new.chat.socket.settimeout(60)
        self.assertIn("I am new.", world.bodies(new.filed()))
        self.assertEqual(len(self.tickets_with(world, "I am new.")), 1)
        self.assertEqual(len(self.tickets_with(world, "Before.")), 1)
        for person in (old, new):
            until(lambda: {one["id"]: one["ticket"] for one in world.staff().inbox}
                  [person.conversation]["state"] == "filed", "the state filed", 10)

    def test_a_token_that_is_switched_on_again(self):
        """Nobody sets anything in Parley: it asks again by itself."""
        world = self.world(sockets_per_address=1000)
        old = world.person().start("Before.", KNOWN)
        number = old.filed()
        self.switch(world, enabled=False)
        parts, new = self.talk_while_held(world, old)
        self.switch(world, enabled=True)
        self.all_is_filed(world, number, old, parts, new)

    def test_a_token_that_is_replaced(self):
        world = self.world(sockets_per_address=1000)
        old = world.person().start("Before.", KNOWN)
        number = old.filed()
        self.switch(world, enabled=False)
        parts, new = self.talk_while_held(world, old)
        world.token = "T" + secrets.token_hex(16)
        self.switch(world)
        world.connect()
        self.all_is_filed(world, number, old, parts, new)

    def test_a_refused_match_is_due_with_the_new_token(self):
        """Refused while it was asked whose ticket it is: its time comes with the new token."""
        world = self.world()
        until(lambda: "is=ok" in world.log(), "the first call")
        self.switch(world, enabled=False)
        person = world.person().start("Who am I?")
        until(lambda: "is=held" in world.log(), "the refusal")
        self.assertIn("call=customers_list outcome=hold", world.log())
        world.token = "T" + secrets.token_hex(16)
        self.switch(world)
        world.connect()
        until(lambda: world.log().count("is=ok") > 1, "the new token")
        until(lambda: self.tickets_with(world, "Who am I?"), "the ticket", 8)
        self.assertTrue(person.filed())

    def test_a_wrong_token_of_a_person_who_waits(self):
        """The server was never let in; a restart in between loses nothing."""
        world = self.world()
        self.switch(world, enabled=False)
        person = world.person().start("From the start.")
        person.chat.expect("ticket", lambda one: one["state"] == "delayed")
        self.assertEqual(world.stop(), 0)
        self.switch(world, enabled=True)
        world.start()
        again = world.person(person.token)
        until(lambda: self.tickets_with(world, "From the start."), "the ticket")
        again.say("And on.")
        until(lambda: "And on." in json.dumps(world.tickets()), "the comment")
        (ticket,) = self.tickets_with(world, "From the start.")
        self.in_order(world.bodies(ticket["number"]), ["From the start.", "And on."])

    def test_without_a_connector_it_waits(self):
        world = self.world(connected=False)
        person = world.person().start("Nobody is connected.")
        person.say("Still here.")
        self.assertEqual(person.welcome["staff"], False)
        time.sleep(0.3)
        self.assertEqual(self.tickets_with(world, "Nobody is connected."), [])
        world.connect()
        number = person.filed()
        until(lambda: "Still here." in world.bodies(number), "the comment")
        self.in_order(world.bodies(number), ["Nobody is connected.", "Still here."])

    def test_syncro_fails_and_comes_back(self):
        for fault in ({"kind": "status", "status": 503}, {"kind": "html"},
                      {"kind": "reset_before"}):
            with self.subTest(fault):
                world = World()
                try:
                    world.fault(times=2, **fault)
                    person = world.person().start("Through it.")
                    until(lambda: self.tickets_with(world, "Through it."), "the ticket", 40)
                    person.chat.socket.settimeout(100)
                    if fault["kind"] != "html":
                        self.assertTrue(person.filed())
                    self.assertEqual(len(self.tickets_with(world, "Through it.")), 1)
                finally:
                    world.close()


class Console(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World(fallback=False)

    @classmethod
    def tearDownClass(cls):
        cls.world.close()

    def refused(self, staff, **frame):
        staff.chat.send(**frame)
        while True:
            answer = staff.chat.receive()
            if answer["t"] in ("ack", "error"):
                self.assertEqual(answer["t"], "error", answer)
                return answer["code"]

    def lists(self):
        until(lambda: self.world.staff().welcome["options"]["statuses"], "the lists")
        return self.world.staff().welcome["options"]

    def test_every_value_of_the_lists_and_no_other(self):
        person = self.world.person().start("Set me.", KNOWN)
        number = person.filed()
        lists = self.lists()
        staff = self.world.staff()
        status, priority = lists["statuses"][-2], lists["priorities"][-1]
        self.assertNotEqual(self.world.ticket(number)["status"], status)
        staff.post("set", person.conversation, status=status)
        staff.post("set", person.conversation, priority=priority)
        until(lambda: (self.world.ticket(number)["status"], self.world.ticket(number)["priority"])
              == (status, priority), "status and priority")
        self.assertEqual(person.chat.expect("ticket", lambda one: one["status"] == status)["number"],
                         number)
        for more in ({"status": status.lower()}, {"status": ""}, {"status": status + " "},
                     {"priority": status}, {"status": status, "priority": "Nonsense"}):
            self.assertEqual(self.refused(staff, t="set", client_id="wrong-" + secrets.token_hex(4),
                                          conversation=person.conversation, **more),
                             "not_allowed", more)
        self.assertEqual(self.refused(staff, t="set", client_id="wrong-0001",
                                      conversation=person.conversation), "bad_frame")
        time.sleep(0.3)
        self.assertEqual((self.world.ticket(number)["status"],
                          self.world.ticket(number)["priority"]), (status, priority))

    def test_the_same_change_twice_is_one(self):
        person = self.world.person().start("Twice.", KNOWN)
        number = person.filed()
        status = self.lists()["statuses"][-2]
        staff = self.world.staff()
        for _ in range(2):
            staff.chat.send(t="set", client_id="same-set-01", conversation=person.conversation,
                            status=status)
            self.assertEqual(staff.chat.expect("ack")["seq"], 0)
        until(lambda: self.world.ticket(number)["status"] == status, "the status")
        staff.open(person.conversation)
        self.assertEqual([one["kind"] for one in staff.entries].count("update_ticket"), 1)

    def test_the_ticket_is_that_of_the_persons_company(self):
        person = self.world.person().start("Whose?", KNOWN)
        number = person.filed()
        summary = next(one for one in self.world.staff().inbox if one["id"] == person.conversation)
        ticket = self.world.ticket(number)
        full = json.loads(http(f"{self.world.origin}/api/v1/tickets/{ticket['id']}",
                               Authorization=f"Bearer {self.world.token}")[2])["ticket"]
        self.assertEqual(summary["company"], full["customer_business_then_name"])
        self.assertEqual(summary["ticket"]["number"], number)
        self.assertEqual(summary["ticket"]["url"], f"{self.world.origin}/tickets/{ticket['id']}")
        self.assertIn(person.reference, self.world.bodies(number))

    def test_a_reply_comes_at_once_and_becomes_a_public_comment(self):
        person = self.world.person().start("Hello?", KNOWN)
        number = person.filed()
        staff = self.world.staff()
        self.assertTrue(person.chat.expect("presence")["staff"])
        self.world.fault(kind="delay", method="POST", ms=9000, times=1)
        began = time.monotonic()
        staff.post("reply", person.conversation, body="Public answer.")
        staff.post("note", person.conversation, body="Hidden remark.")
        person.chat.expect("messages", lambda one: one["messages"][0]["body"] == "Public answer.")
        self.assertLess(time.monotonic() - began, 8, "it waits for Syncro")
        until(lambda: "Hidden remark." in self.world.bodies(number), "the note")
        hidden = {text: [one["hidden"] for one in self.world.ticket(number)["comments"]
                         if text in one["body"]] for text in ("Public answer.", "Hidden remark.")}
        self.assertEqual(hidden, {"Public answer.": [False], "Hidden remark.": [True]})

    def test_retry_before_it_is_mended_parks_again(self):
        person = self.world.person().start("Nobody knows me.")
        until(lambda: self.summary(person)["ticket"]["state"] == "parked", "the park")
        self.assertEqual(self.world.person(person.token).welcome["conversation"]["ticket"]["state"],
                         "delayed")
        person.say("I wait.")
        staff = self.world.staff()
        staff.open(person.conversation)
        before = staff.entries
        self.assertIn("No company is known", before[0]["reason"])
        staff.chat.send(t="retry", conversation=person.conversation)
        again = staff.chat.expect("outbox", lambda one: one["entries"][0]["state"] == "parked" and
                                  one["entries"][0]["attempts"] > before[0]["attempts"])
        self.assertEqual(again["entries"][0]["reason"], before[0]["reason"])
        self.assertNotIn("Nobody knows me.", json.dumps(self.world.tickets()))
        _, _, body = http(f"{self.world.origin}/api/v1/customers?business_name=Unsorted",
                          Authorization=f"Bearer {self.world.token}")
        customer = json.loads(body)["customers"][0]["id"]
        done = run(PARLEY, "connector", "set", "syncro", "--subdomain", "demo", "--token-file", "-",
                   "--data", self.world.data, "--fallback-customer", customer,
                   stdin=self.world.token)
        self.assertEqual(done.returncode, 0)
        number = person.filed()
        until(lambda: "I wait." in self.world.bodies(number), "the rest")
        self.assertEqual(self.world.ticket(number)["customer_id"], customer)
        self.assertEqual(self.world.bodies(number).count("Nobody knows me."), 1)

    def summary(self, person):
        return next(one for one in self.world.staff().inbox if one["id"] == person.conversation)


unittest.main()

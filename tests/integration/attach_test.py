"""A conversation leaves its ticket, or gets another; what waits goes along, and no secret comes in."""
import json
import unittest

from world import Case, http, until

INES = "ines.moreau@northwind.example"
NORTHWIND, COBALT = 29140031, 29140033
JONAS, AMARA, LENA = 5160042, 5160043, 5160048


class Attach(Case):
    def setUp(self):
        self.world.clear()
        self.person = self.world.person().start("The till is dead.")
        self.number = self.person.filed()
        self.id = self.person.conversation
        self.staff = self.world.staff()
        self.ticket = self.summary(lambda one: one["state"] == "filed")["id"]

    def summary(self, test):
        return self.staff.summary(self.id, lambda one: test(one["ticket"]))["ticket"]

    def post(self, path, **body):
        status, _, text = self.world.post(path, body, self.world.cookie())
        return status, json.loads(text) if text else None

    def leave(self, then, ticket=None):
        return self.post(f"/v1/conversations/{self.id}/detach", then=then,
                         ticket=self.ticket if ticket is None else ticket)

    def attach(self, ticket, was=None, **more):
        return self.post(f"/v1/conversations/{self.id}/attach", ticket=ticket,
                         was=self.ticket if was is None else was, **more)

    def make(self, subject, customer=NORTHWIND, contact=JONAS, **more):
        before = {one["id"] for one in self.world.tickets()}
        status, _, text = http(f"{self.world.control}/ticket_new", {
            "customer_id": customer, "contact_id": contact, "user_id": 7002, "subject": subject,
            "body": f"{subject}, he says.", **more})
        self.assertEqual(status, 200, text)
        return next(one for one in self.world.tickets() if one["id"] not in before)

    def told(self):
        return [one["body"] for one in self.person.read() if one["from"] == "event"]

    def test_the_next_message_makes_a_new_ticket(self):
        self.assertEqual(self.leave("next", 1)[1]["code"], "moved_on")
        self.assertEqual(self.leave("next"), (204, None))
        self.assertEqual(self.leave("next")[1]["code"], "moved_on")
        self.assertIsNone(self.summary(lambda one: one["number"] is None)["id"])
        self.assertEqual(self.told(), [
            f"This conversation goes on without ticket #{self.number}."])
        self.person.say("Now the printer.")
        number = self.summary(lambda one: one["number"] not in (None, self.number))["number"]
        until(lambda: "Now the printer." in self.world.bodies(number), "the new ticket")
        self.assertNotIn("Now the printer.", self.world.bodies(self.number))
        self.assertIn("Now the printer.", self.world.ticket(number)["comments"][0]["body"])

    def test_a_new_one_is_made_once_though_its_answer_is_lost(self):
        before = len(self.world.tickets())
        self.world.fault(kind="reset_after", method="POST", times=1)
        self.assertEqual(self.leave("new")[0], 204)
        number = self.summary(lambda one: one["number"] not in (None, self.number))["number"]
        self.assertEqual(len(self.world.tickets()), before + 1)
        text = self.world.bodies(number)
        self.assertIn("The till is dead.", text)
        self.assertIn(f"about #{self.number}", text)
        self.summary(lambda one: one["state"] == "filed")
        self.assertEqual([one["from"] for one in self.staff.open(self.id)], ["person", "event"])

    def test_none_until_staff_say_so(self):
        self.assertEqual(self.leave("none")[0], 204)
        self.person.say("Only between us.")
        self.staff.post("reply", self.id, body="Nobody reads along.")
        self.summary(lambda one: one["id"] is None)
        self.assertEqual(self.leave("new", 0)[0], 204)
        number = self.summary(lambda one: one["number"] is not None)["number"]
        until(lambda: "Only between us." in self.world.bodies(number), "what the person said")
        self.assertNotIn("between us", self.world.bodies(self.number))

    def test_while_something_may_be_on_its_way_nothing_is_cut_off(self):
        self.world.fault(kind="delay", ms=3000, method="POST")
        self.person.say("This takes long.")
        until(lambda: self.staff.open(self.id) and self.staff.entries[-1]["state"] in
              ("sending", "in_doubt"), "the sending")
        self.assertEqual(self.leave("next")[1]["code"], "on_its_way")
        self.assertEqual(self.attach(self.make("A lamp")["id"], confirm=True)[1]["code"],
                         "on_its_way")
        self.world.clear()
        self.summary(lambda one: one["state"] == "filed")
        self.assertEqual(self.leave("next")[0], 204)

    def test_found_by_number_and_by_words(self):
        made = self.make("The espresso machine hums")
        for query in (str(made["number"]), f" #{made['number']} ", "espresso"):
            status, answer = self.post("/v1/psa/tickets", query=query)
            self.assertEqual(status, 200, answer)
            self.assertEqual([(one["id"], one["number"], one["company"], one["contact"])
                              for one in answer["tickets"]],
                             [(made["id"], made["number"], "Northwind Bakery", "Jonas Feld")])
        self.assertEqual(self.post("/v1/psa/tickets", query="no such thing")[1],
                         {"tickets": [], "more": False})
        self.assertEqual(self.post("/v1/psa/tickets", query="")[0], 400)

    def test_a_ticket_of_somebody_else_needs_a_word_and_stays_theirs(self):
        made = self.make("The safe", contact=JONAS, answer="PUBLIC SECRET", note="HIDDEN SECRET")
        self.assertEqual(self.attach(made["id"])[1]["code"], "other_company")
        self.assertEqual(self.summary(lambda one: True)["id"], self.ticket)
        self.assertEqual(self.attach(made["id"], confirm=True)[0], 204)
        self.assertEqual(self.summary(lambda one: one["id"] == made["id"])["number"],
                         str(made["number"]))
        self.assertEqual(self.told(), [f"This conversation is about ticket #{made['number']} now."])
        # Read in for staff; the person, who proved nothing, sees what is said from now on.
        until(lambda: {"PUBLIC SECRET", "HIDDEN SECRET", "The safe, he says."} <= {
            one["body"] for one in self.staff.open(self.id) if one["from"] == "note"}, "the notes")
        http(f"{self.world.control}/comment", {"ticket_id": made["id"], "user_id": 7002,
                                               "subject": "Update", "body": "We come today."})
        self.person.chat.expect("messages", lambda one: one["messages"][0]["body"] ==
                                "We come today.")
        self.assertNotIn("SECRET", str(self.person.read()))
        self.assertNotIn("he says", str(self.person.read()))
        self.person.say("Good.")
        until(lambda: "Good." in self.world.bodies(made["number"]), "the answer")

    def test_ones_own_ticket_needs_none_and_is_read_in(self):
        jonas = self.world.verified("jonas.feld@northwind.example", "Jonas Feld", JONAS, NORTHWIND)
        jonas.start("Hello again.", email="jonas.feld@northwind.example")
        self.person, self.id = jonas, jonas.conversation
        self.number = jonas.filed()
        self.ticket = self.summary(lambda one: one["state"] == "filed" and one["id"])["id"]
        made = self.make("The old case", answer="We ordered it.")
        self.assertEqual(self.attach(made["id"])[0], 204)
        self.person.chat.expect("messages", lambda one: "We ordered it." in
                                [m["body"] for m in one["messages"]])
        self.assertIn(("person", "The old case, he says."),
                      [(one["from"], one["body"]) for one in self.person.read()])

    def test_what_cannot_be_attached(self):
        other = self.world.person().start("Another's.")
        number = other.filed()
        taken = self.world.ticket(number)["id"]
        self.assertEqual(self.attach(taken, confirm=True)[1]["code"], "taken")
        self.assertEqual(self.attach(4711)[1]["code"], "no_ticket")
        self.assertEqual(self.attach(self.ticket)[0], 400)
        self.assertEqual(self.attach("x")[0], 400)
        self.assertEqual(self.attach(self.make("x")["id"], was=1, confirm=True)[1]["code"],
                         "moved_on")
        self.assertEqual(self.post("/v1/conversations/nonsense/attach", ticket=1, was=0)[0], 404)


if __name__ == "__main__":
    unittest.main()

"""My tickets: the frames of somebody who has proved who they are."""
import json
import time
import unittest

from world import Case, Failed, http, until

NORTHWIND, INES, JONAS, AMARA = 29140031, 5160041, 5160042, 5160043
COBALT, ROSA, LENA = 29140033, 5160046, 5160048


class Tickets(Case):
    settings = {"sockets_per_address": 1000, "messages_per_minute": 1000, "message_burst": 1000}

    def command(self, path, **body):
        status, _, text = http(f"{self.world.control}{path}", body)
        self.assertEqual(status, 200, text)
        return json.loads(text)

    def jonas(self, **more):
        return self.world.verified("jonas.feld@northwind.example", "Jonas Feld", JONAS, NORTHWIND,
                                   **more)

    def lena(self):
        return self.world.verified("lena.park@cobaltfreight.example", "Lena Park", LENA, COBALT)

    def by_phone(self, subject, **more):
        """A ticket that somebody made in Syncro, for Jonas; its number once it has come."""
        more = {"body": f"{subject}.", "answer": "We come on Monday.", "note": "HIDDEN: he is rude",
                "priority": "2 Normal", "status": "In Progress", **more}
        self.command("/ticket_new", customer_id=NORTHWIND, contact_id=JONAS, user_id=7002,
                     subject=subject, **more)
        jonas, rows = self.jonas(), []

        def comes():
            time.sleep(0.2)
            rows[:] = jonas.tickets(query=subject)["rows"]
            return rows
        until(comes, "the ticket")
        jonas.chat.socket.close()
        return rows[0]["number"]

    def said(self, person, count):
        """What was said, once so much is there: it may still be on its way when it was read."""
        said = {}
        while len(said) < count:
            frame = person.chat.expect("messages")
            said.update({one["seq"]: one for one in frame["messages"]})
        return [(one["from"], one["body"]) for _, one in sorted(said.items())]

    def page(self, name):
        """What staff see of this person."""
        people = json.loads(self.world.get(f"/v1/people?query={name}", self.world.cookie())[2])
        one = people["people"][0]["id"]
        return json.loads(self.world.get(f"/v1/people/{one}", self.world.cookie())[2])

    def test_a_ticket_that_began_by_phone(self):
        number = self.by_phone("The label printer is blank")
        jonas = self.jonas()
        person = jonas.welcome["person"]
        self.assertEqual((person["verified"], person["via"], person["manager"]),
                         (True, "code", False))
        self.assertIn("1 High", jonas.welcome["priorities"])
        self.assertEqual(jonas.welcome["may"], {"solved": True, "help": True, "transcript": False})
        rows = jonas.tickets(which="open")
        row = next(one for one in rows["rows"] if one["number"] == number)
        self.assertEqual((row["subject"], row["word"], row["conversation"], row["mine"]),
                         ("The label printer is blank", "working", None, True))
        self.assertEqual(rows["older"], "whole")
        beside = {one["number"]: one for one in self.page("jonas")["tickets"]}
        self.assertEqual((beside[number]["subject"], beside[number]["status"]),
                         ("The label printer is blank", "In Progress"))
        self.assertTrue(beside[number]["url"].endswith(f"/tickets/{row['ticket']}"))
        opened = jonas.open(ticket=row["ticket"])
        self.assertEqual((opened["may_write"], opened["reading"]), (True, "now"))
        page = self.page("jonas")
        self.assertNotIn(number, [one["number"] for one in page["tickets"]], "it has one now")
        self.assertIn(number, [one["number"] for one in page["conversations"]])
        self.assertEqual(opened["ticket"]["priority"], "2 Normal")
        state = jonas.chat.expect("history")["state"]
        self.assertEqual(state, "done")
        self.assertEqual(self.said(jonas, 2), [("person", "The label printer is blank."),
                                               ("staff", "We come on Monday.")])
        self.assertNotIn("HIDDEN", json.dumps(jonas.read()))
        jonas.say("It is still blank.")
        until(lambda: "It is still blank." in self.world.bodies(number), "the comment")
        again = jonas.open(ticket=row["ticket"])
        self.assertEqual((again["reading"], again["id"]), ("no", opened["id"]))

    def test_older_tickets_are_fetched_once_somebody_asks(self):
        lena = self.lena()
        rows = lena.tickets(which="closed")
        self.assertEqual([one["number"] for one in rows["rows"]], ["1001"])
        self.assertEqual((rows["rows"][0]["open"], rows["rows"][0]["word"]), (False, "solved"))

    def test_search_and_pages(self):
        rosa = self.world.verified("rosa.delgado@cobaltfreight.example", "Rosa Delgado", ROSA,
                                   COBALT)
        for i in range(23):
            rosa.start(f"Lamp {i:02} is out", email="x@cobaltfreight.example")
        first = rosa.tickets(which="open", query="lamp")
        self.assertEqual((len(first["rows"]), first["more"]), (20, True))
        second = rosa.tickets(which="open", query="lamp", before=first["before"])
        self.assertEqual((len(second["rows"]), second["more"], second["before"]), (3, False, None))
        seen = [one["subject"] for one in first["rows"] + second["rows"]]
        self.assertEqual(len(set(seen)), 23)
        rows = rosa.tickets(query="LAMP 07")["rows"]
        self.assertEqual([one["subject"] for one in rows], ["Lamp 07 is out"])
        self.assertEqual([one["number"] for one in rosa.tickets(query="1004")["rows"]], ["1004"])
        self.assertEqual(rosa.tickets(query="100%")["rows"], [])
        self.assertEqual(rosa.error(t="tickets", query="x" * 201)["code"], "too_long")
        for bad in ({"which": "mine"}, {"before": "7"}, {"before": "x.c1"}, {"before": "1" * 60}):
            self.assertEqual(rosa.error(t="tickets", **bad)["code"], "bad_frame")

    def test_solved_and_still_in_need(self):
        ines = self.world.verified("ines.moreau@northwind.example", "Ines Moreau", INES, NORTHWIND)
        ines.start("The oven's screen is black.")
        number = ines.filed()
        ines.chat.send(t="solved", client_id="solved-0001", conversation=ines.conversation)
        ack = ines.chat.expect("ack")
        self.assertEqual(ack["client_id"], "solved-0001")
        event = ines.chat.expect("messages")["messages"][0]
        self.assertEqual((event["from"], event["body"]),
                         ("event", "Ines Moreau: this is solved."))
        ines.chat.expect("ticket", lambda one: not one["open"] and one["word"] == "solved")
        until(lambda: self.world.ticket(number)["status"] == "Resolved", "the status")
        ines.chat.send(t="solved", client_id="solved-0001", conversation=ines.conversation)
        self.assertEqual(ines.chat.expect("ack")["seq"], ack["seq"])
        ines.chat.send(t="help", client_id="help-000001", conversation=ines.conversation)
        ines.chat.expect("ack")
        ines.chat.expect("ticket", lambda one: one["open"] and one["word"] == "waiting_us")
        until(lambda: self.world.ticket(number)["status"] == "Customer Reply", "the status")
        self.assertEqual([one["from"] for one in ines.read()], ["person", "event", "event"])

    def test_urgency_and_subject(self):
        ines = self.world.verified("ines.moreau@northwind.example", "Ines Moreau", INES, NORTHWIND)
        ines.chat.send(t="start", client_id=ines.client_id(), subject=" The bakery \n is dark",
                       body="All lamps.", urgency="0 Urgent")
        ack = ines.chat.expect("ack")
        ines.conversation = ack["conversation"]
        ticket = self.world.ticket(ines.filed())
        self.assertEqual((ticket["subject"], ticket["priority"], ticket["contact_id"]),
                         ("The bakery", "0 Urgent", INES))
        refused = ines.error(t="start", client_id=ines.client_id(), body="x", urgency="7 Never")
        self.assertEqual(refused["code"], "not_allowed")
        stranger = self.world.person()
        refused = stranger.error(t="start", client_id=ines.client_id(), body="x")
        self.assertEqual(refused["code"], "bad_frame")

    def test_unread_is_counted_on_every_device(self):
        amara = self.world.verified("amara.osei@northwind.example", "Amara", AMARA, NORTHWIND)
        amara.start("The scale is wrong.")
        amara.filed()
        amara.chat.send(t="leave")
        phone = self.world.verified("amara.osei@northwind.example", "Amara", AMARA, NORTHWIND)
        phone.chat.send(t="leave")
        phone.tickets()
        amara.tickets()
        staff = self.world.staff()
        seq = staff.post("reply", amara.conversation, body="We look at it.")["seq"]
        for one in (amara, phone):
            unread = one.chat.expect("unread", lambda frame: frame["unread"] == 1)
            self.assertEqual((unread["conversation"], unread["total"]), (amara.conversation, 1))
        rows = phone.tickets()
        self.assertEqual((rows["unread"], rows["rows"][0]["unread"]), (1, 1))
        phone.open(conversation=amara.conversation)
        phone.chat.send(t="read", conversation=amara.conversation, seq=seq)
        for one in (amara, phone):
            unread = one.chat.expect("unread", lambda frame: frame["unread"] == 0)
            self.assertEqual(unread["total"], 0)
        self.assertEqual(phone.tickets()["unread"], 0)

    def test_a_ticket_that_goes_to_somebody_else_is_not_theirs_any_more(self):
        """While they look on: what is said from then on does not reach them."""
        number = self.by_phone("The scale is wrong")
        jonas = self.jonas()
        row = jonas.tickets(query=number)["rows"][0]
        jonas.chat.send(t="open", ticket=row["ticket"])
        opened = jonas.chat.expect("conversation")
        self.said(jonas, 2)
        ticket = self.world.ticket(number)["id"]
        self.command("/change", ticket_id=ticket, customer_id=COBALT, contact_id=ROSA)
        self.command("/comment", ticket_id=ticket, user_id=7002, body="ROSA only: 4711")
        while True:
            frame = jonas.chat.receive()
            self.assertNotIn("4711", json.dumps(frame))
            if frame["t"] == "error":
                break
        self.assertEqual(frame["code"], "not_found")
        for request in ({"t": "resume", "conversation": opened["id"], "since": 0},
                        {"t": "open", "ticket": row["ticket"]},
                        {"t": "message", "conversation": opened["id"], "body": "Hello?",
                         "client_id": "gone-0001"}):
            self.assertEqual(jonas.error(**request)["code"], "not_found", request)
        self.assertEqual(jonas.tickets(query=number)["rows"], [])
        rosa = self.world.verified("rosa.delgado@cobaltfreight.example", "Rosa", ROSA, COBALT)
        rosa.chat.send(t="open", ticket=row["ticket"])
        self.assertEqual(rosa.chat.expect("conversation")["id"], opened["id"])
        rosa.conversation = opened["id"]
        until(lambda: "4711" in json.dumps(rosa.read()), "the comment")
        self.command("/ticket_delete", ticket_id=ticket)
        rosa.say("Is it there?")
        until(lambda: "deleted" in json.dumps(rosa.read()), "its end")
        jonas = self.jonas()
        error = jonas.error(t="resume", conversation=opened["id"], since=0)
        self.assertEqual(error["code"], "not_found")
        self.assertNotEqual((jonas.welcome["conversation"] or {}).get("id"), opened["id"])

    def test_who_has_lost_it_does_not_get_it_back_by_its_end(self):
        """Nobody else has opened it before it is deleted."""
        number = self.by_phone("The mixer hums")
        jonas = self.jonas()
        row = jonas.tickets(query=number)["rows"][0]
        jonas.chat.send(t="open", ticket=row["ticket"])
        opened = jonas.chat.expect("conversation")
        self.said(jonas, 2)
        ticket = self.world.ticket(number)["id"]
        self.command("/change", ticket_id=ticket, customer_id=COBALT, contact_id=ROSA)
        while jonas.chat.receive()["t"] != "error":
            pass
        self.command("/ticket_delete", ticket_id=ticket)
        staff = self.world.staff()
        staff.post("reply", opened["id"], body="Is it there?")
        until(lambda: "deleted" in json.dumps(staff.open(opened["id"])), "its end")
        self.assertEqual(self.jonas().error(t="resume", conversation=opened["id"],
                                            since=0)["code"], "not_found")

    def test_a_manager_reads_what_is_the_companys(self):
        boss = self.world.verified("office@northwind.example", "Hugo", 0, NORTHWIND, how=2,
                                   manager=True)
        rows = boss.tickets()["rows"]
        row = next(one for one in rows if one["number"] == "1003")
        self.assertFalse(row["mine"])
        opened = boss.open(ticket=row["ticket"])
        self.assertFalse(opened["may_write"])
        self.assertEqual(boss.chat.expect("history")["state"], "done")
        for frame in ({"t": "message", "body": "As the boss"}, {"t": "solved"}, {"t": "help"}):
            boss.chat.send(client_id="manager-0001", conversation=opened["id"], **frame)
            with self.assertRaisesRegex(Failed, "not_found"):
                boss.chat.expect("ack")

    def test_what_the_administrator_maps(self):
        _, admin = self.world.sign_up("Ada", "admin")
        status, _, body = self.world.get("/v1/statuses", admin)
        was = json.loads(body)
        self.assertEqual((status, was["solved"]), (200, {"chosen": None, "sets": "Resolved"}))
        self.assertIn({"status": "In Progress", "word": "working", "default": "working",
                       "chosen": False}, was["statuses"])
        change = {"solved": "invoiced", "help": "",
                  "words": [{"status": "Scheduled", "word": "working"}]}
        status, _, body = self.world.post("/v1/statuses", change, admin)
        now = json.loads(body)
        self.assertEqual((status, now["solved"]), (200, {"chosen": "Invoiced", "sets": "Invoiced"}))
        self.assertEqual(now["help"], {"chosen": "", "sets": None})
        self.assertIn({"status": "Scheduled", "word": "working", "default": "scheduled",
                       "chosen": True}, now["statuses"])
        person = self.world.person().start("One more thing.")
        person.filed()
        answer = person.error(t="help", client_id="help-000002", conversation=person.conversation)
        self.assertEqual(answer["code"], "not_allowed")
        self.assertIn("no status is set", answer["text"])
        for bad in ({"solved": "Nonsense"}, {"words": [{"status": "Nonsense", "word": "new"}]},
                    {"words": [{"status": "New", "word": "old"}]}):
            self.assertEqual(self.world.post("/v1/statuses", bad, admin)[0], 400)
        self.assertEqual(self.world.post("/v1/statuses", {}, self.world.cookie())[0], 403)
        self.world.stop()
        self.world.start()
        self.assertEqual(json.loads(self.world.get("/v1/statuses", admin)[2]), now)
        self.assertEqual(self.world.post("/v1/statuses", {}, admin)[0], 200)

    def test_whoever_only_typed_the_address_loses_it(self):
        typed = self.world.person().start("I am Niklas, really.",
                                          email="niklas.berg@cobaltfreight.example")
        number = typed.filed()
        ticket = self.world.ticket(number)
        niklas = self.world.verified("niklas.berg@cobaltfreight.example", "Niklas Berg",
                                     ticket["contact_id"], COBALT)
        until(lambda: any(one["number"] == number for one in niklas.tickets()["rows"]), "the row")
        niklas.open(conversation=typed.conversation)
        niklas.say("This is private.")
        answer = self.world.person(typed.token)
        self.assertIsNone(answer.welcome["conversation"])
        refused = answer.error(t="resume", conversation=typed.conversation, since=0)
        self.assertEqual(refused["code"], "not_found")

    def test_syncro_cannot_be_asked(self):
        number = self.by_phone("It hums")
        jonas = self.jonas()
        row = next(one for one in jonas.tickets()["rows"] if one["number"] == number)
        self.world.fault(kind="status", status=503, method="GET", path_prefix="/tickets")
        try:
            opened = jonas.open(ticket=row["ticket"])
            self.assertEqual((opened["reading"], opened["subject"]), ("now", "It hums"))
            self.assertEqual(jonas.chat.expect("history")["state"], "failed")
        finally:
            self.world.clear()
        jonas.chat.send(t="leave")
        self.assertEqual(jonas.open(ticket=row["ticket"])["reading"], "now")
        self.assertEqual(jonas.chat.expect("history")["state"], "done")
        self.assertEqual(len(self.said(jonas, 2)), 2)


if __name__ == "__main__":
    unittest.main()

"""The life of a connector: pausing, removing, a token that ends, what is parked, another account."""
import secrets
import time
import unittest

from admin import Case
from world import NOBODY, until


class Life(Case):
    def connected(self, **options):
        world, admin = self.world(**options)
        fallback = {"id": world.fallback, "name": "Unsorted"} if world.fallback else None
        status, answer = admin.save(token=world.token, insist=True, fallback=fallback)
        self.assertEqual(status, 200, answer)
        until(lambda: admin.connector()["state"] == "ok", "the connector", 15)
        return world, admin

    def test_pause_resume_remove(self):
        world, admin = self.connected()
        status, answer = admin.call("POST", "/v1/connectors/syncro/pause")
        self.assertEqual((status, answer["state"]), (200, "paused"))
        self.assertIn("paused", answer["reason"])
        person = world.person().start("I wait.")
        self.assertEqual(admin.get("/v1/connectors/syncro/consequences"),
                         {"waiting": 1, "in_doubt": 0, "parked": 0})
        staff = world.staff()
        staff.open(person.conversation)
        self.assertIn("paused", staff.entries[0]["reason"])
        status, answer = admin.call("POST", "/v1/connectors/syncro/resume")
        self.assertEqual(status, 200)
        self.assertIn(answer["state"], ("new", "ok"))
        number = person.filed()
        self.assertEqual(admin.call("POST", "/v1/connectors/syncro/remove"), (204, None))
        self.assertIsNone(admin.connector())
        person.say("And then?")
        time.sleep(3)
        self.assertNotIn("And then?", world.bodies(number))
        self.assertEqual(admin.save(account="demo")[0], 400)
        self.assertEqual(admin.save(token=world.token, insist=True)[0], 200)
        until(lambda: "And then?" in world.bodies(number), "what waited", 15)

    def test_a_token_that_is_disabled_and_replaced(self):
        world, admin = self.connected()
        self.token(world, enabled=False)
        began = time.monotonic()
        until(lambda: admin.connector()["state"] == "held", "the page says so", 60)
        self.assertLess(time.monotonic() - began, 60)
        self.assertIn("disabled", admin.connector()["reason"])
        person = world.person().start("Chat goes on.")
        lines, _ = admin.test(account="demo")
        self.assertEqual(lines["token"][0], "failed")
        self.assertIn("before, and does not now", lines["token"][1])
        fresh = "T" + secrets.token_hex(16)
        self.token(world, token=fresh, rights="seven")
        _, last = admin.test(account="demo", token=fresh)
        status, answer = admin.save(token=fresh, test=last["test"],
                                    fallback={"id": world.fallback, "name": "Unsorted"})
        self.assertEqual((status, answer["token_end"]), (200, fresh[-4:]))
        person.chat.socket.settimeout(30)
        self.assertIn("Chat goes on.", world.bodies(person.filed()))
        until(lambda: admin.connector()["state"] == "ok", "the state ok", 10)

    def parked(self, admin, count):
        rows = []

        def is_there():
            rows[:] = admin.get("/v1/connectors/syncro/parked")["parked"]
            return len(rows) == count
        until(is_there, f"{count} parked", 15)
        return rows

    def test_parked(self):
        world, admin = self.connected(fallback=False)
        first = world.person().start("Whose am I?", name="Ines")
        second = world.person().start("And I?")
        rows = self.parked(admin, 2)
        self.assertEqual(rows[0]["reference"], first.reference)
        self.assertEqual((rows[0]["name"], rows[0]["email"], rows[0]["kind"]),
                         ("Ines", NOBODY, "create_ticket"))
        self.assertIn("No company is known", rows[0]["reason"])
        self.assertFalse(rows[0]["account_differs"])
        self.assertGreater(rows[0]["since"], 0)
        page = admin.get(f"/v1/connectors/syncro/parked?after={rows[0]['id']}")
        self.assertEqual([one["reference"] for one in page["parked"]], [second.reference])
        # Trying again alone changes nothing for it.
        status, answer = admin.call("POST", f"/v1/outbox/{first.conversation}/retry")
        self.assertEqual((status, answer), (200, {"changed": True}))
        self.parked(admin, 2)
        _, found = admin.call("POST", "/v1/connectors/syncro/companies", {"query": "northwind"})
        company = found["companies"][0]
        path = f"/v1/outbox/{first.conversation}/company"
        self.assertEqual(admin.call("POST", path, {"customer": 0, "name": "x"})[0], 400)
        self.assertEqual(admin.call("POST", path, {"customer": company["id"],
                                                   "name": company["name"]}), (204, None))
        number = first.filed()
        self.assertEqual(world.ticket(number)["customer_id"], company["id"])
        self.assertEqual(admin.call("POST", path, {"customer": company["id"],
                                                   "name": company["name"]})[0], 409)
        # Given up: said to whoever watches, and what is said next begins anew.
        second.say("Hello?")
        status, answer = admin.call("POST", f"/v1/outbox/{second.conversation}/discard")
        self.assertEqual((status, answer["entries"]), (200, 2), answer)
        frame = second.chat.expect("messages")
        self.assertEqual([one["from"] for one in frame["messages"]], ["event"])
        self.assertIn("No ticket was made", frame["messages"][0]["body"])
        self.parked(admin, 0)
        self.assertEqual(admin.call("POST", f"/v1/outbox/{second.conversation}/discard")[0], 409)
        second.say("Still there?")
        rows = self.parked(admin, 1)
        self.assertEqual(rows[0]["reference"], second.reference)
        status, _ = admin.call("POST", f"/v1/outbox/{second.conversation}/company",
                               {"customer": company["id"], "name": company["name"]})
        self.assertEqual(status, 204)
        bodies = world.bodies(second.filed())
        self.assertIn("Still there?", bodies)
        self.assertNotIn("And I?", bodies)

    def test_a_comment_is_given_up(self):
        world, admin = self.connected()
        person = world.person().start("First.")
        number = person.filed()
        world.fault(kind="status", status=422, method="POST", path_prefix="/tickets")
        person.say("Refused.")
        rows = self.parked(admin, 1)
        self.assertEqual(rows[0]["kind"], "add_comment")
        world.clear()
        person.say("Taken.")
        status, answer = admin.call("POST", f"/v1/outbox/{person.conversation}/discard")
        self.assertEqual((status, answer), (200, {"entries": 1}))
        until(lambda: "Taken." in world.bodies(number), "what follows", 15)
        self.assertNotIn("Refused.", world.bodies(number))
        self.assertEqual(person.chat.expect("messages")["messages"][0]["from"], "event")
        self.assertEqual([one["from"] for one in person.read()],
                         ["person", "person", "person", "event"])
        staff = world.staff()
        staff.open(person.conversation)
        self.assertEqual([one["state"] for one in staff.entries], ["filed", "given_up", "filed"])

    def test_another_account(self):
        world, admin = self.connected()
        person = world.person().start("First.")
        number = person.filed()
        status, _ = admin.save(account="other", token=world.token, insist=True,
                               fallback={"id": world.fallback, "name": "Unsorted"})
        self.assertEqual(status, 200)
        person.say("Second.")
        rows = self.parked(admin, 1)
        self.assertTrue(rows[0]["account_differs"])
        self.assertIn("another account", rows[0]["reason"])
        self.assertNotIn("Second.", world.bodies(number))
        status, _ = admin.save(token=world.token, insist=True)
        self.assertEqual(status, 200)
        until(lambda: "Second." in world.bodies(number), "what waited", 15)


unittest.main()

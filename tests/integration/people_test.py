"""Whose ticket is it? Each rule of docs/people.md, "Matching", against the stand-in; then what staff
do about people, over the routes and over the sockets."""
import json
import secrets
import sqlite3
import time
import unittest
from contextlib import closing

from proof import prove
from world import Case, Chat, Failed, World, http, until

DAY_MS = 86_400_000


class People(Case):
    settings = {"fallback": False, "sockets_per_address": 1000}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _, cls.admin = cls.world.sign_up("Ada", "admin")
        cls.technician = cls.world.cookie()
        customers = cls.syncro("customers")["customers"]
        cls.customer = {one["business_then_name"]: one["id"] for one in customers}
        cls.contact = {}
        for one in customers:
            for contact in cls.syncro(f"contacts?customer_id={one['id']}")["contacts"]:
                cls.contact.setdefault(contact["email"].lower(), contact["id"])

    @classmethod
    def syncro(cls, path):
        _, _, body = http(f"{cls.world.origin}/api/v1/{path}",
                          Authorization=f"Bearer {cls.world.token}")
        return json.loads(body)

    def command(self, what, /, **body):
        status, _, text = http(f"{self.world.control}/{what}", body)
        self.assertEqual(status, 200, text)
        return json.loads(text) if text else None

    def sql(self, text, *values):
        with closing(sqlite3.connect(self.world.data / "parley.db", timeout=10)) as database:
            with database:
                return database.execute(text, values).fetchall()

    def get(self, path, cookie=None):
        status, _, text = self.world.get(path, cookie or self.admin)
        self.assertEqual(status, 200, text)
        return json.loads(text)

    def post(self, path, body=None, cookie=None, status=200):
        got, _, text = self.world.post(path, body if body is not None else {},
                                       cookie or self.technician)
        self.assertEqual(got, status, text)
        return json.loads(text) if text else None

    def who(self, email):
        """Of the person who came last with this address, their page."""
        rows = self.get(f"/v1/people?query={email.replace('+', '%2B')}")["people"]
        self.assertTrue(rows, email)
        return self.get(f"/v1/people/{rows[0]['id']}")

    def start(self, email, body="It smokes"):
        return self.world.person().start(body, email=email)

    def ticket_of(self, person):
        number = person.filed()
        return self.world.ticket(number)

    def parked(self, person):
        """Wait until its ticket has stopped; the reason, of which the person hears nothing."""
        reasons = []

        def has_stopped():
            reasons[:] = self.sql("SELECT reason FROM outbox o JOIN conversation c ON c.n = "
                                  "o.conversation WHERE c.reference = ? AND o.state = 3",
                                  person.reference)
            return reasons
        until(has_stopped, "a stopped ticket")
        return reasons[0][0]

    def attention(self, email):
        return [one for one in self.get("/v1/attention", self.technician)["items"]
                if one["email"] == email]

    def prove(self, person):
        """As identity would: this browser has proved who its person is."""
        now = int(time.time() * 1000)
        row, = self.sql("SELECT person, hex(token_hash) FROM visitor WHERE person = (SELECT person "
                        "FROM conversation WHERE reference = ?)", person.reference)
        self.sql("UPDATE person SET verified_ms = ? WHERE id = ?", now, row[0])
        self.sql("UPDATE visitor SET verified_ms = ?1, expires_ms = ?1 + ?2, via = 'code' WHERE "
                 "person = ?3", now, DAY_MS, row[0])
        return self.world.person(person.token)

    def grow_old(self, email):
        """What is known of this address was asked more than a day ago."""
        self.sql("UPDATE person_link SET checked_ms = checked_ms - ?1 WHERE person IN "
                 "(SELECT id FROM person WHERE email = ?2)", 2 * DAY_MS, email)
        self.sql("UPDATE psa_match SET fetched_ms = fetched_ms - ?1 WHERE email = ?2",
                 2 * DAY_MS, email)


class Matching(People):
    def test_an_address_and_whose_ticket_it_makes(self):
        """Typed so; kept so; linked so; the ticket's customer and contact."""
        rows = (
            # capital letters do not count, there or here
            ("Ines.Moreau@NORTHWIND.example", "ines.moreau@northwind.example", "contact",
             "Northwind Bakery", "ines.moreau@northwind.example"),
            ("greta.lund@fernhill.example", "greta.lund@fernhill.example", "contact",
             "Fernhill Optics", "greta.lund@fernhill.example"),
            # a plus-address is one of its own
            ("owen+helpdesk@fernhill.example", "owen+helpdesk@fernhill.example", "contact",
             "Fernhill Optics", "owen+helpdesk@fernhill.example"),
            # one domain in two spellings, and a dot behind it
            ("zoe@xn--bckerei-sd-q5a6e.example.", "zoe@xn--bckerei-sd-q5a6e.example", "contact",
             "Bäckerei Süd", "zoe@bäckerei-süd.example"),
            ("zoe@BÄCKEREI-SÜD.example", "zoe@xn--bckerei-sd-q5a6e.example", "contact",
             "Bäckerei Süd", "zoe@bäckerei-süd.example"),
            # a company's own address
            ("reception@lighthouselegal.example", "reception@lighthouselegal.example", "company",
             "Lighthouse Legal", None),
        )
        for typed, kept, how, company, contact in rows:
            with self.subTest(typed=typed):
                kept = kept if "xn--" not in kept else \
                    "zoe@" + "bäckerei-süd.example".encode("idna").decode()
                typed = typed if "xn--" not in typed else kept.upper() + "."
                person = self.start(typed)
                ticket = self.ticket_of(person)
                self.assertEqual(ticket["customer_id"], self.customer[company])
                self.assertEqual(ticket["contact_id"],
                                 self.contact[contact] if contact else None)
                page = self.who(kept)
                self.assertEqual((page["email"], page["how"], page["company"]),
                                 (kept, how, company))
                self.assertEqual(self.attention(kept), [])

    def test_a_plus_address_is_not_the_one_without(self):
        person = self.start("owen@fernhill.example")
        self.assertIn("no fallback customer", self.parked(person))

    def test_several_wait_for_staff_once(self):
        email = "marta@quillbooks.example"
        first, second = self.start(email), self.start(email, "And it burns")
        for person in (first, second):
            self.assertIn("Choose who it is under Needs attention", self.parked(person))
        until(lambda: sum(one["stopped"] for one in self.attention(email)) == 2, "both")
        item = next(one for one in self.attention(email)
                    if one["conversation"] == first.conversation)
        self.assertEqual(item["kind"], "several")
        told = {(one["company"], one["name"], one["phone"]) for one in item["candidates"]}
        self.assertEqual(told, {("Harbour Dental", "Marta Quill", "5550601"),
                                ("Fernhill Optics", "Marta Quill", "5550601")})
        chosen = next(one for one in item["candidates"] if one["company"] == "Harbour Dental")
        answer = self.post(f"/v1/people/{item['person']}/link", {
            "customer": chosen["customer"], "contact": chosen["contact"],
            "company": chosen["company"], "contact_name": chosen["name"]})
        self.assertEqual(answer, {"tried": 1})
        ticket = self.ticket_of(first)
        self.assertEqual((ticket["customer_id"], ticket["contact_id"]),
                         (chosen["customer"], chosen["contact"]))
        # It is remembered: the next one asks nobody.
        first.start("A third thing", email=email)
        self.assertEqual(self.ticket_of(first)["contact_id"], chosen["contact"])
        page = self.get(f"/v1/people/{item['person']}")
        self.assertEqual((page["how"], page["contact"]), ("staff", chosen["contact"]))
        row = self.get("/v1/audit?action=person_linked")["rows"][0]
        self.assertEqual((row["object"], row["detail"]), (email, "Harbour Dental: Marta Quill"))

    def test_nobody_then_a_domain(self):
        email = "new.starter@millbrook-mills.example"
        person = self.start(email)
        self.assertIn("no fallback customer", self.parked(person))
        until(lambda: self.attention(email), "the page")
        self.assertEqual(self.attention(email)[0]["kind"], "nobody")
        self.post("/v1/domains", {"domain": "gmail.com", "customer": 1, "name": "x"}, self.admin,
                  status=400)
        self.post("/v1/domains", {"domain": "no domain", "customer": 1, "name": "x"}, self.admin,
                  status=400)
        answer = self.post("/v1/domains", {
            "domain": "@Millbrook-Mills.Example", "customer": self.customer["Cobalt Freight"],
            "name": "Cobalt Freight"}, self.admin)
        self.assertEqual(answer, {"tried": 1})
        ticket = self.ticket_of(person)
        self.assertEqual((ticket["customer_id"], ticket["contact_id"]),
                         (self.customer["Cobalt Freight"], None))
        self.assertEqual(self.attention(email), [])
        another = self.start("someone.else@millbrook-mills.example")
        self.assertEqual(self.ticket_of(another)["customer_id"], self.customer["Cobalt Freight"])
        listed = self.get("/v1/domains")["domains"]
        self.assertEqual([(one["domain"], one["company"]) for one in listed],
                         [("millbrook-mills.example", "Cobalt Freight")])
        self.post("/v1/domains/remove", {"domain": "millbrook-mills.example"}, self.admin,
                  status=204)
        self.assertEqual(self.who(email)["how"], "")

    def test_a_contact_who_moves_company(self):
        email = "niklas.berg@cobaltfreight.example"
        person = self.start(email)
        self.assertEqual(self.ticket_of(person)["customer_id"], self.customer["Cobalt Freight"])
        self.command("contact_move", contact_id=self.contact[email],
                     customer_id=self.customer["Harbour Dental"])
        self.grow_old(email)
        person.start("Again", email=email)
        ticket = self.ticket_of(person)
        self.assertEqual((ticket["customer_id"], ticket["contact_id"]),
                         (self.customer["Harbour Dental"], self.contact[email]))

    def test_a_contact_who_moves_is_seen_at_the_next_sign_in(self):
        email = "lena.park@cobaltfreight.example"
        person = self.start(email)
        self.ticket_of(person)
        person = self.prove(person)
        self.command("contact_move", contact_id=self.contact[email],
                     customer_id=self.customer["Northwind Bakery"])
        self.assertEqual(self.who(email)["company"], "Cobalt Freight")
        self.grow_old(email)
        self.world.person(person.token)
        until(lambda: self.who(email)["company"] == "Northwind Bakery", "the move")
        self.assertEqual(self.who(email)["contact"], self.contact[email])

    def test_a_deleted_contact(self):
        made = self.command("contact_new", customer_id=self.customer["Cobalt Freight"],
                            name="Temp", email="temp@cobalt.example")
        self.assertTrue(made)
        person = self.start("temp@cobalt.example")
        ticket = self.ticket_of(person)
        self.command("contact_delete", contact_id=ticket["contact_id"])
        self.grow_old("temp@cobalt.example")
        person.start("Again", email="temp@cobalt.example")
        self.parked(person)
        self.assertEqual(self.who("temp@cobalt.example")["how"], "nobody")

    def test_a_deleted_or_merged_customer_is_noticed_at_once(self):
        """Syncro refuses the ticket: matching begins anew, though nothing is old yet."""
        for what in ("merge", "delete"):
            with self.subTest(what=what):
                email = f"kim.{what}@short-lived.example"
                self.command("customer_new", business_name=f"Short {what}", email=email)
                person = self.start(email)
                first = self.ticket_of(person)
                self.assertEqual(self.who(email)["how"], "company")
                if what == "merge":
                    self.command("customer_merge", **{"from": first["customer_id"],
                                                      "into": self.customer["Cobalt Freight"]})
                else:
                    self.command("customer_delete", customer_id=first["customer_id"])
                person.start("Again", email=email)
                self.parked(person)
                self.assertEqual(self.who(email)["how"], "nobody")

    def test_a_disabled_customer_counts_as_gone(self):
        email = "reception@shutting-down.example"
        self.command("customer_new", business_name="Shutting down", email=email)
        person = self.start(email)
        first = self.ticket_of(person)
        self.command("customer_disable", customer_id=first["customer_id"], disabled=True)
        self.grow_old(email)
        person.start("Again", email=email)
        self.parked(person)
        self.assertEqual(self.who(email)["how"], "nobody")

    def test_a_second_contact_with_the_address_waits_for_staff(self):
        email = "twin@harbourdental.example"
        self.command("contact_new", customer_id=self.customer["Harbour Dental"], name="Twin",
                     email=email)
        person = self.start(email)
        self.assertEqual(self.ticket_of(person)["customer_id"], self.customer["Harbour Dental"])
        self.command("contact_new", customer_id=self.customer["Fernhill Optics"], name="Twin",
                     email=email)
        self.grow_old(email)
        person.start("Again", email=email)
        self.parked(person)
        self.assertEqual(self.attention(email)[0]["kind"], "several")

    def test_a_merge_takes_its_contacts_along(self):
        email = "robin@merging.example"
        self.command("customer_new", business_name="Merging", email="office@merging.example")
        customer = next(one["id"] for one in self.syncro("customers?query=Merging")["customers"]
                        if one["business_then_name"] == "Merging")
        self.command("contact_new", customer_id=customer, name="Robin", email=email)
        person = self.start(email)
        first = self.ticket_of(person)
        self.command("customer_merge", **{"from": customer,
                                          "into": self.customer["Cobalt Freight"]})
        person.start("Again", email=email)
        second = self.ticket_of(person)
        self.assertEqual((second["customer_id"], second["contact_id"]),
                         (self.customer["Cobalt Freight"], first["contact_id"]))

    def test_a_changed_email_drops_the_link(self):
        person = self.start("rosa.delgado@cobaltfreight.example")
        self.assertEqual(self.ticket_of(person)["customer_id"], self.customer["Cobalt Freight"])
        person.start("Other address", email="rosa@elsewhere.example")
        self.parked(person)
        self.assertEqual(self.who("rosa@elsewhere.example")["how"], "nobody")

    def test_what_staff_chose_stays_until_it_is_gone(self):
        email = "choosy@nowhere.example"
        self.command("contact_new", customer_id=self.customer["Harbour Dental"], name="Chosen",
                     email="chosen@harbourdental.example")
        contact = next(one["id"] for one in self.post("/v1/psa/contacts", {
            "customer": self.customer["Harbour Dental"]})["contacts"] if one["name"] == "Chosen")
        person = self.start(email)
        self.parked(person)
        page = self.who(email)
        self.post(f"/v1/people/{page['id']}/link", {
            "customer": self.customer["Harbour Dental"], "contact": contact,
            "company": "Harbour Dental"})
        self.assertEqual(self.ticket_of(person)["contact_id"], contact)
        # A contact with the very address comes: the choice stands.
        self.command("contact_new", customer_id=self.customer["Cobalt Freight"], name="Late",
                     email=email)
        self.grow_old(email)
        person.start("Second", email=email)
        self.assertEqual(self.ticket_of(person)["contact_id"], contact)
        # It follows the contact to another company.
        self.command("contact_move", contact_id=contact,
                     customer_id=self.customer["Fernhill Optics"])
        self.grow_old(email)
        person.start("Third", email=email)
        self.assertEqual(self.ticket_of(person)["customer_id"], self.customer["Fernhill Optics"])
        # The chosen one is gone; by now there is one with the address.
        self.command("contact_delete", contact_id=contact)
        self.grow_old(email)
        person.start("Fourth", email=email)
        self.assertEqual(self.ticket_of(person)["customer_id"], self.customer["Cobalt Freight"])
        self.assertEqual(self.who(email)["how"], "contact")

    def test_a_choice_that_is_gone_waits_for_staff(self):
        email = "orphan@nowhere.example"
        self.command("customer_new", business_name="Doomed", email="x@doomed.example")
        customer = next(one["id"] for one in self.syncro("customers?query=Doomed")["customers"]
                        if one["business_then_name"] == "Doomed")
        person = self.start(email)
        self.parked(person)
        page = self.who(email)
        self.post(f"/v1/people/{page['id']}/link", {"customer": customer, "company": "Doomed"})
        self.ticket_of(person)
        self.command("customer_delete", customer_id=customer)
        person.start("Again", email=email)
        self.assertIn("not there any more", self.parked(person))
        item, = self.attention(email)
        self.assertEqual((item["kind"], item["candidates"]), ("several", []))
        # Nobody: then the ticket waits for a fallback, and nobody is asked again.
        self.post(f"/v1/people/{page['id']}/unlink")
        self.assertIn("no fallback customer", self.parked(person))

    def test_a_shared_mailbox_is_one_person(self):
        email = "desk@harbourdental.example"
        one = self.prove_started(email)
        self.assertEqual(self.who(email)["how"], "company")
        self.assertEqual(len(self.who(email)["sessions"]), 1)
        self.assertEqual(self.post(f"/v1/people/{self.who(email)['id']}/sign-out"),
                         {"changed": True})
        with self.assertRaises(Failed) as failed:
            one.chat.expect("never")
        self.assertIn("signed_out", str(failed.exception))
        self.assertEqual(self.who(email)["sessions"], [])
        self.assertIsNone(self.world.person(one.token).welcome["person"])

    def prove_started(self, email):
        person = self.start(email)
        self.ticket_of(person)
        return self.prove(person)


class WithFallback(People):
    settings = {"sockets_per_address": 1000}

    def test_the_fallback_takes_a_ticket_and_links_nobody(self):
        email = "walk.in@nowhere.example"
        person = self.start(email)
        ticket = self.ticket_of(person)
        self.assertEqual((ticket["customer_id"], ticket["contact_id"]),
                         (self.world.fallback, None))
        page = self.who(email)
        self.assertEqual((page["how"], page["customer"], page["company"]), ("nobody", 0, ""))
        self.assertEqual(self.attention(email), [])
        # Once they have proved who they are somebody may want to know them.
        self.prove(person)
        until(lambda: self.attention(email), "the page")
        self.post(f"/v1/people/{page['id']}/unlink")
        self.assertEqual(self.attention(email), [])

    def first_time(self, email):
        """Somebody who has just proved their address, and asks for their tickets at once."""
        token = secrets.token_urlsafe(32)
        prove(self.world.data, token, email)
        person = self.world.person(token)
        person.chat.send(t="tickets")
        return person

    def test_who_comes_for_the_first_time_sees_their_tickets(self):
        person = self.first_time("amara.osei@northwind.example")
        rows = person.chat.expect("tickets", lambda one: one["rows"])["rows"]
        self.assertEqual({one["subject"] for one in rows}, {"Order tablet has no Wi-Fi"})
        self.assertEqual(self.who("amara.osei@northwind.example")["how"], "contact")

    def test_who_is_chosen_sees_the_contacts_tickets_at_once(self):
        email = "amara.at.home@nowhere.example"
        person = self.first_time(email)
        until(lambda: self.attention(email), "the page")
        self.assertEqual(person.chat.expect("tickets")["rows"], [])
        self.post(f"/v1/people/{self.who(email)['id']}/link", {
            "customer": self.customer["Northwind Bakery"], "company": "Northwind Bakery",
            "contact": self.contact["amara.osei@northwind.example"]})
        rows = person.chat.expect("tickets", lambda one: one["rows"])["rows"]
        self.assertEqual({one["subject"] for one in rows}, {"Order tablet has no Wi-Fi"})

    def test_several_do_not_fall_back(self):
        person = self.start("marta@quillbooks.example")
        self.assertIn("Needs attention", self.parked(person))

    def test_unlink_and_ask_again(self):
        email = "jonas.feld@northwind.example"
        person = self.start(email)
        self.assertEqual(self.ticket_of(person)["customer_id"], self.customer["Northwind Bakery"])
        page = self.who(email)
        self.post(f"/v1/people/{page['id']}/unlink")
        person.start("Again", email=email)
        self.assertEqual(self.ticket_of(person)["customer_id"], self.world.fallback)
        self.post(f"/v1/people/{page['id']}/unlink", {"ask_again": True})
        person.start("Again", email=email)
        self.assertEqual(self.ticket_of(person)["customer_id"], self.customer["Northwind Bakery"])

    def test_block(self):
        person = self.start("rude@nowhere.example")
        page = self.who("rude@nowhere.example")
        self.post(f"/v1/people/{page['id']}/block")
        with self.assertRaises(Failed) as failed:
            person.chat.expect("never")
        self.assertIn("blocked", str(failed.exception))
        chat = Chat(self.world.port, "/v1/chat")
        chat.send(t="hello", v=1, token=person.token)
        with self.assertRaises(Failed) as failed:
            chat.expect("welcome")
        self.assertIn("blocked", str(failed.exception))
        self.assertTrue(self.who("rude@nowhere.example")["blocked"])
        self.post(f"/v1/people/{page['id']}/unblock")
        self.assertEqual(self.world.person(person.token).conversation, person.conversation)
        actions = [row["action"] for row in self.get("/v1/audit?who=rude@nowhere.example")["rows"]]
        self.assertEqual(actions, ["person_unblocked", "person_blocked"])

    def test_manager_is_for_administrators(self):
        person = self.start("boss@nowhere.example")
        page = self.who("boss@nowhere.example")
        self.post(f"/v1/people/{page['id']}/manager", {"manager": True}, status=403)
        self.post(f"/v1/people/{page['id']}/manager", {"manager": "yes"}, self.admin, status=400)
        self.post(f"/v1/people/{page['id']}/manager", {"manager": True}, self.admin)
        self.assertTrue(self.who("boss@nowhere.example")["manager"])
        self.assertIsNotNone(person)

    def send_file(self, person, name, data):
        """A message with a file; where its bytes lie."""
        bearer = {"Authorization": f"Bearer {person.token}"}
        status, _, text = http(f"{self.world.url}/v1/files", {
            "name": name, "size": len(data), "type": "text/plain", "client_id": "letter-0001",
            "conversation": person.conversation}, **bearer)
        self.assertEqual(status, 200, text)
        file = json.loads(text)["file"]["id"]
        status, _, text = http(f"{self.world.url}/v1/files/{file}/0", data, "POST",
                               **{"Content-Type": "application/octet-stream", **bearer})
        self.assertEqual(status, 200, text)
        person.chat.send(t="message", client_id=person.client_id(), body="See this",
                         conversation=person.conversation, files=[file])
        person.chat.expect("ack")
        found = [one for one in (self.world.data / "files").rglob("*")
                 if one.is_file() and one.read_bytes() == data]
        self.assertEqual(len(found), 1)
        return found[0]

    def all_rows(self):
        """Every row of every table, as text."""
        with closing(sqlite3.connect(self.world.data / "parley.db", timeout=10)) as database:
            tables = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND "
                                      "sql NOT LIKE '%VIRTUAL%'").fetchall()
            return "\n".join(f'"{table}" {row}' for (table,) in tables
                             for row in database.execute(f'SELECT * FROM "{table}"'))

    def test_export_and_erase(self):
        email = "forget.me@nowhere.example"
        person = self.start(email, "My secret word is Xylophone-4711")
        person.filed()
        bytes_of = self.send_file(person, "letter of Forget Me.txt", b"Xylophone, too")
        staff = self.world.staff()
        staff.open(person.conversation)
        staff.post("note", person.conversation, body="NOTE: odd")
        staff.post("reply", person.conversation, body="We are on it.")
        page = self.who(email)
        self.assertEqual(self.world.get(f"/v1/people/{page['id']}/export", self.technician)[0], 403)
        status, headers, text = self.world.get(f"/v1/people/{page['id']}/export", self.admin)
        self.assertEqual(status, 200)
        self.assertIn("attachment", headers["Content-Disposition"])
        file = json.loads(text)
        self.assertTrue(file["complete"])
        self.assertEqual([one["body"] for one in file["messages"]],
                         ["My secret word is Xylophone-4711", "See this", "We are on it."])
        self.assertEqual([one["files"] for one in file["messages"]],
                         [[], ["letter of Forget Me.txt"], []])
        self.assertEqual((file["email"], file["conversations"][0]["reference"]),
                         (email, person.reference))
        self.assertNotIn("NOTE:", text)

        self.post(f"/v1/people/{page['id']}/erase", {"email": "other@nowhere.example"}, self.admin,
                  status=400)
        until(lambda: not self.sql("SELECT 1 FROM outbox WHERE state < 4 AND conversation = "
                                   "(SELECT n FROM conversation WHERE reference = ?)",
                                   person.reference), "the drained outbox")
        self.post(f"/v1/people/{page['id']}/erase", {"email": email.upper()}, self.admin,
                  status=204)
        self.assertEqual(self.get(f"/v1/people?query={email}")["people"], [])
        self.assertEqual(self.world.get(f"/v1/people/{page['id']}", self.admin)[0], 404)
        dump = self.all_rows()
        # The index of words follows within seconds, and holds the old ones until then.
        self.assertNotIn("Xylophone", "\n".join(
            row for row in dump.splitlines() if not row.startswith('"search_old"')))
        until(lambda: not self.sql("SELECT 1 FROM search_old"), "the end of their words")
        rows = [line for line in dump.splitlines() if email in line and '"audit"' not in line]
        self.assertEqual(rows, [])
        self.assertEqual([one["body"] for one in self.world.staff().open(person.conversation)],
                         ["(erased)", "(erased)", "NOTE: odd", "We are on it."])
        until(lambda: not bytes_of.exists(), "the end of the file's bytes")
        # The PSA has the ticket still, and tells of it; nothing of that comes back.
        number = self.sql("SELECT ticket_number FROM conversation WHERE reference = ?",
                          person.reference)[0][0]
        ticket = self.world.ticket(number)
        http(f"{self.world.control}/change", {"ticket_id": ticket["id"], "status": "In Progress"})
        self.start("after.him@nowhere.example", "Something else.").filed()
        time.sleep(6)
        self.assertNotIn("Xylophone", self.all_rows())
        self.assertIsNone(self.world.person(person.token).welcome["person"])

    def test_erase_waits_for_what_is_under_way(self):
        email = "marta@quillbooks.example"
        person = self.start(email)
        self.parked(person)
        page = self.who(email)
        error = self.post(f"/v1/people/{page['id']}/erase", {"email": email}, self.admin,
                          status=409)
        self.assertEqual(error["code"], "waiting")

    def test_the_list(self):
        for i in range(3):
            self.start(f"list-{i}@pages.example")
        rows = self.get("/v1/people?query=pages.example", self.technician)["people"]
        self.assertEqual([one["email"] for one in rows],
                         [f"list-{i}@pages.example" for i in (2, 1, 0)])
        before = self.get(f"/v1/people?query=pages.example&before={rows[0]['id']}")["people"]
        self.assertEqual(len(before), 2)
        for bad in ("before=x", "query=" + "a" * 201):
            self.assertEqual(self.world.get(f"/v1/people?{bad}", self.admin)[0], 400)


if __name__ == "__main__":
    unittest.main()

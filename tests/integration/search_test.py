"""Staff search all messages, list closed conversations, and get a long inbox in pieces."""
import json
import sqlite3
import unittest
from contextlib import closing
from urllib.parse import urlencode

from world import Case, until

MANY = 620


class Search(Case):
    def get(self, path, cookie=None, **query):
        status, _, body = self.world.get(f"{path}?{urlencode(query)}", cookie or self.world.cookie())
        return status, json.loads(body)

    def find(self, query, **more):
        status, answer = self.get("/v1/search", query=query, **more)
        self.assertEqual(status, 200, answer)
        return answer["found"]

    def found(self, query, count=1):
        """It takes a moment until what was said can be found."""
        until(lambda: len(self.find(query)) == count, f"{count} of {query}")
        return self.find(query)

    def sql(self, statement, *values):
        with closing(sqlite3.connect(self.world.data / "parley.db", timeout=10)) as database:
            with database:
                return database.execute(statement, values).fetchall()

    def test_what_was_said_is_found(self):
        person = self.world.person().start("The Zürich gateway is down.", name="Ines")
        staff = self.world.staff()
        staff.open(person.conversation)
        staff.post("reply", person.conversation, body="Which gateway do you mean?")
        staff.post("note", person.conversation, body="Gateway again, the third time.")
        staff.post("tags", person.conversation, tags=["gateway"])
        rows = self.found("GATEWAY", 3)
        self.assertEqual([row["from"] for row in rows], ["note", "staff", "person"])
        self.assertEqual({row["conversation"] for row in rows}, {person.conversation})
        row = self.find("zurich gatew")[0]
        self.assertEqual(row["parts"], ["The ", "Zürich", " ", "gateway", " is down."])
        self.assertEqual((row["seq"], row["person"], row["reference"], row["open"]),
                         (1, "Ines", person.reference, True))
        number = person.filed()
        self.assertEqual(self.find(f"#{number}")[0]["conversation"], person.conversation)
        self.assertEqual(self.find(person.reference.lower())[0]["seq"], 0)

    def test_what_is_wrong_is_said(self):
        self.assertEqual(self.get("/v1/search", query="x" * 201)[0], 400)
        self.assertEqual(self.get("/v1/search", query="x", before="0")[0], 400)
        self.assertEqual(self.get("/v1/search", query='" OR ( * NEAR')[0], 200)
        self.assertEqual(self.get("/v1/conversations", state="both")[0], 400)
        self.assertEqual(self.get("/v1/conversations", state="closed", staff="me")[0], 400)
        self.assertEqual(self.get("/v1/conversations", state="closed", after="x")[0], 400)
        self.assertEqual(self.world.get("/v1/search?query=x")[0], 401)

    def test_erased_words_leave_the_index_too(self):
        person = self.world.person().start("My password is Tangerine.",
                                           email="juicy@nowhere.example")
        person.filed()
        self.found("tangerine")
        in_index = "SELECT count(*) FROM message_words_data WHERE instr(block, 'tangerine')"
        self.assertEqual(self.sql(in_index), [(1,)])
        _, admin = self.world.sign_up("Ada", "admin")
        people = self.get("/v1/people", query="juicy@nowhere.example")[1]["people"]
        status, _, body = self.world.post(f"/v1/people/{people[0]['id']}/erase",
                                          {"email": "juicy@nowhere.example"}, admin)
        self.assertLess(status, 300, body)
        self.assertEqual(self.find("tangerine"), [])
        until(lambda: self.sql(in_index) == [(0,)], "the words gone from the file")

    def test_what_an_administrator_sets_all_of_staff_read(self):
        _, admin = self.world.sign_up("Ada", "admin")
        view = {"name": "VIP", "view": "mine", "company": "", "tag": "vip", "priority": "",
                "staff": ""}
        targets = {"first_minutes": 15, "next_minutes": 0, "priorities": []}
        for name, value, action in (("targets", targets, "targets_changed"),
                                    ("views", {"views": [view]}, "views_changed")):
            path = f"/v1/settings/{name}"
            self.assertEqual(self.get(path), (200, {"value": {}}))
            self.assertEqual(self.world.post(path, {"value": []}, admin)[0], 400)
            self.assertEqual(self.world.post(path, {"value": value}, self.world.cookie())[0], 403)
            self.assertEqual(self.world.post(path, {"value": value}, admin)[0], 204)
            self.assertEqual(self.get(path), (200, {"value": value}))
            entries = self.get("/v1/audit", admin)[1]["rows"]
            self.assertEqual(entries[0]["action"], action)

    def test_a_long_inbox_comes_in_pieces(self):
        person = self.world.person().start("One of many.")
        self.sql("WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < ?) "
                 "INSERT INTO conversation (id, reference, person, subject, open, last_seq, "
                 "last_at_ms, waiting_since_ms, created_ms) SELECT randomblob(16), "
                 "printf('PLY-%08d', i), person, 'Copy ' || i, 1, 0, last_at_ms + i, "
                 "last_at_ms + i, created_ms FROM conversation, k WHERE reference = ?",
                 MANY, person.reference)
        open_now = self.sql("SELECT count(*) FROM conversation WHERE open = 1")[0][0]
        staff = self.world.staff()
        self.assertEqual(len(staff.inbox), 100)
        waits = [one["waiting_since"] for one in staff.inbox]
        self.assertEqual(waits, sorted(waits))
        known, after, pieces = set(), "", 0
        while after is not None:
            staff.chat.send(t="inbox", after=after)
            piece = staff.chat.expect("inbox")
            self.assertFalse(piece["first"])
            known |= {one["id"] for one in piece["conversations"]}
            after, pieces = piece["after"], pieces + 1
        self.assertEqual(len(known), open_now)
        self.assertGreater(pieces, 2)
        staff.chat.send(t="inbox", after="no id")
        self.assertEqual(staff.chat.receive()["code"], "bad_frame")
        self.sql("DELETE FROM conversation WHERE subject LIKE 'Copy %'")

    def test_closed_ones_page_by_page(self):
        talks = [self.world.person().start(f"Closing {number}") for number in range(3)]
        staff = self.world.staff()
        staff.open(talks[1].conversation)
        staff.post("tags", talks[1].conversation, tags=["billing"])
        staff.post("assign", talks[1].conversation, staff=staff.welcome["id"])
        for one in talks:
            staff.post("close", one.conversation)
        first = self.get("/v1/conversations", state="closed")[1]["conversations"]
        self.assertEqual([one["id"] for one in first[:3]],
                         [one.conversation for one in reversed(talks)])
        next_one = self.get("/v1/conversations", state="closed", after=first[0]["id"])[1]
        self.assertEqual(next_one["conversations"][0]["id"], talks[1].conversation)
        for query in ({"tag": "Billing"}, {"staff": staff.welcome["id"]}):
            rows = self.get("/v1/conversations", state="closed", **query)[1]["conversations"]
            self.assertEqual([one["id"] for one in rows], [talks[1].conversation])
        rows = self.get("/v1/conversations", state="closed", staff="nobody")[1]["conversations"]
        self.assertNotIn(talks[1].conversation, [one["id"] for one in rows])
        # One that is closed can be looked at.
        staff.summaries.clear()
        staff.open(talks[0].conversation)
        staff.summary(talks[0].conversation, lambda one: one["state"] == "closed")


if __name__ == "__main__":
    unittest.main()

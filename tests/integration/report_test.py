"""Reports from the outside: what staff and programs read, as JSON and as tables, and what is
refused."""
import csv
import io
import json
import sqlite3
import unittest
from contextlib import closing
from urllib.parse import urlencode

from admin import Admin
from world import World, http, until

TABLES = {"staff": "technician", "companies": "company", "days": "day", "hours": "weekday"}
ALWAYS = {"zone": "Pacific/Auckland", "days": [[{"from": "00:00", "to": "24:00"}]] * 7}


class Reports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World(connected=False)
        cls.admin = Admin(cls.world)
        cls.talks = [cls.world.person().start(f"Number {n}", email=f"p{n}@a.example")
                     for n in range(4)]
        staff = cls.world.staff()
        cls.robin = staff.welcome["id"]
        for person in cls.talks[:2]:
            staff.open(person.conversation)
            staff.post("reply", person.conversation, body="Have you tried")
        staff.post("close", cls.talks[0].conversation)
        staff.post("close", cls.talks[1].conversation)
        staff.post("reopen", cls.talks[1].conversation)

    @classmethod
    def tearDownClass(cls):
        cls.world.close()

    def sql(self, statement, *values):
        with closing(sqlite3.connect(self.world.data / "parley.db", timeout=10)) as database:
            with database:
                return database.execute(statement, values).fetchall()

    def get(self, path="/v1/reports", cookie=None, **query):
        return self.world.get(f"{path}?{urlencode(query)}", cookie or self.world.cookie())

    def report(self, **query):
        status, _, body = self.get(**query)
        self.assertEqual(status, 200, body)
        return json.loads(body)

    def rows(self, table, **query):
        status, headers, body = self.get("/v1/reports.csv", table=table, **query)
        self.assertEqual(status, 200, body)
        self.assertEqual(headers["Content-Type"], "text/csv; charset=utf-8")
        self.assertRegex(headers["Content-Disposition"],
                         rf'^attachment; filename="parley-{table}-2[\d-]+\.csv"$')
        return list(csv.DictReader(io.StringIO(body, newline="")))

    def test_what_was_done(self):
        report = self.report(days=2)
        told = report["all"]
        self.assertEqual([told[key] for key in ("conversations", "taken_over", "answered",
                                                "closed", "rated", "rating")],
                         [4, 0, 2, 1, 0, None])
        self.assertLess(told["answer_median_ms"], 60_000)
        self.assertLessEqual(told["answer_median_ms"], told["answer_p90_ms"])
        self.assertLessEqual(told["answer_median_ms"], told["resolution_median_ms"])
        self.assertEqual({row["id"]: row["conversations"] for row in report["staff"]},
                         {self.robin: 2, None: 2})
        self.assertEqual([len(report[key]) for key in ("days", "hours")], [2, 168])
        self.assertEqual(sum(row["conversations"] for row in report["days"]), 4)
        self.assertEqual(sum(row["conversations"] for row in report["hours"]), 4)
        self.assertIsNone(self.report(**{"from": "2001-01-01", "to": "2001-01-01"})
                          ["all"]["answer_median_ms"])

    def test_ratings_companies_and_what_was_taken_over(self):
        n = [self.sql("SELECT n FROM conversation WHERE reference = ?", one.reference)[0][0]
             for one in self.talks]
        self.sql("INSERT INTO rating (conversation, score, at_ms) VALUES (?, 2, 1), (?, 4, 1)",
                 n[0], n[2])
        self.sql("UPDATE rating SET score = 5 WHERE conversation = ?", n[2])
        self.sql("UPDATE person SET company = '=Acme' WHERE id = (SELECT person FROM conversation "
                 "WHERE n = ?)", n[0])
        self.sql("UPDATE conversation SET adopted = 1 WHERE n = ?", n[0])
        self.sql("UPDATE conversation SET merged = ? WHERE n = ?", n[0], n[3])
        try:
            report = self.report(days=2)
            told = report["all"]
            self.assertEqual([told[key] for key in ("conversations", "taken_over", "answered",
                                                    "closed", "rated", "rating")],
                             [3, 1, 1, 0, 2, 3.5])
            self.assertEqual([(row["name"], row["conversations"], row["rating"])
                              for row in report["companies"]],
                             [("", 2, 5.0), ("=Acme", 1, 2.0)])
            self.assertEqual([(row["company"], row["rated"], row["rating"])
                              for row in self.rows("companies", days=2)],
                             [("(none)", "1", "5.00"), ("'=Acme", "1", "2.00")])
            self.sql("DELETE FROM rating WHERE conversation = ?", n[2])
            self.assertEqual(self.report(days=2)["all"]["rated"], 1)
        finally:
            self.sql("DELETE FROM rating")
            self.sql("UPDATE conversation SET adopted = 0, merged = 0")
            self.sql("UPDATE person SET company = ''")

    def test_tables(self):
        for table, first in TABLES.items():
            rows = self.rows(table, days=3)
            self.assertEqual(next(iter(rows[0])), first)
            self.assertEqual(sum(int(row["conversations"]) for row in rows), 4, table)
            self.assertNotIn(None, rows[0])
        self.assertEqual([row["technician"] for row in self.rows("staff", days=3)],
                         ["Robin", "(nobody)"])

    def test_days_are_the_houses(self):
        self.assertEqual(self.report(days=1)["zone"], "UTC")
        self.assertEqual(self.report(days=1, zone="Asia/Tokyo")["zone"], "Asia/Tokyo")
        self.assertEqual(self.report(days=1, zone="../etc")["zone"], "UTC")
        status, answer = self.admin.call("POST", "/v1/settings/hours", {"value": ALWAYS})
        self.assertEqual(status, 204, answer)
        until(lambda: self.report(days=1, zone="Asia/Tokyo")["zone"] == ALWAYS["zone"], "the zone")
        self.assertEqual(self.admin.call("POST", "/v1/settings/hours", {"value": {}})[0], 204)
        until(lambda: self.report(days=1)["zone"] == "UTC", "no zone")

    def test_what_is_refused(self):
        for query in ({"days": 0}, {"days": 401}, {"from": "2026-01-01"},
                      {"from": "2026-01-02", "to": "2026-01-01"},
                      {"from": "2025-01-01", "to": "2026-11-01"},
                      {"from": "1970-01-01", "to": "1970-01-02"},
                      {"from": "9998-12-31", "to": "9998-12-31"}):
            self.assertEqual(self.get(**query)[0], 400, query)
        self.assertEqual(self.get("/v1/reports.csv", table="people")[0], 400)
        self.assertEqual(self.world.get("/v1/reports")[0], 401)
        self.assertEqual(self.world.get("/v1/reports.csv?table=days")[0], 401)

    def test_for_programs(self):
        keys = {right: self.admin.call("POST", "/v1/keys", {"name": "R", "rights": [right]})[1]
                for right in ("read", "people")}
        for path in ("/v1/api/reports?days=2", "/v1/api/reports.csv?days=2&table=staff"):
            for right, status in (("read", 200), ("people", 403)):
                got, _, body = http(self.world.url + path,
                                    Authorization=f"Bearer {keys[right]['key']}")
                self.assertEqual(got, status, body)
            self.assertEqual(http(self.world.url + path)[0], 401)
        self.assertEqual(http(f"{self.world.url}/v1/api/reports.csv?days=2&table=staff",
                              Authorization=f"Bearer {keys['read']['key']}")[2].split("\r\n")[1]
                         .split(",")[:2], ['"Robin"', "2"])


if __name__ == "__main__":
    unittest.main()

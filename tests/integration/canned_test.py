"""Canned replies over REST: one's own, those of all, and who may change which."""
import json
import sqlite3
import unittest
from contextlib import closing

from world import Case

HELLO = {"shortcut": "hello", "name": "Greeting", "text": "Hello {first_name}"}


class Canned(Case):
    settings = {"connected": False}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.world.sign_up("Ada", "admin")[1]

    def setUp(self):
        self.robin = self.world.sign_up("Robin")[1]
        for one in self.list(self.admin):
            self.assertEqual(self.post(self.admin, f"/{one['id']}/remove")[0], 204)

    def post(self, who, path="", **body):
        status, _, text = self.world.post(f"/v1/canned{path}", body, who)
        return status, json.loads(text) if text else {}

    def page(self, who, query=""):
        status, _, text = self.world.get(f"/v1/canned{query}", who)
        self.assertEqual(status, 200, text)
        return json.loads(text)

    def list(self, who):
        return self.page(who)["canned"]

    def audited(self):
        with closing(sqlite3.connect(self.world.data / "parley.db", timeout=10)) as database:
            return database.execute("SELECT action, object FROM audit WHERE action LIKE 'canned%' "
                                    "ORDER BY id DESC").fetchall()

    def test_own(self):
        before = self.audited()
        self.assertEqual(self.post(self.robin, **HELLO), (204, {}))
        one, = self.list(self.robin)
        self.assertEqual((one["shortcut"], one["name"], one["text"], one["shared"]),
                         ("hello", "Greeting", "Hello {first_name}", False))
        self.assertEqual(self.list(self.admin), [])
        for path in (f"/{one['id']}", f"/{one['id']}/remove"):  # not even an administrator's
            self.assertEqual(self.post(self.admin, path, **HELLO)[0], 404)
        status, body = self.post(self.robin, **HELLO)
        self.assertEqual((status, body["code"], body["field"]), (409, "taken", "shortcut"))
        changed = {**HELLO, "text": " Good day \r\n{person} "}
        self.assertEqual(self.post(self.robin, f"/{one['id']}", **changed)[0], 204)
        self.assertEqual(self.list(self.robin)[0]["text"], "Good day \n{person}")
        self.assertEqual(self.post(self.robin, f"/{one['id']}/remove")[0], 204)
        self.assertEqual(self.post(self.robin, f"/{one['id']}/remove")[0], 404)
        self.assertEqual(self.audited(), before)

    def test_shared(self):
        status, body = self.post(self.robin, **HELLO, shared=True)
        self.assertEqual((status, body["code"]), (403, "not_admin"))
        self.assertEqual(self.post(self.admin, **HELLO, shared=True)[0], 204)
        self.assertEqual(self.post(self.robin, **HELLO)[0], 204)  # their own beside it
        shared, own = self.list(self.robin)
        self.assertEqual((shared["shared"], own["shared"]), (True, False))
        for path in (f"/{shared['id']}", f"/{shared['id']}/remove"):
            status, body = self.post(self.robin, path, **HELLO)
            self.assertEqual((status, body["code"]), (403, "not_admin"))
        # A change says nothing of whose it is.
        self.assertEqual(self.post(self.admin, f"/{shared['id']}", **{**HELLO, "name": "Hi"},
                                   shared=False)[0], 204)
        self.assertEqual([(one["name"], one["shared"]) for one in self.list(self.robin)],
                         [("Hi", True), ("Greeting", False)])
        self.assertEqual(self.post(self.admin, f"/{shared['id']}/remove")[0], 204)
        self.assertEqual(self.audited()[:3], [("canned_removed", "hello"),
                                              ("canned_changed", "hello"),
                                              ("canned_added", "hello")])

    def test_limits(self):
        for field, bad in (("shortcut", ""), ("shortcut", "a" * 33), ("shortcut", "Hello"),
                           ("shortcut", "a b"), ("shortcut", "ä"), ("shortcut", 5),
                           ("name", ""), ("name", "n" * 81), ("text", " \n"),
                           ("text", "ä" * 2001), ("text", ["x"])):
            with self.subTest(field=field, bad=bad):
                status, body = self.post(self.robin, **{**HELLO, field: bad})
                self.assertEqual((status, body["field"]), (400, field))
        self.assertEqual(self.list(self.robin), [])
        self.assertEqual(self.post(self.robin, shortcut="a" * 32, name="ä" * 40,
                                   text="ä" * 2000)[0], 204)

    def test_pages(self):
        for i in range(101):
            self.assertEqual(self.post(self.robin, shortcut=f"w-{i}", name="N",
                                       text='"' * 4000)[0], 204)
        first = self.page(self.robin)
        self.assertEqual((len(first["canned"]), first["more"]), (100, True))
        rest = self.page(self.robin, f"?after={first['canned'][-1]['id']}")
        self.assertEqual(([one["shortcut"] for one in rest["canned"]], rest["more"]),
                         (["w-100"], False))
        self.assertEqual(self.world.get("/v1/canned?after=x", self.robin)[0], 400)


unittest.main()

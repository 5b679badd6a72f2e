"""REST for programs, from the outside: keys, rights, what each route does, and that what is asked
twice under one name is done once."""
import json
import os
import secrets
import subprocess
import time
import unittest

from admin import Admin
from world import World, http, until

ROUTES = [json.loads(line) for line in
          subprocess.run([os.environ["BIN_ROUTES"]], check=True, capture_output=True,
                         text=True).stdout.splitlines()]
TALKS = "/v1/api/conversations"
RIGHTS = ["read", "write", "people"]


class Rest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.admin = Admin(cls.world)
        cls.all_rights = cls.make(cls, RIGHTS)
        cls.person = cls.world.person().start("My printer smokes", name="Ann")
        cls.talk = f"{TALKS}/{cls.person.conversation}"

    @classmethod
    def tearDownClass(cls):
        cls.world.close()

    def make(self, rights, name="Robot"):
        status, answer = self.admin.call("POST", "/v1/keys", {"name": name, "rights": rights})
        assert status == 200, answer
        return answer["key"]

    def ask(self, method, path, body=None, key=None, name=None, **headers):
        fields = {"Authorization": f"Bearer {key or self.all_rights}", **headers}
        if method == "POST":
            fields["Content-Type"] = "application/json"
            fields.setdefault("Idempotency-Key", name or secrets.token_hex(8))
            body = json.dumps(body if body is not None else {}).encode()
        status, _, text = http(f"{self.world.url}{path}", body, method,
                               **{k: v for k, v in fields.items() if v is not None})
        return status, json.loads(text)

    def said(self, talk=None):
        return self.ask("GET", f"{talk or self.talk}/messages")[1]["messages"]

    def test_reading(self):
        status, answer = self.ask("GET", f"{TALKS}?open=true")
        self.assertEqual((status, answer["more"]), (200, False))
        self.assertIn(self.person.conversation, [one["id"] for one in answer["conversations"]])
        status, answer = self.ask("GET", self.talk)
        self.assertEqual((status, answer["conversation"]["person"]["name"]), (200, "Ann"))
        self.assertEqual(self.said()[0]["body"], "My printer smokes")
        self.assertEqual(self.ask("GET", f"{self.talk}/messages?since=1000")[1]["messages"], [])
        self.assertIn("Ann", [one["name"] for one in self.ask("GET", "/v1/api/people")[1]["people"]])
        for path, expected in ((f"{TALKS}?open=2", 400), (f"{TALKS}?before=2", 400),
                               (f"{TALKS}/{secrets.token_hex(16)}", 404), (f"{TALKS}/x", 404),
                               (f"{self.talk}/messages?since=x", 400)):
            self.assertEqual(self.ask("GET", path)[0], expected, path)

    def test_who_works_here(self):
        key = self.make(["read"], "Rota")
        here, gone = self.world.staff("Hana"), self.world.staff("Gus")

        def rows():
            time.sleep(0.3)  # a key may not ask for ever
            return {one["id"]: one for one in self.ask("GET", "/v1/api/staff", key=key)[1]["staff"]}
        gone.chat.socket.close()
        until(lambda: not rows()[gone.welcome["id"]]["present"], "somebody to be gone")
        mine = rows()[here.welcome["id"]]
        self.assertEqual(set(mine), {"id", "name", "role", "present", "away"})
        self.assertTrue(mine["present"])
        path = f"/v1/staff/{gone.welcome['id']}"
        self.assertEqual(self.admin.call("POST", path, {"disabled": True})[0], 204)
        self.assertNotIn(gone.welcome["id"], rows())

    def test_long_messages_come_in_more_pages(self):
        person = self.world.person().start("Hello", name="Ivo")
        staff = self.world.staff()
        for _ in range(70):  # each byte is two in JSON: together more than one answer holds
            staff.post("reply", person.conversation, body='"' * 8000)
        key = self.make(["read"], "Pages")
        seqs, answer = [], {"since": 0, "more": True}
        while answer["more"]:
            status, answer = self.ask(
                "GET", f"{TALKS}/{person.conversation}/messages?since={answer['since']}",
                key=key)
            self.assertEqual(status, 200, answer)
            seqs += [one["seq"] for one in answer["messages"]]
        self.assertEqual(seqs, list(range(1, 72)))

    def test_pages_of_conversations(self):
        made = [self.world.person().start(f"Number {i}", name="Bo").conversation
                for i in range(3)]
        rows = self.ask("GET", TALKS)[1]["conversations"]
        self.assertEqual([one["id"] for one in rows][:3], made[::-1])
        older = self.ask("GET", f"{TALKS}?before={made[1]}")[1]["conversations"]
        self.assertEqual(older[0]["id"], made[0])

    def test_acting(self):
        person = self.world.person().start("Hello", name="Cy")
        talk = f"{TALKS}/{person.conversation}"
        status, answer = self.ask("POST", f"{talk}/reply", {"body": "Have you tried"})
        self.assertEqual((status, answer["seq"]), (200, 2), answer)
        heard = person.chat.expect("messages")["messages"][0]
        self.assertEqual((heard["from"], heard["body"]), ("staff", "Have you tried"))
        self.assertEqual(self.ask("POST", f"{talk}/note", {"body": "A robot was here"})[0], 200)
        self.assertEqual([one["from"] for one in self.said(talk)], ["person", "staff", "note"])
        self.assertNotIn("robot", str(person.read()))
        staff = self.world.staff()
        me = staff.welcome["id"]
        for path, body in (("assign", {"staff": me}), ("tags", {"tags": ["vip", "b"]}),
                           ("close", {})):
            status, answer = self.ask("POST", f"{talk}/{path}", body)
            self.assertEqual(status, 200, answer)
        now = self.ask("GET", talk)[1]["conversation"]
        self.assertEqual((now["staff"]["id"], now["tags"], now["open"]), (me, ["b", "vip"], False))
        self.assertEqual(self.ask("POST", f"{talk}/reopen")[0], 200)
        self.assertEqual(self.ask("POST", f"{talk}/assign", {"staff": None})[0], 200)
        now = self.ask("GET", talk)[1]["conversation"]
        self.assertEqual((now["staff"], now["open"]), (None, True))
        key = self.make(["write"], "Clumsy")
        for path, body, expected in (("reply", {"body": ""}, 400), ("reply", {"body": 1}, 400),
                                     ("reply", {"body": "x" * 9000}, 400), ("reply", {}, 400),
                                     ("tags", {"tags": ["a,b"]}, 400), ("tags", {}, 400),
                                     ("tags", {"tags": ["x"] * 11}, 400),
                                     ("tags", {"tags": ["two\nlines"]}, 400),
                                     ("tags", {"tags": [" vip"]}, 400),
                                     ("assign", {"staff": "x"}, 400), ("assign", {}, 400),
                                     ("assign", {"staff": person.conversation}, 404)):
            self.assertEqual(self.ask("POST", f"{talk}/{path}", body, key)[0], expected,
                             (path, body))
        number = person.filed()
        until(lambda: "Have you tried" in self.world.bodies(number), "the comment")

    def test_beginning_one(self):
        given = {"name": "Fay", "email": "Fay@Example.com", "subject": "Disk is full",
                 "body": "disk /dev/sda1 at 99 %"}
        first = self.ask("POST", TALKS, given, name="disk-99")
        self.assertEqual(first[0], 200, first)
        self.assertEqual(self.ask("POST", TALKS, given, name="disk-99"), first)
        talk = f"{TALKS}/{first[1]['conversation']}"
        now = self.ask("GET", talk)[1]["conversation"]
        self.assertEqual((now["subject"], now["person"]["name"], now["person"]["email"]),
                         ("Disk is full", "Fay", "fay@example.com"))
        until(lambda: self.ask("GET", talk)[1]["conversation"]["ticket"], "its ticket")
        number = self.ask("GET", talk)[1]["conversation"]["ticket"]["number"]
        self.assertIn("disk /dev/sda1 at 99 %", self.world.bodies(number))
        people = len(self.ask("GET", "/v1/api/people")[1]["people"])
        again = self.ask("POST", TALKS, {**given, "subject": ""}, name="disk-99-again")
        self.assertEqual(again[0], 200, again)
        self.assertEqual(len(self.ask("GET", "/v1/api/people")[1]["people"]), people)
        stranger = self.world.person()
        self.assertIsNone(stranger.welcome["conversation"])
        for wrong in ({"email": "no"}, {"name": ""}, {"body": " "}, {"body": "x" * 9000},
                      {"subject": "x" * 9000}, {"subject": 7}, {"name": 7}):
            self.assertEqual(self.ask("POST", TALKS, {**given, **wrong})[0], 400, wrong)
        reader = self.make(["read"], "Reader")
        self.assertEqual(self.ask("POST", TALKS, given, reader)[0], 403)
        self.admin.call("POST", f"/v1/people/{now['person']['id']}/block")
        status, answer = self.ask("POST", TALKS, given)
        self.assertEqual((status, answer["code"]), (409, "blocked"))

    def test_sleep(self):
        person = self.world.person().start("Hello", name="Gus")
        talk = f"{TALKS}/{person.conversation}"
        later = int(time.time() * 1000) + 3_600_000
        staff = self.world.staff()
        self.assertEqual(self.ask("POST", f"{talk}/snooze", {"until": later})[0], 200)
        staff.summary(person.conversation, lambda one: one["snoozed_until"] == later)
        self.assertEqual(self.ask("POST", f"{talk}/snooze", {"until": 0})[0], 200)
        staff.summary(person.conversation, lambda one: one["snoozed_until"] is None)
        for wrong in ({}, {"until": 5}, {"until": -1}, {"until": "tomorrow"},
                      {"until": time.time_ns()}):  # no page could show that time
            self.assertEqual(self.ask("POST", f"{talk}/snooze", wrong)[0], 400, wrong)

    def test_asked_twice_it_is_done_once(self):
        person = self.world.person().start("Hello", name="Di")
        talk = f"{TALKS}/{person.conversation}"
        first = self.ask("POST", f"{talk}/reply", {"body": "Once"}, name="one-name")
        self.assertEqual(first[0], 200)
        self.assertEqual(self.ask("POST", f"{talk}/reply", {"body": "Once"}, name="one-name"), first)
        self.assertEqual(len(self.said(talk)), 2)
        for path, body in ((f"{talk}/reply", {"body": "Twice"}), (f"{talk}/note", {"body": "Once"}),
                           (f"{self.talk}/reply", {"body": "Once"})):
            status, answer = self.ask("POST", path, body, name="one-name")
            self.assertEqual((status, answer["code"]), (422, "key_used"), path)
        other = self.make(["write"], "Other")
        self.assertEqual(
            self.ask("POST", f"{talk}/reply", {"body": "Once"}, other, "one-name")[1]["seq"], 3)
        for name in ("x" * 65, "with space", ""):
            status, answer = self.ask("POST", f"{talk}/close", **{"Idempotency-Key": name})
            self.assertEqual((status, answer["code"]), (400, "no_key"), name)
        self.assertEqual(self.ask("POST", f"{talk}/close", **{"Idempotency-Key": None})[0], 400)

    def test_still_once_after_a_crash_before_the_answer_was_kept(self):
        world = World(connected=False)
        self.addCleanup(world.close)
        admin = Admin(world)
        key = admin.call("POST", "/v1/keys", {"name": "R", "rights": RIGHTS})[1]["key"]
        person = world.person().start("Hello", name="Ed")
        path = f"{TALKS}/{person.conversation}/reply"

        def reply():
            return http(f"{world.url}{path}", b'{"body":"Once"}', "POST",
                        **{"Authorization": f"Bearer {key}", "Content-Type": "application/json",
                           "Idempotency-Key": "k"})[::2]
        first = reply()
        world.server.kill()
        world.server.wait()
        import sqlite3
        with sqlite3.connect(world.data / "parley.db") as db:
            db.execute("UPDATE api_answer SET status = 0, body = ''")
        db.close()
        world.start()
        self.assertEqual(reply(), first)
        self.assertEqual(len(world.person(person.token).read()), 2)

    def test_every_route_needs_a_key_with_its_right(self):
        keys = {right: self.make([right], right) for right in RIGHTS}
        for route in ROUTES:
            if route["who"] != "key":
                continue
            path = route["path"].replace("{id}", self.person.conversation)
            for bad in ("ply_" + "x" * 43, "ply_short", "x", self.all_rights + "x"):
                status, answer = self.ask(route["method"], path, key=bad)
                self.assertEqual((status, answer["code"]), (401, "key"), path)
            for right, key in keys.items():
                status, answer = self.ask(route["method"], path, key=key)
                if right == route["right"]:
                    self.assertNotIn(status, (401, 403, 500), (path, answer))
                else:
                    self.assertEqual((status, answer["code"]), (403, "right"), (path, right))
        for path in ("/v1/staff", "/v1/keys", "/v1/webhooks"):  # a key opens nothing else
            self.assertEqual(self.ask("GET", path)[0], 401, path)

    def test_bodies(self):
        for body, expected in ((b"", "bad_json"), (b"[]", "bad_json"), (b'{"a":1,"a":2}', "bad_json"),
                               (b"x" * 50000, "too_long")):
            status, _, text = http(
                f"{self.world.url}{self.talk}/note", body, "POST",
                **{"Authorization": f"Bearer {self.all_rights}", "Idempotency-Key": "b",
                   "Content-Type": "application/json"})
            self.assertEqual((status, json.loads(text)["code"]),
                             (413 if expected == "too_long" else 400, expected), body[:20])

    def test_keys_are_shown_once_and_revoked_at_once(self):
        key = self.make(["read"], "Short")
        self.assertRegex(key, r"^ply_[A-Za-z0-9_-]{43}$")
        self.assertEqual(self.ask("GET", self.talk, key=key)[0], 200)
        until(lambda: self.admin.get("/v1/keys")["keys"][0]["used"] > 0, "its use")
        row = self.admin.get("/v1/keys")["keys"][0]
        self.assertEqual((row["name"], row["rights"], row["hint"]), ("Short", ["read"], key[-4:]))
        self.assertNotIn(key, str(self.admin.get("/v1/keys")))
        self.assertNotIn(key, self.world.log())
        self.assertNotIn(key.encode(), (self.world.data / "parley.db").read_bytes())
        self.assertEqual(self.admin.call("POST", f"/v1/keys/{row['id']}/revoke")[0], 200)
        self.assertEqual(self.ask("GET", self.talk, key=key)[0], 401)
        self.assertEqual(self.admin.call("POST", f"/v1/keys/{row['id']}/revoke")[0], 404)
        for body in ({"name": "", "rights": ["read"]}, {"name": "a", "rights": []},
                     {"name": "a", "rights": ["all"]}, {"name": "a", "rights": ["read"] * 20}):
            self.assertEqual(self.admin.call("POST", "/v1/keys", body)[0], 400, body)

    def test_not_too_often(self):
        key = self.make(["read"], "Busy")
        seen = [self.ask("GET", f"{TALKS}/x", key=key)[0] for _ in range(70)]
        self.assertEqual(seen[:50], [404] * 50)
        status, answer = self.ask("GET", self.talk, key=key)
        self.assertEqual((status, answer["code"]), (429, "too_fast"))
        self.assertGreater(answer["retry_ms"], 0)
        self.assertEqual(self.ask("GET", self.talk)[0], 200)

    def test_what_is_described_is_what_is_there(self):
        status, headers, text = http(f"{self.world.url}/v1/openapi.json")
        page = json.loads(text)
        self.assertEqual((status, headers["Content-Type"], page["openapi"]),
                         (200, "application/json", "3.1.0"))
        told = {(method.upper(), path) for path, methods in page["paths"].items()
                for method in methods}
        self.assertEqual(told, {(one["method"], one["path"]) for one in ROUTES})


if __name__ == "__main__":
    unittest.main()

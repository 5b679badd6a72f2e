"""An administrator connects Syncro over the REST routes: every wrong turn is answered by its own
sentence, and the key is never seen again."""
import json
import secrets
import unittest
from http.client import HTTPConnection

from admin import SEVEN, STEPS, Admin, Case, states
from world import World, until


class Testing(Case):
    """One world for all: nothing is saved."""

    @classmethod
    def setUpClass(cls):
        cls.one = World(connected=False)
        cls.admin = Admin(cls.one)

    @classmethod
    def tearDownClass(cls):
        cls.one.close()

    def tearDown(self):
        self.one.clear()
        for name, value in (("unknown-subdomain", "off"), ("seven-rights-me", "yes"),
                            ("comment-right", "edit"), ("record-first", "no"), ("limit", "0")):
            self.set(self.one, name, value)
        self.token(self.one, rights="seven", enabled=True)

    def setUp(self):
        self.set(self.one, "limit", "0")

    def run_test(self, **more):
        return self.admin.test(**{"account": "demo", "token": self.one.token, **more})

    def test_what_is_offered(self):
        psa = self.admin.get("/v1/psas")["psas"][0]
        self.assertEqual((psa["kind"], psa["title"]), ("syncro", "Syncro"))
        self.assertEqual([one["label"] for one in psa["fields"]],
                         ["Your Syncro Subdomain", "API Key"])
        self.assertEqual([one["secret"] for one in psa["fields"]], [False, True])
        self.assertEqual([one["name"] for one in psa["rights"]], SEVEN)
        guide = " ".join(psa["guide"])
        labels = ["username at the top right", "Profile/Password", "API Tokens", "+ New Token",
                  "Custom Permissions", "Expiration", "Create API Token", "Done",
                  "Test Credentials", "Save"]
        places = [guide.index(label) for label in labels]
        self.assertEqual(places, sorted(places))

    def test_the_subdomain(self):
        def understand(text):
            return self.admin.call("POST", "/v1/connectors/understand",
                                   {"kind": "syncro", "account": text})
        for text in ("demo", " DEMO ", "https://demo.syncromsp.com/tickets/1"):
            self.assertEqual(understand(text), (200, {"account": "demo",
                                                      "origin": self.one.origin}))
        for text, word in (("", "missing"), ("https://evil.example", "another host"),
                           ("my_company", "underscore"), ("a@demo.syncromsp.com", "user name"),
                           ("demo.syncromsp.com:80", "port"), ("-demo", "hyphen"),
                           ("a" * 64, "63")):
            status, answer = understand(text)
            self.assertEqual((status, answer["field"]), (400, "account"), answer)
            self.assertIn(word, answer["error"])
        self.assertEqual(self.admin.call("POST", "/v1/connectors/understand",
                                         {"kind": "none", "account": "demo"})[0], 404)

    def test_the_seven_rights(self):
        before = self.one.tickets()
        lines, last = self.run_test()
        self.assertEqual(states(lines), "osooooouoo")
        self.assertTrue(last["good"])
        self.assertEqual(len(last["test"]), 43)
        self.assertIn("Could not be proved", lines["right:Ticket Comments - New"][1])
        self.assertEqual(self.one.tickets(), before)

    def test_each_right_missing(self):
        before = self.one.tickets()
        self.set(self.one, "comment-right", "both") # the other way is in the unit test
        for name in SEVEN:
            self.token(self.one, rights=",".join(one for one in SEVEN if one != name))
            lines, last = self.run_test()
            state, text = lines["right:" + name]
            self.assertEqual((state, last["good"]), ("failed", False), (name, lines))
            self.assertIn(f'"{name}" is missing', text)
            self.assertIn("Custom Permissions", text)
            failed = [one for one in STEPS if lines[one][0] == "failed"]
            self.assertEqual(failed, ["right:" + name])
        self.assertEqual(self.one.tickets(), before)

    def test_wrong_turns(self):
        cases = [
            (dict(token="T" + "0" * 32), {}, "token", "Copy it again as a whole"),
            ({}, {"unknown-subdomain": "404"}, "host", "No Syncro account answers"),
            ({}, {"unknown-subdomain": "redirect"}, "host", "sends us elsewhere (302)"),
            ({}, {"unknown-subdomain": "html"}, "host", "A web page came"),
            ({}, {"unknown-subdomain": "401"}, "token", "another account"),
        ]
        sentences = set()
        for body, switches, step, words in cases:
            for name, value in switches.items():
                self.set(self.one, name, value)
            lines, last = self.run_test(**body)
            self.assertEqual((lines[step][0], last["good"]), ("failed", False), lines)
            self.assertIn(words, lines[step][1])
            sentences.add(lines[step][1])
            self.tearDown()
        for fault, step, words in (
                (dict(kind="html", path_prefix="/me"), "host", "A web page came"),
                (dict(kind="status", status=429, path_prefix="/me"), "token", "(429)"),
                (dict(kind="status", status=503, path_prefix="/me"), "token", "(503)"),
                (dict(kind="reset_before", path_prefix="/me"), "host", "broke"),
                (dict(kind="delay", ms=15000, path_prefix="/me"), "host", "within 10 seconds")):
            self.one.fault(**fault)
            lines, last = self.run_test()
            self.assertEqual((lines[step][0], last["good"]), ("failed", False), lines)
            self.assertIn(words, lines[step][1])
            self.assertEqual(set(lines[one][0] for one in STEPS[3:]), {"skipped"})
            sentences.add(lines[step][1])
            self.tearDown()
        self.assertGreaterEqual(len(sentences), 8)

    def test_what_cannot_be_told(self):
        self.set(self.one, "record-first", "yes")
        lines, last = self.run_test()
        self.assertEqual(states(lines), "osoooouuoo")
        self.assertIn("looked for the ticket before", lines["right:Tickets - Edit"][1])
        self.tearDown()
        self.set(self.one, "seven-rights-me", "no")
        self.assertEqual(states(self.run_test()[0]), "osoouoouoo")

    def test_bad_input(self):
        for body, status, field in (
                (dict(account="evil.example", token="T1"), 400, "account"),
                (dict(account="demo", token="T1\r\nX: y"), 400, "token"),
                (dict(account="demo"), 400, "token"),
                (dict(account="demo", token="x" * 3000), 400, "token"),
                (dict(account="demo", token=7), 400, "token")):
            got, answer = self.admin.stream(**body)
            self.assertEqual((got, answer.get("field")), (status, field), answer)
        self.assertEqual(self.admin.stream(kind="none", account="demo", token="T1")[0], 404)

    def test_two_at_once(self):
        self.one.fault(kind="delay", ms=3000, path_prefix="/me")
        held = []
        for _ in range(2):
            connection = HTTPConnection("127.0.0.1", self.one.port, timeout=20)
            connection.request("POST", "/v1/connectors/test",
                               json.dumps({"kind": "syncro", "account": "demo",
                                           "token": self.one.token}),
                               {"Content-Type": "application/json", "Origin": self.one.url,
                                "Cookie": self.admin.cookie})
            answer = connection.getresponse()
            answer.readline()
            held.append((connection, answer))
        status, answer = self.admin.stream(account="demo", token=self.one.token)
        self.assertEqual((status, answer["code"]), (503, "busy"))
        for connection, answer in held: # they leave: there is room again
            answer.close()
            connection.close()
        self.one.clear()
        until(lambda: self.admin.stream(account="demo", token=self.one.token)[0] == 200, "room", 10)

    def test_who_may(self):
        technician = self.one.sign_up("Tom", "technician")[1]
        paths = [("GET", "/v1/psas"), ("GET", "/v1/connectors"),
                 ("POST", "/v1/connectors/understand"), ("POST", "/v1/connectors/test"),
                 ("POST", "/v1/connectors/save"), ("POST", "/v1/connectors/syncro/companies"),
                 ("POST", "/v1/connectors/syncro/options"),
                 ("POST", "/v1/connectors/syncro/pause"), ("POST", "/v1/connectors/syncro/resume"),
                 ("POST", "/v1/connectors/syncro/remove"),
                 ("GET", "/v1/connectors/syncro/consequences"),
                 ("GET", "/v1/connectors/syncro/parked")]
        some = "00000000-0000-7000-8000-000000000000"
        paths += [("POST", f"/v1/outbox/{some}/{what}") for what in ("retry", "company", "discard")]
        for method, path in paths:
            for cookie, expected in ((None, 401), (technician, 403)):
                status = (self.one.get(path, cookie) if method == "GET" else
                          self.one.post(path, {}, cookie))[0]
                self.assertEqual(status, expected, path)
            if method == "POST":
                self.assertEqual(self.one.post(path, {}, self.admin.cookie, Origin=None)[0], 403)


class Saving(Case):
    def test_only_what_was_tested(self):
        world, admin = self.world()
        self.assertIsNone(admin.connector())
        status, answer = admin.save(token=world.token)
        self.assertEqual((status, answer["code"]), (409, "not_tested"))
        _, last = admin.test(account="https://demo.syncromsp.com/", token=world.token)
        other = "T" + secrets.token_hex(16)
        for values in (dict(token=other), dict(account="other"), dict(test="x" * 43)):
            status, answer = admin.save(**{"token": world.token, "test": last["test"], **values})
            self.assertEqual((status, answer["code"]), (409, "not_tested"), values)
        status, found = admin.call("POST", "/v1/connectors/syncro/companies",
                                   {"query": "unsorted", "test": last["test"]})
        self.assertEqual((status, len(found["companies"])), (200, 1), found)
        status, lists = admin.call("POST", "/v1/connectors/syncro/options", {"test": last["test"]})
        self.assertEqual(status, 200)
        self.assertIn("New", lists["statuses"])
        self.assertIn("Other", lists["problem_types"])
        company = found["companies"][0]
        status, saved = admin.save(token=world.token, test=last["test"],
                                   fallback={"id": company["id"], "name": company["name"]})
        self.assertEqual(status, 200, saved)
        self.assertEqual(saved["token_end"], world.token[-4:])
        self.assertEqual(saved["fallback"], {"id": company["id"], "name": company["name"]})
        self.assertEqual((saved["account"], saved["origin"]), ("demo", world.origin))
        self.assertEqual(len(saved["health"]["hours"]), 24)
        number = world.person().start("It smokes.").filed()
        self.assertEqual(world.ticket(number)["customer_id"], company["id"])
        until(lambda: admin.connector()["state"] == "ok", "the state ok", 10)
        health = admin.connector()["health"]
        self.assertGreater(health["hours"][-1]["calls"] + health["hours"][-2]["calls"], 9)
        self.assertEqual(health["budget_limit"], 180)
        self.assertGreater(health["last_call"], 0)
        # Settings alone keep the key; of another account there is none.
        self.assertEqual(admin.save(priority="2 Normal")[0], 200)
        self.assertEqual(admin.save(account="other")[1]["field"], "token")
        self.assertEqual(states(admin.test(account="demo")[0]), "osooooouoo")
        self.nothing_tells(world, admin, world.token, other)

    def nothing_tells(self, world, admin, *tokens):
        """Not in the log, the audit, the database or an answer."""
        places = {"log": world.log(), "connectors": json.dumps(admin.get("/v1/connectors"))}
        world.stop()
        for file in world.data.iterdir():
            places[file.name] = file.read_bytes().decode("latin-1")
        for name, text in places.items():
            for token in tokens:
                self.assertNotIn(token, text, name)
        self.assertIn("connector_saved", places["parley.db"] + places.get("parley.db-wal", ""))
        self.assertIn("connector_tested", places["parley.db"] + places.get("parley.db-wal", ""))

    def test_insisting(self):
        world, admin = self.world()
        wrong = "T" + secrets.token_hex(16)
        _, last = admin.test(account="demo", token=wrong)
        self.assertFalse(last["good"])
        self.assertEqual(admin.save(token=wrong, test=last["test"])[0], 409)
        self.assertEqual(admin.save(token=wrong, insist=True)[0], 200)
        until(lambda: admin.connector()["state"] == "held", "the state held", 15)
        self.assertIn("does not let this API key in", admin.connector()["reason"])

    def test_bad_values(self):
        world, admin = self.world()
        for values, field in ((dict(status="x" * 200), "status"),
                              (dict(fallback={"id": 0, "name": "x"}), "id"),
                              (dict(fallback={"id": 7}), "id"),
                              (dict(fallback="x"), "id"), (dict(account=""), "account")):
            status, answer = admin.save(token=world.token, insist=True, **values)
            self.assertEqual((status, answer.get("field")), (400, field), answer)
        for path in ("pause", "resume", "remove"):
            self.assertEqual(admin.call("POST", f"/v1/connectors/syncro/{path}")[0], 404)


unittest.main()

"""Every route of the table, as nobody, as a technician, as an administrator, with and without the
page it may be called from. The table itself comes from the program, so that no route is left out."""
import hashlib
import json
import os
import secrets
import sqlite3
import subprocess
import time
import unittest
from contextlib import closing

from world import ROOT, Case

ROUTES = [json.loads(line) for line in
          subprocess.run([os.environ["BIN_ROUTES"]], check=True, capture_output=True,
                         text=True).stdout.splitlines()]
PAGE = json.loads(subprocess.run([os.environ["BIN_ROUTES"], "--openapi"], check=True,
                                 capture_output=True, text=True).stdout)
TOLD = PAGE["paths"]
ID = "01890000-0000-7000-8000-000000000000"


class Roles(Case):
    settings = {"connected": False, "proxies": "127.0.0.1"}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.email = {role: cls.world.sign_up(role, role)[0] for role in ("technician", "admin")}
        cls.address = 0

    def session(self, role):
        """A fresh one for every call: some calls end theirs."""
        if role is None:
            return None
        token = secrets.token_urlsafe(32)
        digest = hashlib.blake2b(token.encode(), digest_size=32).digest()
        now = int(time.time() * 1000)
        with closing(sqlite3.connect(self.world.data / "parley.db", timeout=10)) as database:
            with database:
                database.execute(
                    "INSERT INTO staff_session SELECT ?, id, ?, ?, ?, '', '' FROM staff "
                    "WHERE email = ?", [digest, now, now, now + 600_000, self.email[role]])
        return f"__Host-parley={token}"

    def call(self, route, role, origin=True, kind="application/json", body=None):
        path = route["path"].replace("{id}", ID)
        for name in ("{kind}", "{conversation}", "{token}"):
            path = path.replace(name, ID)
        Roles.address += 1  # each call from an address of its own: nobody is too fast
        headers = {"X-Forwarded-For": f"203.0.113.{self.address % 250}, 198.51.100."
                                      f"{self.address // 250}.{self.address % 250}"}
        if route["method"] == "GET":
            return self.world.get(path, self.session(role), **headers)
        origin = {True: self.world.url, False: None}.get(origin, origin)
        return self.world.post(path, {} if body is None else body, self.session(role),
                               Origin=origin, Content_Type=kind, **headers)

    def test_the_table_is_whole(self):
        self.assertGreater(len(ROUTES), 15)
        self.assertLessEqual({route["who"] for route in ROUTES}, {"public", "staff", "admin", "key"})

    def test_every_route_against_every_role(self):
        may = {"public": {None, "technician", "admin"}, "staff": {"technician", "admin"},
               "admin": {"admin"}, "key": set()}
        for route in ROUTES:
            for role in (None, "technician", "admin"):
                with self.subTest(route=f"{route['method']} {route['path']}", role=role):
                    status, headers, body = self.call(route, role)
                    self.assertIn(str(status),
                                  TOLD[route["path"]][route["method"].lower()]["responses"])
                    if role in may[route["who"]]:
                        own = route["path"] == "/v1/session" or \
                            route["path"].startswith("/v1/files")  # by token too: file_test.py
                        if own and role is None:
                            self.assertEqual(status, 401)
                        else:
                            self.assertNotIn(status, (401, 403, 405, 500), body)
                    elif route["who"] == "key":  # no cookie is one: rest_test.py
                        self.assertEqual((status, json.loads(body)["code"]), (401, "key"))
                    elif role is None:
                        self.assertEqual((status, json.loads(body)["code"]), (401, "sign_in"))
                    else:
                        self.assertEqual((status, json.loads(body)["code"]), (403, "not_admin"))
                        self.assertIsNone(headers["Set-Cookie"])

    def test_every_change_needs_the_servers_own_page(self):
        for route in ROUTES:
            if route["method"] == "GET" or route["open"] or route["who"] == "key":
                continue
            for role in (None, "admin"):
                for origin in (False, "https://evil.example", "null"):
                    with self.subTest(route=route["path"], role=role, origin=origin):
                        status, _, body = self.call(route, role, origin)
                        self.assertEqual((status, json.loads(body)["code"]), (403, "origin"))
                for kind in ("text/plain", "application/x-www-form-urlencoded", None,
                             "application/jsonp"):
                    with self.subTest(route=route["path"], role=role, kind=kind):
                        status, _, body = self.call(route, role, kind=kind)
                        self.assertEqual((status, json.loads(body)["code"]),
                                         (403, "content_type"))

    def test_methods(self):
        both = {route["path"] for route in ROUTES if route["method"] == "GET"} & \
            {route["path"] for route in ROUTES if route["method"] == "POST"}
        for route in ROUTES:
            # An offset may be any word there: the two are told apart by what they hold.
            if route["path"] in both or route["path"].startswith("/v1/files/{id}/"):
                continue
            path = route["path"].replace("{id}", ID)
            is_get = route["method"] == "GET"
            status, headers, _ = self.world.post(path, {}) if is_get else self.world.get(path)
            self.assertEqual((status, headers["Allow"]),
                             (405, "GET, HEAD" if is_get else "POST"), path)

    def test_what_is_needed(self):
        """Nothing given: where members are needed one of them is named, else none is missed."""
        for route in ROUTES:
            told = TOLD[route["path"]][route["method"].lower()]
            content = told.get("requestBody", {"content": {}})["content"].get("application/json")
            if route["open"] or route["who"] == "key" or content is None:
                continue
            with self.subTest(route=route["path"]):
                status, _, text = self.call(route, "admin", body=b"{}")
                schema = content["schema"]
                if "$ref" in schema:
                    schema = PAGE["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
                if "required" in schema or "minProperties" in schema:
                    self.assertGreaterEqual(status, 400, text)
                    self.assertIn(json.loads(text).get("field"), (None, *schema["properties"]))
                else:
                    self.assertNotEqual(status, 400, text)

    def test_bodies(self):
        for route in ROUTES:
            if route["method"] == "GET" or route["who"] == "key":
                continue
            bad_ones = () if route["open"] else (b"", b"[]", b"{", b'"x"', b'{"a":1,"a":2}',
                                                 b"\xff")
            for body, expected in ((b"x" * (route["body_max"] + 1), (413, "too_long")),
                                   *((bad, (400, "bad_json")) for bad in bad_ones)):
                with self.subTest(route=route["path"], body=body[:20]):
                    status, _, text = self.call(route, "admin", body=body)
                    self.assertEqual((status, json.loads(text)["code"]), expected)


unittest.main()

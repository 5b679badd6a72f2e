"""The whole way: the server's own addresses, a provider, the session, the audit log."""
import base64
import hashlib
import hmac
import json
import pathlib
import re
import struct
import sys
import time
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))
from browser import Browser  # noqa: E402
from parts import CLIENT, SECRET, EvilProvider, RealProvider, free_port  # noqa: E402
from world import PARLEY, PASSWORD, World, run  # noqa: E402


def totp(secret):
    """RFC 6238, now."""
    key, now = base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(key, now, hashlib.sha1).digest()
    at = digest[19] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7fffffff) % 1_000_000:06}"


class Flow(unittest.TestCase):
    """A server whose provider signs in whom it is told to."""

    @classmethod
    def setUpClass(cls):
        cls.world = World(fallback=False, connected=False, proxies="127.0.0.1")
        secret = cls.world.path / "secret"
        secret.write_text(SECRET + "\n")
        cls.provider = cls.open_provider()
        cls.world.settings.update({
            "PARLEY_OIDC_ISSUER": cls.provider.issuer, "PARLEY_OIDC_CLIENT_ID": CLIENT,
            "PARLEY_OIDC_CLIENT_SECRET_FILE": str(secret), "PARLEY_OIDC_NAME": "Example ID"})
        assert cls.world.stop() == 0
        cls.world.start()
        cls.boss_email, cls.boss = cls.world.sign_up("Boss", "admin")

    @classmethod
    def tearDownClass(cls):
        cls.world.close()
        cls.provider.close()

    def session(self, browser):
        cookie = browser.cookies.get(f"127.0.0.1:{self.world.port}", {}).get("__Host-parley")
        status, _, body = self.world.get("/v1/session", cookie and f"__Host-parley={cookie}")
        return status, json.loads(body)

    def go(self, browser):
        """To the provider and back; the address that it sends the browser to."""
        url = self.world.url
        return browser.follow(browser.get(f"{url}/v1/oidc/start"), f"{url}/v1/oidc/callback")

    def audit(self, who="", action=""):
        status, _, body = self.world.get(
            f"/v1/audit?who={urllib.parse.quote(who)}&action={action}", self.boss)
        self.assertEqual(status, 200)
        return [(row["action"], row["actor"], row["detail"]) for row in json.loads(body)["rows"]]

    def assert_failed(self, actor, *details):
        """These rows, and no other."""
        self.assertEqual([row for row in self.audit(actor, "sign_in_failed")
                          if row[1] == actor and row[2] != "oidc: refused"],
                         [("sign_in_failed", actor, detail) for detail in details])

    def assert_in(self, browser, page, email):
        self.assertEqual(page.status, 200, page.text)
        self.assertIn('<meta http-equiv="refresh" content="0;url=/console">', page.text)
        self.assertIn("default-src 'none'", page.headers["Content-Security-Policy"])
        self.assertEqual((page.headers["Referrer-Policy"], page.headers["Cache-Control"]),
                         ("no-referrer", "no-store"))
        self.assertRegex("\n".join(page.headers.get_all("Set-Cookie")),
                         r"^__Host-parley=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; "
                         r"SameSite=Strict; Max-Age=\d+$")
        status, me = self.session(browser)
        self.assertEqual((status, me.get("email")), (200, email), me)

    def assert_out(self, browser, page, status, sentence):
        self.assertEqual(page.status, status, page.text)
        self.assertIn(sentence, page.text)
        self.assertIn('<a href="/console">', page.text)
        self.assertNotIn("refresh", page.text)
        self.assertIn("default-src 'none'", page.headers["Content-Security-Policy"])
        self.assertNotIn("__Host-parley=", page.headers["Set-Cookie"] or "")
        self.assertEqual(self.session(browser)[0], 401)


class WithARealProvider(Flow):
    @classmethod
    def open_provider(cls):
        return RealProvider(f"{cls.world.url}/v1/oidc/callback")

    def test_the_way_in(self):
        email, _ = self.world.add_staff("Ann", "technician")
        browser = Browser()
        browser.login = email.upper()
        status, nobody = self.session(browser)
        self.assertEqual((status, nobody["oidc"]), (401, {"name": "Example ID"}))
        page = browser.get(f"{self.world.url}/v1/oidc/start")
        self.assertEqual(page.status, 302)
        self.assertRegex(page.headers["Set-Cookie"],
                         r"^__Host-parley_oidc=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; "
                         r"SameSite=Lax; Max-Age=600$")
        back = browser.follow(page, f"{self.world.url}/v1/oidc/callback")
        self.assert_in(browser, browser.get(back), email)
        self.assertEqual(self.audit(email, "sign_in"), [("sign_in", email, "oidc")])
        # What the provider sent the browser with is used up.
        stranger = Browser()
        self.assert_out(stranger, stranger.get(back), 400, "Sign in again")
        self.assertEqual(browser.get(back).status, 400)
        self.assertEqual(self.session(browser)[0], 200)
        log = self.world.log()
        for secret in [SECRET, *urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)["code"],
                       *browser.cookies[f"127.0.0.1:{self.world.port}"].values()]:
            self.assertNotIn(secret, log)

    def test_nobody_gets_an_account(self):
        browser = Browser()
        browser.login = "stranger@msp.example"
        self.assert_out(browser, browser.get(self.go(browser)), 403,
                        "Nobody has an account with the email address stranger@msp.example")
        self.assert_failed("stranger@msp.example", "oidc: no account")


class WithAnEvilProvider(Flow):
    numbers = visits = 0

    @classmethod
    def open_provider(cls):
        return EvilProvider()

    def setUp(self):
        self.provider.mode()

    def add(self, name):
        """Somebody with an account, and what the provider says of them."""
        WithAnEvilProvider.numbers += 1
        email, _ = self.world.add_staff(name)
        return email, {"sub": f"sub-{self.numbers}", "email": email, "email_verified": True}

    def sign_in(self, claims=None, **mode):
        # Each from an address of its own: nobody is too fast.
        WithAnEvilProvider.visits += 1
        browser = Browser(X_Forwarded_For=f"203.0.113.{self.visits}")
        self.provider.mode(claims=claims or {}, **mode)
        return browser, browser.get(self.go(browser))

    def test_the_name_counts_not_the_email(self):
        ann, claims = self.add("Ann")
        bob, _ = self.add("Bob")
        self.assert_in(*self.sign_in(claims), ann)
        self.assert_in(*self.sign_in({**claims, "email": "new@elsewhere.example"}), ann)
        self.assert_in(*self.sign_in({**claims, "email": bob}), ann)
        self.assert_in(*self.sign_in({**claims, "email_verified": False}), ann)
        self.assert_in(*self.sign_in({**claims, "email": None},
                                     userinfo={"sub": claims["sub"], "email": None}), ann)
        # Her address, given to another by the provider, opens nothing.
        self.assert_out(*self.sign_in({**claims, "sub": "another"}), 403, "belongs to somebody else")
        self.assert_failed(ann, "oidc: another identity")

    def test_emails(self):
        ann, claims = self.add("Ann")
        for over in ({"email_verified": False}, {"email_verified": None}, {"email_verified": 1}):
            self.assert_out(*self.sign_in({**claims, **over}), 403, "has not verified")
        self.assert_out(*self.sign_in({**claims, "email": None},
                                      userinfo={"sub": claims["sub"], "email": None}), 403,
                        "does not tell your email")
        self.assert_out(*self.sign_in({**claims, "email": "<b>@x.example"},
                                      userinfo={"sub": claims["sub"], "email": None}), 403, "Not signed in")
        self.assert_failed(ann, *["oidc: email not verified"] * 3)
        self.assertEqual(self.audit(ann, "sign_in"), [])

    def test_disabled(self):
        ann, claims = self.add("Ann")
        browser, page = self.sign_in(claims)
        self.assert_in(browser, page, ann)
        done = run(PARLEY, "staff", "disable", "--email", ann, "--data", self.world.data)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.session(browser)[0], 401)
        self.assert_out(*self.sign_in(claims), 403, "Your account is disabled")
        self.assert_failed(ann, "oidc: disabled")

    def test_a_reset_takes_the_name_away(self):
        ann, claims = self.add("Ann")
        self.assert_in(*self.sign_in(claims), ann)
        done = run(PARLEY, "staff", "reset", "--email", ann, "--data", self.world.data)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_out(*self.sign_in({**claims, "email_verified": False}), 403, "not verified")
        self.assert_in(*self.sign_in({**claims, "sub": f"{claims['sub']}-new"}), ann)

    def test_the_second_step_is_the_providers_matter(self):
        email, cookie = self.world.sign_up("Tess")
        _, _, begun = self.world.post("/v1/me/totp/begin", {"password": PASSWORD}, cookie)
        status, _, done = self.world.post(
            "/v1/me/totp/confirm", {"code": totp(json.loads(begun)["secret"])}, cookie)
        self.assertEqual(status, 200, done)
        browser, page = self.sign_in({"sub": "tess", "email": email})
        self.assert_in(browser, page, email)
        self.assertTrue(self.session(browser)[1]["totp"])

    def test_an_invitation_is_not_needed(self):
        ann, claims = self.add("Ann")
        self.assert_in(*self.sign_in(claims), ann)
        status, _, body = self.world.get("/v1/staff", self.boss)
        one = next(row for row in json.loads(body)["staff"] if row["email"] == ann)
        self.assertEqual((status, one["invited"]), (200, False))

    def test_wrong_turns(self):
        now = int(time.time())
        ann, claims = self.add("Ann")
        for what, mode in (
                ("wrong issuer", {"claims": {"iss": "https://other.example"}}),
                ("expired", {"claims": {"exp": now - 3600}}),
                ("wrong nonce", {"claims": {"nonce": "x" * 43}}),
                ("wrong aud", {"claims": {"aud": "another"}}),
                ("bad signature", {"sign": "broken"}),
                ("stranger's key", {"sign": "stranger"}),
                ("none", {"sign": "none"}),
                ("the public key as a secret", {"sign": "hmac-pem"}),
                ("huge", {"answer": {"/token": {"size": 1 << 20}}}),
                ("HTML", {"answer": {"/token": {"type": "text/html", "body": "<html>"}}})):
            with self.subTest(what=what):
                over = mode.pop("claims", {})
                self.assert_out(*self.sign_in({**claims, **over}, **mode), 502,
                                "The sign-in service")
        self.assert_failed("", *["oidc: trouble"] * 10)
        self.assertEqual(self.audit(ann, "sign_in"), [])
        self.assert_in(*self.sign_in(claims), ann)

    def test_other_browsers_and_states(self):
        ann, claims = self.add("Ann")
        self.provider.mode(claims=claims)
        rows = self.audit("", "sign_in_failed")
        thief, victim = Browser(), Browser()
        back = self.go(thief)
        self.assert_out(victim, victim.get(back), 400, "another browser")
        victim.get(f"{self.world.url}/v1/oidc/start")
        back = self.go(thief)
        self.assert_out(victim, victim.get(back), 400, "another browser")
        self.assert_out(thief, thief.get(back), 400, "used already")  # used up by the try
        back = self.go(thief)
        other = re.sub("state=(.)", lambda m: "state=" + ("_" if m[1] == "-" else "-"), back)
        self.assert_out(thief, thief.get(other), 400, "Sign in again")
        for query in ("", "?code=x", "?state=x&code=x", f"?state={'x' * 5000}", "?state=%00"):
            self.assert_out(thief, thief.get(f"{self.world.url}/v1/oidc/callback{query}"), 400,
                            "Sign in again")
        self.assert_in(thief, thief.get(self.go(thief)), ann)
        # Anybody could fill the log with these.
        self.assertEqual(self.audit("", "sign_in_failed"), rows)

    def test_refused(self):
        self.assert_out(*self.sign_in(back={"error": "access_denied", "code": None}), 403,
                        "access_denied")

    def test_too_fast(self):
        browser = Browser(X_Forwarded_For="198.51.100.7")
        pages = [browser.get(f"{self.world.url}/v1/oidc/start").status for _ in range(40)]
        self.assertEqual((pages[0], pages[-1]), (302, 429))


class Settings(unittest.TestCase):
    """What is refused at the start, and a provider that is not there."""

    @classmethod
    def setUpClass(cls):
        cls.world = World(fallback=False, connected=False)

    @classmethod
    def tearDownClass(cls):
        cls.world.close()

    def test_refused(self):
        empty = self.world.path / "empty"
        empty.write_text("")
        good = {"oidc_issuer": "https://id.example", "oidc_client_id": "x"}
        for text, over in (
                ("oidc_issuer", {"oidc_issuer": "http://id.example"}),
                ("oidc_issuer", {"oidc_issuer": "id.example"}),
                ("oidc_issuer", {"oidc_issuer": "https://user@id.example"}),
                ("oidc_issuer", {"oidc_issuer": "https://id.example/?a=b"}),
                ("oidc_issuer", {"oidc_issuer": None}),
                ("oidc_client_id", {"oidc_client_id": None}),
                ("oidc_client_secret_file", {"oidc_client_secret_file": "/nonexistent"}),
                ("oidc_client_secret_file", {"oidc_client_secret_file": str(empty)}),
                ("url", {"url": "http://chat.example"})):
            with self.subTest(over=over):
                settings = {**good, **over}
                done = run(PARLEY, "serve", "--data", self.world.path / "other", "--listen",
                           "127.0.0.1:0", env={f"PARLEY_{name.upper()}": value for name, value
                                               in settings.items() if value is not None})
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn(text, done.stderr)

    def test_without_a_provider(self):
        self.assertIsNone(json.loads(self.world.get("/v1/session")[2])["oidc"])
        for path in ("start", "callback?state=x&code=y"):
            status, headers, body = self.world.get(f"/v1/oidc/{path}")
            self.assertEqual((status, headers["Set-Cookie"]), (404, None))
            self.assertIn("with a password", body)

    def test_a_provider_that_is_not_there(self):
        world = World(fallback=False, connected=False, oidc_client_id="x",
                      oidc_issuer=f"http://127.0.0.1:{free_port()}")
        try:
            self.assertTrue(json.loads(world.get("/v1/session")[2])["oidc"]["name"])
            status, _, body = world.get("/v1/oidc/start")
            self.assertEqual(status, 502)
            self.assertIn("cannot be used now", body)
        finally:
            world.close()

    def test_an_administrator_who_comes_in_first(self):
        provider = EvilProvider()
        world = World(fallback=False, connected=False, oidc_client_id="x",
                      oidc_issuer=provider.issuer)
        try:
            email, _ = world.add_staff("Boss", "admin")
            self.assertTrue(json.loads(world.get("/v1/session")[2])["setup_needed"])
            provider.mode(claims={"email": email})
            browser = Browser()
            back = browser.follow(browser.get(f"{world.url}/v1/oidc/start"),
                                  f"{world.url}/v1/oidc/callback")
            self.assertEqual(browser.get(back).status, 200)
            self.assertFalse(json.loads(world.get("/v1/session")[2])["setup_needed"])
        finally:
            world.close()
            provider.close()


if __name__ == "__main__":
    sys.exit(unittest.main())

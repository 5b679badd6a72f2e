"""Signing in by OpenID Connect over real sockets: with a real provider, and with one that lies."""
import json
import os
import pathlib
import socket
import sys
import tempfile
import time
import unittest
import urllib.parse
from http.client import HTTPConnection

from browser import Browser
from parts import CLIENT, SECRET, EvilProvider, Program, RealProvider, free_port

DESK = os.environ["BIN_DESK"]
OK, AGAIN, REFUSED, TROUBLE, BUSY = range(5)


class Desk(Program):
    def __init__(self, issuer, port=None, client=CLIENT, secret=SECRET, origin="-"):
        self.port = port or free_port()
        self.folder = tempfile.TemporaryDirectory(prefix="parley-oidc-")
        path = pathlib.Path(self.folder.name) / "secret"
        path.write_text(secret or "")
        super().__init__(DESK, self.port, issuer, client, path if secret else "-",
                         origin)
        self.url = f"http://127.0.0.1:{self.port}"
        self.start = f"{self.url}/v1/oidc/start"
        self.callback = f"{self.url}/v1/oidc/callback"

    def close(self):
        code, err = super().close()
        self.folder.cleanup()
        assert code == 0, err
        return err


def result(page):
    return json.loads(page.text)


class Real(unittest.TestCase):
    """npm oidc-provider, through its own pages."""

    def sign_in(self, login="Ann@MSP.example", secret=SECRET, **options):
        port = free_port()
        provider = RealProvider(f"http://127.0.0.1:{port}/v1/oidc/callback", **options)
        desk = Desk(provider.issuer, port, secret=secret)
        try:
            browser = Browser()
            browser.login = login
            back = browser.follow(browser.get(desk.start), desk.callback)
            return provider.issuer, result(browser.get(back))
        finally:
            desk.close()
            provider.close()

    def test_email_from_userinfo(self):
        issuer, claims = self.sign_in()
        self.assertEqual(claims, {"outcome": OK, "sentence": "", "detail": "", "issuer": issuer,
                                  "subject": "sub-of-Ann@MSP.example", "email": "ann@msp.example",
                                  "verified": True})

    def test_es256_post_email_in_token(self):
        _, claims = self.sign_in(alg="ES256", auth="client_secret_post", inToken=True)
        self.assertEqual((claims["outcome"], claims["email"]), (OK, "ann@msp.example"), claims)

    def test_public_client(self):
        _, claims = self.sign_in(auth="none", secret=None, inToken=True)
        self.assertEqual((claims["outcome"], claims["email"]), (OK, "ann@msp.example"), claims)

    def test_unverified(self):
        _, claims = self.sign_in(verified=False)
        self.assertEqual((claims["outcome"], claims["verified"]), (OK, False), claims)

    def test_wrong_secret(self):
        _, claims = self.sign_in(secret="another")
        self.assertEqual(claims["outcome"], TROUBLE)
        self.assertIn("oidc_client_secret_file", claims["detail"])


class Evil(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.provider = EvilProvider()
        cls.issuer, cls.mode, cls.seen = (
            cls.provider.issuer, cls.provider.mode, cls.provider.seen)

    @classmethod
    def tearDownClass(cls):
        cls.provider.close()

    def setUp(self):
        self.mode()
        self.desk = None

    def tearDown(self):
        if self.desk:
            self.desk.close()

    def open(self, **options):
        self.desk = self.desk or Desk(self.issuer, **options)

    def go(self, browser=None, **options):
        """To the provider and back; the address with the code, not yet opened."""
        self.open(**options)
        browser = browser or Browser()
        return browser.follow(browser.get(self.desk.start), self.desk.callback)

    def sign_in(self, **options):
        browser = Browser()
        return result(browser.get(self.go(browser, **options)))

    def refused(self, why, outcome=TROUBLE, **mode):
        self.mode(**mode)
        claims = self.sign_in()
        self.assertEqual(claims["outcome"], outcome, claims)
        self.assertIn(why, claims["detail"], claims)
        for secret in (SECRET, "a-token"):
            self.assertNotIn(secret, json.dumps(claims))
        self.assertNotEqual(claims["sentence"], "")

    def test_right(self):
        claims = self.sign_in()
        self.assertEqual((claims["outcome"], claims["subject"], claims["email"],
                          claims["verified"]), (OK, "u-1", "ann@msp.example", True))
        seen = self.seen()
        form = seen["token"]["form"]
        self.assertEqual(set(form), {"grant_type", "code", "redirect_uri", "code_verifier"})
        self.assertRegex(form["code_verifier"], r"^[A-Za-z0-9_-]{43}$")
        self.assertTrue(seen["token"]["headers"]["authorization"].startswith("Basic "))
        self.mode(sign="ES256")
        self.assertEqual(self.sign_in()["outcome"], OK)

    def test_what_is_asked(self):
        self.open()
        page = Browser().get(self.desk.start)
        asked = dict(urllib.parse.parse_qsl(page.location.partition("?")[2]))
        for name in ("state", "nonce", "code_challenge"):
            self.assertRegex(asked.pop(name), r"^[A-Za-z0-9_-]{43}$")
        self.assertEqual(asked, {"response_type": "code", "scope": "openid email",
                                 "client_id": CLIENT, "redirect_uri": self.desk.callback,
                                 "code_challenge_method": "S256"})
        again = Browser().get(self.desk.start)
        for one in ("state", "nonce", "code_challenge"):
            first, second = (urllib.parse.parse_qs(p.location)[one] for p in (page, again))
            self.assertNotEqual(first, second)
        for word in ("__Host-", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"):
            self.assertIn(word, page.headers["Set-Cookie"])

    def test_state(self):
        browser = Browser()
        back = self.go(browser)
        wrong = back.replace("state=", "state=x")
        self.assertEqual(result(browser.get(wrong))["outcome"], AGAIN)
        self.assertEqual(result(browser.get(back.split("&state=")[0]))["outcome"], AGAIN)
        self.assertEqual(result(browser.get(f"{back}&state=x"))["outcome"], AGAIN)
        self.assertEqual(self.seen()["paths"].get("/token"), None)

    def test_replay(self):
        browser = Browser()
        back = self.go(browser)
        self.assertEqual(result(browser.get(back))["outcome"], OK)
        self.assertEqual(result(browser.get(back))["outcome"], AGAIN)
        self.assertEqual(self.seen()["paths"]["/token"], 1)

    def test_another_browser(self):
        back = self.go(Browser())
        victim = Browser()
        victim.get(self.desk.start)
        self.assertEqual(result(victim.get(back))["outcome"], AGAIN)
        back = self.go(Browser())
        self.assertEqual(result(Browser().get(back))["outcome"], AGAIN)
        self.assertEqual(self.seen()["paths"].get("/token"), None)

    def test_two_tabs(self):
        browser = Browser()
        first, second = self.go(browser), self.go(browser)
        self.assertEqual(result(browser.get(second))["outcome"], OK)
        self.assertEqual(result(browser.get(first))["outcome"], OK)

    def test_refused_by_the_provider(self):
        self.refused("access_denied", REFUSED, back={"error": "access_denied", "code": None,
                                                     "error_description": "<b>no</b>"})
        self.refused("no provider sends", AGAIN, back={"error": "<script>", "code": None})
        self.refused("without a code", AGAIN, back={"code": None})
        self.refused("another issuer", AGAIN, back={"iss": "https://other.example"})

    def test_signatures(self):
        for sign in ("none", "hmac-pem", "hmac-modulus"):
            self.refused("only RS256 and ES256", sign=sign)
        self.refused("no signature", sign="none", header={"alg": "RS256"})
        self.refused("signature is wrong", sign="stranger")
        self.refused("signature is wrong", sign="broken")
        self.refused("does not publish", header={"kid": "k9"})
        self.refused("crit", header={"crit": ["b64"], "b64": False})

    def test_claims(self):
        now = int(time.time())
        for why, claims in (
                ("another issuer", {"iss": "https://other.example"}),
                ("another issuer", {"iss": None}),
                ("another issuer", {"iss": f"{self.issuer}/"}),
                ("another client", {"aud": "other"}),
                ("another client", {"aud": ["other"]}),
                ("another client", {"aud": None}),
                ("another client", {"aud": ["parley test", "other"]}),
                ("another client", {"aud": ["parley test", "other"], "azp": "other"}),
                ("another client", {"azp": "other"}),
                ("another sign-in", {"nonce": "x" * 43}),
                ("another sign-in", {"nonce": None}),
                ("has expired", {"exp": now - 90}),
                ("from when and until", {"exp": None}),
                ("from when and until", {"iat": "soon"}),
                ("of the future", {"iat": now + 120}),
                ("not count yet", {"nbf": now + 120}),
                ("names nobody", {"sub": None}),
                ("names nobody", {"sub": ""}),
                ("names nobody", {"sub": "x" * 256}),
                ("names nobody", {"sub": "\u00fc"}),
                ("names nobody", {"sub": 7})):
            with self.subTest(claims=claims):
                self.refused(why, claims=claims)
        for claims in ({"aud": ["parley test"]}, {"exp": now - 30}, {"iat": now + 30},
                       {"aud": ["other", "parley test"], "azp": "parley test"}):
            with self.subTest(claims=claims):
                self.mode(claims=claims)
                self.assertEqual(self.sign_in()["outcome"], OK)

    def test_emails(self):
        for over, email, verified in (
                ({"email_verified": False}, "ann@msp.example", False),
                ({"email_verified": None}, "ann@msp.example", False),
                ({"email_verified": "true"}, "ann@msp.example", True),
                ({"email_verified": "yes"}, "ann@msp.example", False),
                ({"email_verified": 1}, "ann@msp.example", False),
                ({"email": "ANN@MSP.Example"}, "ann@msp.example", True)):
            self.mode(claims=over)
            claims = self.sign_in()
            self.assertEqual((claims["outcome"], claims["email"], claims["verified"]),
                             (OK, email, verified), over)

    def test_no_email(self):
        self.mode(claims={"email": None, "email_verified": True},
                  metadata={"userinfo_endpoint": None})
        claims = self.sign_in()
        self.assertEqual((claims["outcome"], claims["email"], claims["verified"]), (OK, "", False))

    def test_its_own_address(self):
        """Only a browser on this machine may say what it is; else the setting does."""
        self.open()
        port = self.desk.port
        for host in ("chat.example", f"127.0.0.1:{port}@chat.example", "127.0.0.1.chat.example",
                     "localhost:", "", "127.0.0.1/x", "a" * 600):
            with self.subTest(host=host):
                connection = HTTPConnection("127.0.0.1", port, timeout=10)
                connection.request("GET", "/v1/oidc/start", headers={"Host": host})
                answer = connection.getresponse()
                self.assertEqual(answer.status, 502)
                self.assertIn("setting url", answer.read().decode())
                connection.close()
        desk = Desk(self.issuer, origin="https://chat.example")
        page = Browser().get(desk.start)
        desk.close()
        self.assertEqual(urllib.parse.parse_qs(page.location)["redirect_uri"],
                         ["https://chat.example/v1/oidc/callback"])

    def test_userinfo(self):
        none = {"email": None, "email_verified": None}
        self.mode(claims=none)
        claims = self.sign_in()
        self.assertEqual((claims["email"], claims["verified"]), ("ann@msp.example", True))
        self.assertEqual(self.seen()["bearer"], "Bearer a-token")
        self.refused("somebody else", claims=none, userinfo={"sub": "u-2"})
        self.refused("somebody else", claims=none, userinfo={"sub": None})
        self.refused("status 500", claims=none, answer={"/userinfo": {"status": 500}})
        self.refused("larger than", claims=none, answer={"/userinfo": {"size": 100000}})
        self.mode(claims=none, userinfo={"email_verified": False})
        self.assertFalse(self.sign_in()["verified"])
        self.mode(claims=none, userinfo={"email": None})
        self.assertEqual(self.sign_in()["email"], "")

    def test_token_answers(self):
        for why, lie in (
                ("status 400 invalid_grant", {"status": 400, "body": '{"error":"invalid_grant"}'}),
                ("status 401 ", {"status": 401, "body": '{"error":"<b>\\nx"}'}),
                ("status 500", {"status": 500}),
                ("status 302", {"status": 302, "headers": {"location": f"{self.issuer}/seen"}}),
                ("text/html", {"type": "text/html", "body": "<html>"}),
                ("not JSON", {"body": "<html>"}),
                ("no ID token", {"body": '{"access_token":"a-token"}'}),
                ("no ID token", {"body": json.dumps({"id_token": "x" * 17000})}),
                ("unknown type", {"body": '{"id_token":"a.b.c","token_type":"mac"}'}),
                ("not a signed token", {"body": '{"id_token":"a"}'}),
                ("larger than", {"size": 70000})):
            with self.subTest(lie=lie):
                self.refused(why, answer={"/token": lie})
        self.mode()
        self.assertEqual(self.sign_in()["outcome"], OK)

    def test_a_new_key(self):
        self.assertEqual(self.sign_in()["outcome"], OK)
        # Read just now, so that it is not read again at once.
        self.refused("does not publish", rotate=True)
        self.assertIsNone(self.seen()["paths"].get("/jwks"))

    def no_start(self, why, **mode):
        self.mode(**mode)
        desk = Desk(self.issuer)
        page = Browser().get(desk.start)
        desk.close()
        self.assertEqual(page.status, 502, page.text)
        self.assertIn(why, page.text)

    def test_discovery(self):
        place = "/.well-known/openid-configuration"
        for why, lie in (
                ("text/html", {"type": "text/html", "body": "<html>"}),
                ("not JSON", {"body": "<html>"}),
                ("not JSON", {"body": ""}),
                ("status 404", {"status": 404}),
                ("status 302", {"status": 302, "headers": {"location": "/seen"}}),
                ("larger than", {"size": 100000})):
            with self.subTest(lie=lie):
                self.no_start(why, answer={place: lie})
        for why, metadata in (
                ("the issuer", {"issuer": "https://other.example"}),
                ("the issuer", {"issuer": f"{self.issuer}/"}),
                ("the issuer", {"issuer": None}),
                ("token_endpoint", {"token_endpoint": None}),
                ("token_endpoint", {"token_endpoint": "http://other.example/token"}),
                ("token_endpoint", {"token_endpoint": "http://127.0.0.1@other.example/token"}),
                ("jwks_uri", {"jwks_uri": "file:///etc/passwd"}),
                ("jwks_uri", {"jwks_uri": "https://" + "x" * 600}),
                ("authorization_endpoint", {"authorization_endpoint": "javascript:alert(1)"}),
                ("authorization_endpoint", {"authorization_endpoint": "https://a/\r\nx: y"}),
                ("userinfo_endpoint", {"userinfo_endpoint": 7}),
                ("RS256", {"id_token_signing_alg_values_supported": ["HS256"]}),
                ("code flow", {"response_types_supported": ["id_token"]})):
            with self.subTest(metadata=metadata):
                self.no_start(why, metadata=metadata)

    def test_keys(self):
        for why, lie in (("text/html", {"type": "text/html", "body": "<html>"}),
                         ("no list", {"body": "{}"}), ("no key", {"body": '{"keys":[]}'}),
                         ("larger than", {"size": 300000})):
            with self.subTest(lie=lie):
                self.refused(why, answer={"/jwks": lie})
                self.desk.close()
                self.desk = None

    def test_the_issuer_it_promises(self):
        self.mode(metadata={"authorization_response_iss_parameter_supported": True})
        self.assertIn("issuer that it promises", self.sign_in()["detail"])
        self.mode(back={"iss": self.issuer})
        self.assertEqual(self.sign_in()["outcome"], OK)

    def test_the_provider_is_down(self):
        desk = Desk(f"http://127.0.0.1:{free_port()}")
        page = Browser().get(desk.start)
        self.assertEqual(page.status, 502)
        self.assertIn("no answer", page.text)
        desk.close()

    def test_secrets_stay_out_of_the_log(self):
        browser = Browser()
        back = self.go(browser)
        self.mode(answer={"/token": {"status": 500}})
        browser.get(back)
        log, self.desk = self.desk.close(), None
        for secret in (SECRET, back.split("code=")[1].split("&")[0],
                       back.split("state=")[1], *browser.cookies[back.split("/")[2]].values()):
            self.assertNotIn(secret, log)

    def test_stops_while_it_waits(self):
        browser = Browser()
        back = self.go(browser)
        self.mode(answer={"/token": {"silent": True}})
        parts = urllib.parse.urlsplit(back)
        with socket.create_connection((parts.hostname, parts.port)) as one:
            cookie = next(iter(browser.cookies[parts.netloc].items()))
            one.sendall(f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
                        f"Cookie: {cookie[0]}={cookie[1]}\r\n\r\n".encode())
            end = time.monotonic() + 10
            while "/token" not in self.seen()["paths"] and time.monotonic() < end:
                time.sleep(0.02)
            self.assertIn("/token", self.seen()["paths"])


if __name__ == "__main__":
    sys.exit(unittest.main())

"""People who chat sign in by a real provider: the window, the code that it shows, the chat."""
import pathlib
import re
import secrets
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))
from browser import Browser  # noqa: E402
from parts import CLIENT, SECRET, RealProvider  # noqa: E402
from world import Chat, World, closed_with  # noqa: E402


def hear(chat, *kinds):
    while True:
        frame = chat.receive()
        assert frame is not None, kinds
        if frame["t"] in kinds:
            return frame


class Tab:
    """The chat in a browser."""

    def __init__(self, world, token=None):
        self.world, self.token = world, token or secrets.token_urlsafe(32)
        self.chat = Chat(world.port, "/v1/chat")
        self.chat.send(t="hello", v=1, token=self.token)
        self.welcome = hear(self.chat, "welcome")

    def url(self):
        self.chat.send(t="sign_in", client_id="sign-in-1")
        return hear(self.chat, "sign_in", "error")["url"]

    def code(self, code):
        self.chat.send(t="code", code=code, client_id="code-0001")
        return hear(self.chat, "welcome", "error")


class People(unittest.TestCase):
    settings = {}
    verified = True

    @classmethod
    def setUpClass(cls):
        cls.world = World(fallback=False, connected=False)
        secret = cls.world.path / "secret"
        secret.write_text(SECRET + "\n")
        port = cls.world.port
        cls.callback = f"http://127.0.0.1:{port}/v1/people/oidc/callback"
        cls.provider = RealProvider(cls.callback, verified=cls.verified)
        cls.world.settings.update({
            "PARLEY_URL": f"http://127.0.0.1:{port}",
            "PARLEY_PEOPLE_OIDC_ISSUER": cls.provider.issuer,
            "PARLEY_PEOPLE_OIDC_CLIENT_ID": CLIENT,
            "PARLEY_PEOPLE_OIDC_CLIENT_SECRET_FILE": str(secret),
            "PARLEY_PEOPLE_OIDC_NAME": "Example ID", **cls.settings})
        assert cls.world.stop() == 0
        cls.world.start()

    @classmethod
    def tearDownClass(cls):
        cls.world.close()
        cls.provider.close()

    def shown(self, url, login):
        """The page at the end of the window's way."""
        browser = Browser()
        browser.login = login
        return browser.get(browser.follow(browser.get(url), self.callback))

    def code_of(self, page):
        self.assertEqual(page.status, 200, page.text)
        return re.search(r"<strong>(\d{3}) (\d{3})</strong>", page.text).expand(r"\1\2")


class Verified(People):
    def test_the_whole_way(self):
        tab = Tab(self.world)
        self.assertEqual((tab.welcome["prove"], tab.welcome["provider"]), (["oidc"], "Example ID"))
        other = Tab(self.world, tab.token)
        url = tab.url()
        page = self.shown(url, "Ann@Acme.Example")
        self.assertIn("ann@acme.example", page.text)
        self.assertIn("default-src 'none'", page.headers["Content-Security-Policy"])
        code = self.code_of(page)
        # Nobody else's browser is signed in by it.
        self.assertEqual(Tab(self.world).code(code)["code"], "bad_code")
        person = tab.code(code)["person"]
        self.assertEqual((person["email"], person["verified"], person["via"]),
                         ("ann@acme.example", True, "oidc"))
        self.assertTrue(hear(other.chat, "welcome")["person"]["verified"])
        # The address was good once.
        self.assertEqual(Browser().get(url).status, 400)
        self.assertNotIn(code, self.world.log())

    def test_the_link_of_another(self):
        """Somebody is sent to an address that belongs to a stranger's chat: the stranger learns
        nothing, for the code is shown to who signed in."""
        stranger = Tab(self.world)
        page = self.shown(stranger.url(), "victim@acme.example")
        code = self.code_of(page)
        victim = Tab(self.world)
        self.assertEqual(victim.code(code)["code"], "bad_code")
        for guess in range(5):
            stranger.code(f"{(int(code) + 1 + guess) % 1000000:06}")
        self.assertEqual(stranger.code(code)["code"], "bad_code")

    def test_another_browser_comes_back(self):
        tab = Tab(self.world)
        browser = Browser()
        browser.login = "bob@acme.example"
        back = browser.follow(browser.get(tab.url()), self.callback)
        self.assertEqual(Browser().get(back).status, 400)

    def test_same_person_again(self):
        codes = []
        for _ in range(2):
            tab = Tab(self.world)
            codes.append(tab)
            tab.code(self.code_of(self.shown(tab.url(), "same@acme.example")))
        codes[0].chat.send(t="start", client_id="start-0001", body="Hello")
        conversation = hear(codes[0].chat, "ack", "error")["conversation"]
        codes[1].chat.send(t="resume", conversation=conversation, since=0)
        self.assertEqual(hear(codes[1].chat, "messages", "error")["t"], "messages")
        codes[1].chat.send(t="sign_out")
        self.assertEqual(closed_with(codes[1].chat), 1000)

    def test_wrong_addresses(self):
        for query in ("", "?ticket=", "?ticket=" + "x" * 43, "?ticket=" + "x" * 5000):
            status = Browser().get(f"{self.world.url}/v1/people/oidc/start{query}").status
            self.assertEqual(status, 400, query)
        self.assertEqual(Browser().get(f"{self.callback}?state=x&code=y").status, 400)


class Unverified(People):
    verified = False

    def test_no_email(self):
        tab = Tab(self.world)
        person = tab.code(self.code_of(self.shown(tab.url(), "ann@acme.example")))["person"]
        self.assertEqual((person["email"], person["verified"]), ("", True))


class Trusted(People):
    verified = False
    settings = {"PARLEY_PEOPLE_OIDC_TRUST_EMAIL": "1"}

    def test_email(self):
        tab = Tab(self.world)
        person = tab.code(self.code_of(self.shown(tab.url(), "ann@acme.example")))["person"]
        self.assertEqual((person["email"], person["verified"]), ("ann@acme.example", True))


if __name__ == "__main__":
    del People
    unittest.main()

"""What was used to come in does not stay in the server's memory."""
import json
import secrets
import unittest

from world import Case, http


def remembered(pid, text):
    """How often the text is in the memory of a process."""
    found = 0
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb") as memory:
        for line in maps:
            span, rights = line.split()[:2]
            name = line.split()[5] if len(line.split()) > 5 else ""
            if not rights.startswith("rw") or name == "[vvar]":
                continue
            begin, end = (int(part, 16) for part in span.split("-"))
            if end - begin > 1 << 28:  # the shadow of a sanitizer
                continue
            try:
                memory.seek(begin)
                while begin < end:
                    part = memory.read(min(end - begin, 1 << 24))
                    if not part:
                        break
                    found += part.count(text)
                    begin += len(part)
            except OSError:
                continue
    return found


class Memory(Case):
    settings = {"connected": False}

    def check(self, secret):
        """Some other requests, so that everything under way is over; then look."""
        for _ in range(3):
            http(f"{self.world.url}/healthz")
        self.assertEqual(remembered(self.world.server.pid, secret.encode()), 0)

    def test_the_search_finds(self):
        """A name that the server has to remember while its owner is signed in."""
        name = f"Name{secrets.token_hex(8)}"
        self.world.sign_up(name)
        staff = self.world.staff(name)
        self.assertGreater(remembered(self.world.server.pid, name.encode()), 0)
        staff.chat.socket.close()

    def test_passwords(self):
        password = f"pass-{secrets.token_hex(12)}"
        email, link = self.world.add_staff("Ada")
        self.assertEqual(self.world.use(link, password)[0], 200)
        self.check(password)
        for text, status in ((password, 200), (f"wrong-{password}", 401)):
            got = self.world.post("/v1/sign-in", {"email": email, "password": text})
            self.assertEqual(got[0], status)
        self.check(password)

    def test_links(self):
        _, link = self.world.add_staff("Ben")
        self.world.post("/v1/link/read", {"token": link})
        self.check(link)
        _, admin = self.world.sign_up("Alex", "admin")
        status, _, body = self.world.post("/v1/staff", {
            "name": "Dora", "email": "dora@msp.example", "role": "technician"}, admin)
        self.assertEqual(status, 200)
        self.check(json.loads(body)["link"].split("#link=")[1])

    def test_the_cookie(self):
        _, cookie = self.world.sign_up("Cleo")
        self.assertEqual(self.world.get("/v1/session", cookie)[0], 200)
        self.check(cookie.split("=")[1])


if __name__ == "__main__":
    unittest.main()

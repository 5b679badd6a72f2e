"""The programs as an administrator meets them."""
import json
import os
import pathlib
import sqlite3
import stat
import subprocess
import tempfile
import unittest
from contextlib import closing

from world import PARLEY, SANDBOX, World, http, run, until


class Usage(unittest.TestCase):
    def refused(self, *command, text, code=2, env=None):
        done = run(*command, env=env)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertIn(text, done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)

    def test_help_and_version(self):
        for command in ([], ["serve"], ["connector"], ["staff"]):
            done = run(PARLEY, *command, "--help")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn("usage: parley", done.stdout)
        self.assertRegex(run(PARLEY, "version").stdout, r"^parley \d+\.\d+\.\d+\n$")
        self.assertIn("usage: syncro-sandbox", run(SANDBOX, "--help").stdout)

    def test_wrong_usage(self):
        self.refused(PARLEY, text="which command")
        self.refused(PARLEY, "nonsense", text="no such command")
        self.refused(PARLEY, "serve", "--nonsense", text="wrong option")
        self.refused(PARLEY, "serve", "--data", text="wrong option")
        self.refused(PARLEY, "serve", "--syncro-origin", "http://192.0.2.1:80", text="stand-in")
        self.refused(PARLEY, "serve", "--syncro-origin", "https://192.0.2.1:80", text="stand-in")
        self.refused(PARLEY, "serve", "--listen", "nonsense", text="ADDR:PORT")
        self.refused(PARLEY, "connector", "set", "syncro", "--subdomain", "-x", text="--subdomain")
        self.refused(PARLEY, "connector", "set", "syncro", "--subdomain", "x", text="--token-file")
        staff = ("staff", "add", "--email", "ann@msp.example")
        self.refused(PARLEY, "staff", text="add, reset or disable")
        self.refused(PARLEY, "staff", "remove", text="add, reset or disable")
        self.refused(PARLEY, "staff", "add", "--name", "Ann", text="--email")
        self.refused(PARLEY, *staff, text="--name")
        self.refused(PARLEY, *staff, "--name", "", text="--name")
        self.refused(PARLEY, *staff, "--name", "Ann", "--role", "boss", text="wrong option")
        self.refused(SANDBOX, "--nonsense", "1", text="wrong option")
        self.refused(SANDBOX, "--set", "nonsense=1", text="no switch", code=1)

    def test_unknown_settings(self):
        self.refused(PARLEY, "serve", text='there is no setting "colour"',
                     env={"PARLEY_COLOUR": "red"})
        self.refused(PARLEY, "serve", text="a number from", env={"PARLEY_MESSAGE_BURST": "many"})
        for url in ("chat.example", "https://", "ftp://chat.example", "https://chat.example/x"):
            self.refused(PARLEY, "serve", text="without a path", env={"PARLEY_URL": url})
        with tempfile.NamedTemporaryFile("w", suffix=".ini") as file:
            file.write("log_level = warn\ncolour = red\n")
            file.flush()
            self.refused(PARLEY, "serve", "--config", file.name, text=":2: ")
        self.refused(PARLEY, "serve", "--config", "/nonexistent", text="cannot read")

    def test_a_settings_file_means_what_it_says(self):
        """Nothing is cut off, and nothing replaces what was said above."""
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "settings")
            for text, line, why in (
                    ("message_burst = 7\nmessage_burst = 8\n", 2, "is set already"),
                    ("data = /somewhere\n  listen = 127.0.0.1:0\n", 2, "is set already"),
                    ("log_level = info\norigins = " + "https://a.example," * 20, 2,
                     "at most 198 bytes"),
                    ("origins = a\n b\n" + " c\n" * 31, 33, "at most 32 entries"),
                    ("message_burst\n", 1, "not of the form")):
                file.write_text(text)
                self.refused(PARLEY, "serve", "--config", file, text=f"settings:{line}: ")
                self.refused(PARLEY, "serve", "--config", file, text=why)


class Connector(unittest.TestCase):
    def connect(self, folder, subdomain="acme", token="Tone"):
        return run(PARLEY, "connector", "set", "syncro", "--subdomain", subdomain, "--token-file",
                   "-", "--data", folder, stdin=token)

    def test_a_subdomain_in_capitals(self):
        """It is kept as the connector wants it, which refuses capitals."""
        with tempfile.TemporaryDirectory() as folder:
            self.assertIn("acme.syncromsp.com", self.connect(folder, "ACME").stdout)
            with closing(sqlite3.connect(f"{folder}/parley.db")) as database:
                self.assertEqual(database.execute("SELECT account FROM connector").fetchall(),
                                 [("acme",)])
            for wrong in ("", "a.b", "a_b", "-a", "a-", "x" * 64, "acme/"):
                self.assertEqual(self.connect(folder, wrong).returncode, 2, wrong)

    def test_a_token_of_one_line(self):
        """More would be another line of the request's head."""
        with tempfile.TemporaryDirectory() as folder:
            for wrong in ("T1\r\nX-Other: 1", "T1 2", "T1\0", "Tö"):
                done = self.connect(folder, token=wrong)
                self.assertEqual((done.returncode, done.stdout), (1, ""))
                self.assertIn("characters", done.stderr)
            self.assertEqual(self.connect(folder, token=" T1\r\n").returncode, 0)


class Server(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()

    @classmethod
    def tearDownClass(cls):
        cls.world.close()

    def test_a_second_server_is_refused(self):
        done = run(PARLEY, "serve", "--data", self.world.data, "--listen", "127.0.0.1:0")
        self.assertEqual(done.returncode, 1)
        self.assertIn("is in use by another Parley server", done.stderr)
        self.assertEqual(http(f"{self.world.url}/healthz")[0], 200)

    def test_files_are_for_the_server_alone(self):
        self.assertEqual(stat.S_IMODE(os.stat(self.world.data).st_mode), 0o700)
        for name in ("parley.db", "key", "lock"):
            mode = stat.S_IMODE(os.stat(self.world.data / name).st_mode)
            self.assertEqual(mode, 0o600, name)

    def test_the_token_is_nowhere_in_clear(self):
        self.world.person().start("Where is the token?").filed()
        token = self.world.token.encode()
        for file in self.world.data.iterdir():
            self.assertNotIn(token, file.read_bytes(), file)
        self.assertNotIn(token, self.world.log().encode())
        for name in ("cmdline", "environ"):
            seen = pathlib.Path(f"/proc/{self.world.server.pid}/{name}").read_bytes()
            self.assertNotIn(token, seen)

    def test_a_graceful_stop_keeps_what_was_accepted(self):
        person = self.world.person().start("One")
        for number in range(8):
            person.chat.send(t="message", client_id=f"at-stop-{number}", body=f"Late {number}",
                             conversation=person.conversation)
        acks = [person.chat.expect("ack") for _ in range(8)]
        self.assertEqual(self.world.stop(), 0)
        self.assertIn("event=stopped", self.world.log())
        self.world.start()
        again = self.world.person(person.token)
        self.assertEqual([one["seq"] for one in again.read(1)], [ack["seq"] for ack in acks])


class Data(unittest.TestCase):
    def test_a_newer_database_is_left_alone(self):
        world = World(connected=False)
        self.addCleanup(world.close)
        world.stop()
        database = sqlite3.connect(world.data / "parley.db")
        database.execute("PRAGMA user_version = 99")
        database.close()
        before = (world.data / "parley.db").read_bytes()
        done = run(PARLEY, "serve", "--data", world.data, "--listen", "127.0.0.1:0")
        self.assertEqual(done.returncode, 1)
        self.assertIn("made by a newer Parley", done.stderr)
        self.assertEqual((world.data / "parley.db").read_bytes(), before)

    def test_another_key_holds_the_connector(self):
        world = World()
        self.addCleanup(world.close)
        world.stop()
        (world.data / "key").write_bytes(os.urandom(32))
        world.start()
        until(lambda: "does not open with this server" in world.log(), "the reason")

    def test_a_file_that_is_no_database(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "parley.db").write_bytes(b"something else entirely" * 100)
            done = run(PARLEY, "serve", "--data", folder, "--listen", "127.0.0.1:0")
            self.assertEqual(done.returncode, 1)
            self.assertIn("database", done.stderr)


class Sandbox(unittest.TestCase):
    def start(self, *options):
        process = subprocess.Popen([SANDBOX, "--listen", "127.0.0.1:0", "--token", "Tone",
                                    *options], stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait, 20)
        self.addCleanup(process.terminate)
        return process, process.stdout.readline().split()[1] + "/api/v1"

    def test_it_keeps_its_records(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "records")
            process, api = self.start("--data", file)
            known = {"Authorization": "Bearer Tone", "Content-Type": "application/json"}
            customer = json.loads(http(f"{api}/customers", **known)[2])["customers"][0]["id"]
            status, _, body = http(f"{api}/tickets", {"customer_id": customer, "subject": "Kept"},
                                   **known)
            self.assertEqual(status, 200, body)
            process.terminate()
            process.wait(20)
            _, api = self.start("--data", file)
            found = json.loads(http(f"{api}/tickets", **known)[2])["tickets"]
            self.assertIn("Kept", [ticket["subject"] for ticket in found])

    def test_rights_are_checked(self):
        _, api = self.start("--rights", "Tickets - List/Search")
        known = {"Authorization": "Bearer Tone", "Content-Type": "application/json"}
        self.assertEqual(http(f"{api}/tickets", **known)[0], 200)
        self.assertEqual(http(f"{api}/tickets", {"customer_id": 1, "subject": "x"}, **known)[0],
                         401)
        self.assertEqual(http(f"{api}/tickets", Authorization="Bearer Ttwo")[0], 401)


class Quiet(unittest.TestCase):
    def test_the_setup_link_is_told_at_every_level(self):
        """Without it nobody could ever come in."""
        with tempfile.TemporaryDirectory() as folder:
            log = pathlib.Path(folder) / "log"
            with log.open("wb") as to:
                server = subprocess.Popen(
                    [PARLEY, "serve", "--data", f"{folder}/data", "--listen", "127.0.0.1:0"],
                    stderr=to, env={**os.environ, "PARLEY_LOG_LEVEL": "error"})
            try:
                until(lambda: "event=setup url=" in log.read_text(), "the setup link")
                self.assertNotIn("event=listening", log.read_text())
            finally:
                server.terminate()
                server.wait(20)


unittest.main()

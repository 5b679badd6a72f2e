"""The demo, ended in every way that a person ends it, leaves nothing behind."""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from world import ROOT, until


def alive(mark):
    """The processes that were started under this mark."""
    found = []
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (process / "environ").read_bytes():
                found.append(int(process.name))
        except OSError:
            pass
    return found


class Demo(unittest.TestCase):
    def demo(self, *options, ignored=()):
        folder = tempfile.TemporaryDirectory(prefix="parley-test-")
        self.addCleanup(folder.cleanup)
        self.folder, self.out = pathlib.Path(folder.name), pathlib.Path(folder.name, "out")
        self.mark = f"PARLEYS_DEMO={folder.name}"
        room = self.folder / "tmp"
        room.mkdir()

        def ignore():
            for one in ignored:
                signal.signal(one, signal.SIG_IGN)
        with self.out.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-u", ROOT / "script/demo.py", *options], stdout=out, stderr=out,
                env={**os.environ, "TMPDIR": str(room), "PARLEYS_DEMO": folder.name},
                preexec_fn=ignore)
        self.addCleanup(self.kill, process, self.mark)
        return process

    def kill(self, process, mark):
        process.kill()
        process.wait()
        for one in alive(mark):
            os.kill(one, signal.SIGKILL)

    def nothing_is_left(self):
        self.assertEqual(alive(self.mark), [], self.out.read_text())
        self.assertEqual(list((self.folder / "tmp").iterdir()), [])

    def test_every_end_tidies_up(self):
        for number, ignored in ((signal.SIGINT, ()), (signal.SIGINT, (signal.SIGINT,)),
                                (signal.SIGTERM, ()), (signal.SIGHUP, ())):
            with self.subTest(signal=number, ignored=ignored):
                process = self.demo(ignored=ignored)
                until(lambda: "Ctrl-C ends everything" in self.out.read_text(), "the start", 60)
                self.assertGreaterEqual(len(alive(self.mark)), 3)
                process.send_signal(number)
                time.sleep(0.05)
                process.send_signal(number)  # an impatient one
                self.assertEqual(process.wait(30), 0, self.out.read_text())
                self.nothing_is_left()

    def test_a_check_that_is_broken_off_has_not_passed(self):
        process = self.demo("--check")
        until(lambda: "chat is open" in self.out.read_text(), "the start", 60)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(30), 1)
        self.assertNotIn("ok ticket", self.out.read_text())
        self.nothing_is_left()


unittest.main()

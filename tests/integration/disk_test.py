"""A disk that is full: nothing is acknowledged that is not stored, and it goes on by itself."""
import resource
import unittest

from world import World, http, until


class Disk(unittest.TestCase):
    def limit(self, world, size):
        """What a file of the server may grow to: past it a write fails, as on a full disk."""
        resource.prlimit(world.server.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def say(self, person, client_id):
        person.chat.send(t="message", client_id=client_id, conversation=person.conversation,
                         body=f"{client_id} " + "x" * 3000)
        while True:
            frame = person.chat.receive()
            if frame["t"] in ("ack", "error"):
                return frame

    def test_full_and_free_again(self):
        world = World(connected=False, message_burst=1000)
        self.addCleanup(world.close)
        person = world.person().start("Before.")
        largest = max(file.stat().st_size for file in world.data.iterdir())
        self.limit(world, largest + 64 * 1024)
        acked, refused = ["Before."], []
        for number in range(200):
            frame = self.say(person, f"full-{number:04}")
            if frame["t"] == "ack":
                acked.append(frame["client_id"])
                continue
            self.assertEqual((frame["code"], frame["client_id"]), ("busy", f"full-{number:04}"))
            self.assertGreater(frame["retry_ms"], 0)
            refused.append(frame["client_id"])
            if len(refused) == 3:
                break
        self.assertGreater(len(acked), 1)
        self.assertEqual(len(refused), 3, "the disk was never full")
        self.assertEqual(http(f"{world.url}/healthz")[0], 200)
        status, _, body = http(f"{world.url}/readyz")
        self.assertEqual((status, body), (503, "cannot store\n"))
        seen = world.person(person.token).read()
        self.assertEqual([one["body"].split(" ")[0] for one in seen], acked)

        self.limit(world, resource.RLIM_INFINITY)
        until(lambda: http(f"{world.url}/readyz")[0] == 200, "the disk, by itself")
        for client_id in refused:
            self.assertEqual(self.say(person, client_id)["t"], "ack")
        world.server.kill()
        world.server.wait()
        world.start()
        seen = world.person(person.token).read()
        self.assertEqual([one["body"].split(" ")[0] for one in seen], acked + refused)
        self.assertEqual([one["seq"] for one in seen], list(range(1, len(seen) + 1)))


unittest.main()

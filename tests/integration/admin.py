"""An administrator who sets connectors over the REST routes, for the tests beside this file."""
import json
import unittest
from http.client import HTTPConnection

from world import World, http

SEVEN = ["Tickets - List/Search", "Tickets - View Details", "Tickets - Create", "Tickets - Edit",
         "Ticket Comments - New", "Customers - List/Search", "Customers - View Detail"]
STEPS = ["host", "tls", "token", *("right:" + name for name in SEVEN)]


class Admin:
    """Somebody who may set connectors."""

    def __init__(self, world):
        self.world = world
        self.email, self.cookie = world.sign_up("Ada", "admin")

    def call(self, method, path, body=None):
        if method == "GET":
            status, _, text = self.world.get(path, self.cookie)
        else:
            status, _, text = self.world.post(path, body if body is not None else {}, self.cookie)
        return status, json.loads(text) if text else None

    def get(self, path):
        status, answer = self.call("GET", path)
        assert status == 200, answer
        return answer

    def connector(self):
        return (self.get("/v1/connectors")["connectors"] or [None])[0]

    def stream(self, **body):
        """The events of a test; or (status, error)."""
        connection = HTTPConnection("127.0.0.1", self.world.port, timeout=70)
        connection.request("POST", "/v1/connectors/test", json.dumps({"kind": "syncro", **body}),
                           {"Content-Type": "application/json", "Origin": self.world.url,
                            "Cookie": self.cookie})
        answer = connection.getresponse()
        try:
            if answer.status != 200:
                return answer.status, json.loads(answer.read())
            assert answer.headers["Content-Type"] == "text/event-stream"
            events = []
            for line in answer:
                if line.startswith(b"data: "):
                    events.append(json.loads(line[6:]))
            return 200, events
        finally:
            connection.close()

    def test(self, **body):
        """({step: (state, text)}, the last event)."""
        status, events = self.stream(**body)
        assert status == 200, events
        assert [one["id"] for one in events[0]["steps"]] == STEPS
        assert all(one["label"] for one in events[0]["steps"])
        lines, seen = {}, []
        for event in events[1:-1]:
            assert event["id"] not in lines, "a line has one end"
            seen.append((event["id"], event["state"]))
            if event["state"] != "running":
                assert event["text"], event
                lines[event["id"]] = (event["state"], event["text"])
        assert seen[0] == ("host", "running")
        assert list(sorted(lines)) == sorted(STEPS), lines
        return lines, events[-1]

    def save(self, **more):
        return self.call("POST", "/v1/connectors/save",
                         {"kind": "syncro", "account": "demo", "status": "New", "priority": "",
                          "problem_type": "Other", "fallback": None, **more})


def states(lines):
    """A letter a line, in order: ok, failed, unproved, skipped."""
    return "".join(lines[step][0][0] for step in STEPS)


class Case(unittest.TestCase):
    def world(self, **options):
        world = World(**{"connected": False, **options})
        self.addCleanup(world.close)
        return world, Admin(world)

    def set(self, world, name, value):
        self.assertEqual(http(f"{world.control}/set", {"name": name, "value": value})[0], 200)

    def token(self, world, token=None, **more):
        status, _, body = http(f"{world.control}/token", {"token": token or world.token, **more})
        self.assertEqual(status, 200, body)

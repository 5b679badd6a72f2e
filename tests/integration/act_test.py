"""What staff do with a conversation, over sockets: who has it, sleep, tags, closing, opening."""
import time
import unittest

from world import Case, Failed, until


class Acts(Case):
    def two(self):
        """Two of staff, and a conversation that nobody has."""
        person = self.world.person().start("The scanner is gone.")
        staff = [self.world.staff(), self.world.staff("Ben")]
        for one in staff:
            one.open(person.conversation)
        return person, staff

    def done(self, who, kind, person, name, **more):
        who.chat.send(t=kind, client_id=name, conversation=person.conversation, **more)
        while True:
            frame = who.chat.receive()
            if frame["t"] in ("ack", "error") and frame.get("client_id") == name:
                return frame

    def test_one_of_two_is_first(self):
        person, (ann, ben) = self.two()
        self.assertNotEqual(ann.welcome["id"], ben.welcome["id"])
        first = self.done(ann, "assign", person, "take-by-ann", staff=ann.welcome["id"], was=None)
        second = self.done(ben, "assign", person, "take-by-ben", staff=ben.welcome["id"], was=None)
        self.assertEqual((first["t"], second["t"], second["code"]), ("ack", "error", "moved_on"))
        summary = ben.summary(person.conversation, lambda one: one["staff"])
        self.assertEqual(summary["staff"]["id"], ann.welcome["id"])
        again = self.done(ann, "assign", person, "take-by-ann", staff=ann.welcome["id"], was=None)
        self.assertEqual(again["seq"], first["seq"])
        rows = person.read()
        self.assertEqual([row["from"] for row in rows], ["person"])

    def test_handed_over_with_a_note(self):
        person, (ann, ben) = self.two()
        self.done(ann, "assign", person, "hand-over-1", staff=ben.welcome["id"],
                  body="It is the driver.")
        number = person.filed()
        until(lambda: "It is the driver." in self.world.bodies(number), "the note in the ticket")
        note = [one for one in self.world.ticket(number)["comments"]
                if "It is the driver." in one["body"]]
        self.assertEqual([one["hidden"] for one in note], [True])
        self.assertEqual(len(person.read()), 1)

    def test_sleep_and_waking(self):
        person, (ann, _) = self.two()
        past = self.done(ann, "snooze", person, "sleep-too-late", until=5)
        self.assertEqual(past["code"], "not_allowed")
        ann.chat.send(t="snooze", client_id="sleep-for-ever", conversation=person.conversation,
                      until=time.time_ns())
        with self.assertRaisesRegex(Failed, "until is not a time"):
            ann.chat.expect("ack")
        later = int(time.time() * 1000) + 3_600_000
        self.assertEqual(self.done(ann, "snooze", person, "sleep-one-hour", until=later)["t"], "ack")
        ann.summary(person.conversation, lambda one: one["snoozed_until"] == later)
        person.say("Still there?")
        ann.summary(person.conversation, lambda one: one["snoozed_until"] is None)

    def test_tags(self):
        person, (ann, _) = self.two()
        self.done(ann, "tags", person, "tags-twice-1", tags=["VPN", "site: Köln"])
        ann.summary(person.conversation, lambda one: one["tags"] == ["site: Köln", "VPN"])
        for wrong in (["a,b"], [""], ["x" * 41], ["VPN", "vpn"], [str(n) for n in range(11)], "VPN"):
            ann.chat.send(t="tags", client_id="tags-wrong-1", conversation=person.conversation,
                          tags=wrong)
            while (frame := ann.chat.receive())["t"] != "error":
                pass
            self.assertEqual(frame["code"], "bad_frame", wrong)

    def test_close_and_open_again(self):
        person, (ann, ben) = self.two()
        number = person.filed()
        self.done(ann, "close", person, "close-it-now-1", status="Resolved")
        live = person.chat.expect("messages")["messages"][0]
        self.assertEqual(live["from"], "event")
        ben.summary(person.conversation, lambda one: one["state"] == "closed")
        until(lambda: self.world.ticket(number)["status"] == "Resolved", "the status")
        said = person.read()[-1]
        self.assertEqual((said["from"], said["body"]),
                         ("event", f"{ann.welcome['name']} closed this conversation."))
        self.assertEqual(self.done(ben, "close", person, "close-it-now-2")["seq"], 0)
        self.done(ben, "reopen", person, "open-again-1", status="In Progress")
        ann.summary(person.conversation,
                    lambda one: one["state"] == "open" and one["closed_at"] is None)
        until(lambda: self.world.ticket(number)["status"] == "In Progress", "the status")
        nonsense = self.done(ann, "close", person, "close-it-now-3", status="Nonsense")
        self.assertEqual(nonsense["code"], "not_allowed")

    def test_what_was_written_meanwhile_is_not_closed_away(self):
        person, (ann, ben) = self.two()
        person.say("One more thing.")
        ann.summary(person.conversation, lambda one: one["last_seq"] == 2)
        late = self.done(ann, "close", person, "close-unread-1", seen=1)
        self.assertEqual((late["t"], late.get("code")), ("error", "written"))
        ben.summary(person.conversation, lambda one: one["waiting_since"] is not None)
        self.assertEqual(self.done(ann, "close", person, "close-unread-1", seen=2)["seq"], 3)

    def test_a_note_that_goes_with_it_names_somebody(self):
        person, (ann, ben) = self.two()

        def is_known():
            ann.chat.send(t="ping")
            ann.chat.expect("pong")
            return any(one["id"] == ben.welcome["id"] for one in ann.team)
        until(is_known, "who has just come")
        self.done(ann, "assign", person, "hand-over-2", staff=ben.welcome["id"], body="Now, @Ben.")
        named = ben.chat.expect("mention")
        self.assertEqual((named["conversation"], named["seq"]), (person.conversation, 3))
        # Also to who has it already: then there is nothing but the note.
        ack = self.done(ann, "assign", person, "hand-over-3", staff=ben.welcome["id"],
                        body="Again, @Ben.")
        self.assertEqual((ack["seq"], ben.chat.expect("mention")["seq"]), (4, 4))

    def test_the_team(self):
        ann, ben = self.world.staff(), self.world.staff("Ben")

        def present(who, is_present):
            ann.chat.send(t="ping")
            ann.chat.expect("pong")
            return [one["role"] for one in ann.team
                    if one["id"] == who.welcome["id"] and one["present"] == is_present]

        for who in (ann, ben):
            until(lambda: present(who, True) == ["technician"], "who is here")
        ben.chat.socket.close()
        until(lambda: present(ben, False), "who has left")

    def test_not_for_people(self):
        person, _ = self.two()
        for kind in ("assign", "snooze", "close", "reopen", "tags"):
            error = person.error(t=kind, client_id="not-for-me-1", staff=None, until=0, tags=[],
                                 conversation=person.conversation)
            self.assertEqual(error["code"], "not_allowed", kind)


if __name__ == "__main__":
    unittest.main()

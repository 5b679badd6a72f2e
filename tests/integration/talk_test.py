"""Around the words of a conversation, over sockets: drafts, who looks and types, what was read, who
was named, replies that cross, two conversations that become one."""
import socket
import unittest

from world import Case, until

ADA = "Ada"


class Talk(Case):
    def two(self, body="The scanner is gone."):
        """Two of staff who look at a person's conversation, and both know the other."""
        person = self.world.person().start(body)
        ann, ada = self.world.staff(), self.world.staff(ADA)
        names = {ann.welcome["id"], ada.welcome["id"]}
        for one in (ann, ada):
            while not names <= {member["id"] for member in one.team}:
                one.chat.expect("team")
            one.open(person.conversation)
        return person, ann, ada

    def none(self, chat, *kinds):
        """Until the answer to a ping none of these comes."""
        chat.send(t="ping")
        while (frame := chat.receive())["t"] != "pong":
            self.assertNotIn(frame["t"], kinds, frame)

    def test_drafts_come_to_all_pages_of_their_own(self):
        person, ann, ada = self.two()
        where = {"conversation": person.conversation}
        other = type(ann)(self.world, ann.cookie)
        self.assertEqual(other.welcome["id"], ann.welcome["id"])
        ann.chat.send(t="draft", box="reply", body="Is it plugged", **where)
        ann.chat.send(t="draft", box="note", body="He never reads", **where)
        got = [other.chat.expect("draft") for _ in range(2)]
        self.assertEqual({one["box"]: one["body"] for one in got},
                         {"reply": "Is it plugged", "note": "He never reads"})
        self.none(ann.chat, "draft")
        self.none(ada.chat, "draft")
        self.world.server.kill()
        self.world.server.wait()
        self.world.start()
        ann, ada = (type(one)(self.world, one.cookie) for one in (ann, ada))
        ann.chat.send(t="open", since=0, **where)
        talk = ann.chat.expect("talk")
        self.assertEqual((talk["reply"], talk["note"]), ("Is it plugged", "He never reads"))
        ada.chat.send(t="open", since=0, **where)
        talk = ada.chat.expect("talk")
        self.assertEqual((talk["reply"], talk["note"]), ("", ""))
        ann.post("reply", person.conversation, body="Is it plugged in?")
        ann.chat.send(t="open", since=0, **where)
        talk = ann.chat.expect("talk")
        self.assertEqual((talk["reply"], talk["note"]), ("", "He never reads"), "it was said")
        ann.chat.send(t="draft", box="note", body="", **where)
        ann.chat.send(t="open", since=0, **where)
        until(lambda: ann.chat.expect("talk")["note"] == "" or ann.chat.send(
            t="open", since=0, **where), "no draft")
        for wrong in ({"box": "letter", "body": "x"}, {"box": "note"}, {"box": 1, "body": "x"}):
            ann.chat.send(t="draft", **wrong, **where)
            while (frame := ann.chat.receive())["t"] != "error":
                pass
            self.assertEqual(frame["code"], "bad_frame", wrong)
        ann.chat.send(t="draft", box="note", body="x" * 8001, **where)
        while (frame := ann.chat.receive())["t"] != "error":
            pass
        self.assertEqual(frame["code"], "too_long")

    def test_who_looks_and_who_types(self):
        person, ann, ada = self.two()
        both = {ann.welcome["id"], ada.welcome["id"]}

        def looking(who, ids):
            return who.chat.expect("looking", lambda one: {s["id"] for s in one["staff"]} == ids)
        looking(ann, both)
        ada.chat.send(t="typing", conversation=person.conversation, box="note")
        typing = ann.chat.expect("typing")
        self.assertEqual((typing["who"], typing["staff"]["name"], typing["box"]),
                         ("staff", ADA, "note"))
        self.none(person.chat, "typing", "looking", "seen")
        ann.chat.send(t="typing", conversation=person.conversation)
        self.assertEqual(ada.chat.expect("typing")["box"], "reply")
        typing = person.chat.expect("typing")
        self.assertEqual(typing, {"t": "typing", "conversation": person.conversation,
                                  "who": "staff"}, "who it is stays with staff")
        ada.chat.send(t="look", conversation=person.conversation, looks=False)
        looking(ann, {ann.welcome["id"]})
        ada.chat.send(t="look", conversation=person.conversation, looks=True)
        looking(ann, both)
        ada.chat.socket.shutdown(socket.SHUT_RDWR)
        looking(ann, {ann.welcome["id"]})
        other = self.world.person().start("Another matter")
        ann.open(other.conversation)
        ann.chat.expect("looking", lambda one: one["conversation"] == other.conversation)

    def test_what_was_read(self):
        person, ann, ada = self.two()
        seq = ann.post("reply", person.conversation, body="Look behind the desk.")["seq"]
        ann.chat.send(t="note", client_id="note-read-01", conversation=person.conversation,
                      body="He never looks.")
        self.none(person.chat, "seen")
        person.chat.send(t="read", conversation=person.conversation, seq=seq)
        for one in (ann, ada):
            seen = one.chat.expect("seen")
            self.assertEqual((seen["conversation"], seen["seq"]), (person.conversation, seq))
        stranger = self.world.person().start("Somebody else")
        stranger.chat.send(t="read", conversation=person.conversation, seq=1)
        self.none(ann.chat, "seen")
        other = type(ann)(self.world, ann.cookie)
        ann.chat.send(t="read", conversation=person.conversation, seq=seq)
        read = other.chat.expect("read")
        self.assertEqual((read["conversation"], read["seq"]), (person.conversation, seq))
        self.none(ada.chat, "read")
        third = type(ann)(self.world, ann.cookie)
        marks = third.chat.expect("marks")
        self.assertEqual({one["conversation"]: one["seq"] for one in marks["reads"]}
                         [person.conversation], seq)
        third.chat.send(t="open", conversation=person.conversation, since=0)
        talk = third.chat.expect("talk")
        self.assertEqual((talk["read"], talk["person"]["seq"]), (seq, seq))
        for kind in ("draft", "look", "merge", "note"):
            error = person.error(t=kind, conversation=person.conversation, client_id="person-may-not",
                                 body="x", looks=True, into=person.conversation)
            self.assertEqual(error["code"], "not_allowed", kind)

    def test_who_is_named_in_a_note(self):
        person, ann, ada = self.two()
        page = type(ada)(self.world, ada.cookie)
        self.assertEqual(page.chat.expect("marks")["mentions"], [])
        note = ann.post("note", person.conversation, body="@ada: can you? @Robin too")
        mention = page.chat.expect("mention")
        self.assertEqual((mention["conversation"], mention["seq"], mention["by"]),
                         (person.conversation, note["seq"], "Robin"))
        self.none(ann.chat, "mention")
        later = type(ada)(self.world, ada.cookie)
        self.assertEqual([one["conversation"] for one in later.chat.expect("marks")["mentions"]],
                         [person.conversation])
        ada.chat.send(t="read", conversation=person.conversation, seq=note["seq"])
        page.chat.expect("read")
        later = type(ada)(self.world, ada.cookie)
        self.assertEqual(later.chat.expect("marks")["mentions"], [])
        ann.post("reply", person.conversation, body="@Ada will come by.")
        self.none(page.chat, "mention")

    def test_replies_that_cross(self):
        person, ann, ada = self.two()
        where = {"conversation": person.conversation}
        ann.post("reply", person.conversation, body="Restart it.", seen=1)
        ada.chat.send(t="reply", client_id="crossing-001", body="Do not restart it.", seen=1, **where)
        while (frame := ada.chat.receive())["t"] not in ("error", "ack"):
            pass
        self.assertEqual((frame["t"], frame["code"], frame["client_id"]),
                         ("error", "crossed", "crossing-001"))
        self.assertEqual([one["body"] for one in ada.open(person.conversation)
                          if one["from"] == "staff"], ["Restart it."])
        ada.chat.send(t="reply", client_id="crossing-001", body="Do not restart it.", seen=2, **where)
        first = ada.chat.expect("ack")
        ada.chat.send(t="reply", client_id="crossing-001", body="Do not restart it.", seen=1, **where)
        self.assertEqual(ada.chat.expect("ack")["seq"], first["seq"], "said once, and good")
        ann.post("note", person.conversation, body="Hm.", seen=1)
        ada.post("reply", person.conversation, body="Mine do not cross mine.", seen=2)

    def test_two_become_one(self):
        person, ann, ada = self.two()
        old, first_number = person.conversation, person.filed()
        person.start("The printer, too.")
        into, number = person.conversation, person.filed()
        stranger = self.world.person().start("Somebody else")
        for wrong in (stranger.conversation, old):
            ann.chat.send(t="merge", client_id="merge-wrong-1", conversation=old, into=wrong)
            while (frame := ann.chat.receive())["t"] != "error":
                pass
            self.assertEqual(frame["code"], "not_allowed")
        ack = ann.post("merge", old, into=into)
        summary = ada.summary(old, lambda one: one["state"] == "closed")
        self.assertEqual(summary["merged"], into)
        self.assertIn(f"This goes on in your ticket #{number}.",
                      [one["body"] for one in ada.open(old)])
        self.assertIn(f"Your ticket #{first_number} goes on here.",
                      [one["body"] for one in ada.open(into)])
        until(lambda: f"Goes on in ticket #{number}." in self.world.bodies(first_number), "a comment")
        until(lambda: self.world.ticket(first_number)["status"] == "Resolved", "the status")
        hidden = [one["hidden"] for one in self.world.ticket(first_number)["comments"]
                  if "Goes on in" in one["body"]]
        self.assertEqual(hidden, [True])
        person.chat.send(t="message", client_id="goes-astray-1", conversation=old, body="And now?")
        moved = person.chat.receive()
        while moved["t"] not in ("error", "ack"):
            moved = person.chat.receive()
        self.assertEqual((moved["t"], moved["code"], moved["conversation"]),
                         ("error", "moved", into))
        self.assertEqual(person.say("And now?", "goes-astray-1", into)["conversation"], into)
        ada.chat.send(t="reply", client_id="goes-astray-2", conversation=old, body="Soon.")
        while (frame := ada.chat.receive())["t"] not in ("error", "ack"):
            pass
        self.assertEqual((frame["t"], frame["code"], frame["conversation"]),
                         ("error", "moved", into))
        ann.chat.send(t="merge", client_id="merge-back-01", conversation=into, into=old)
        while (frame := ann.chat.receive())["t"] not in ("error", "ack"):
            pass
        self.assertEqual(frame["code"], "moved_on")
        ann.post("reopen", old)
        ada.summary(old, lambda one: one["state"] == "open" and one["merged"] is None)
        self.assertGreater(ack["seq"], 0)

    def test_what_one_says_comes_to_all_pages_of_theirs_under_its_name(self):
        person, ann, ada = self.two()
        again = self.world.person(token=person.token)
        other = type(ann)(self.world, ann.cookie)
        other.open(person.conversation)
        said = [(person.chat, "message", again.chat, ada.chat), (ann.chat, "reply", other.chat,
                ada.chat), (ann.chat, "note", other.chat, ada.chat)]
        for n, (chat, kind, page, colleague) in enumerate(said):
            name = f"my-own-name-{n}"
            chat.send(t=kind, client_id=name, conversation=person.conversation, body=f"Say {n}")
            for reader, known in ((page, name), (colleague, None)):
                heard = reader.expect("messages", lambda one: one["messages"] and
                                      one["messages"][-1]["body"] == f"Say {n}")
                self.assertEqual(heard["messages"][-1].get("client_id"), known, kind)
        heard = person.chat.expect("messages", lambda one: one["messages"] and
                                   one["messages"][-1]["body"] == "Say 1")
        self.assertNotIn("client_id", heard["messages"][-1])


if __name__ == "__main__":
    unittest.main()

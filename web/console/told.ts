// What was done with a conversation, in words.

import type { Act } from "./protocol";
import { strings } from "./strings";
import { timeOf } from "./time";

/** What one of staff did; without a name the house did it. */
export function told(name: string, act: Act, now: number, person: string): string {
    const words = strings.desk.told;
    switch (act.act) {
        case "assign":
            return name === "" ? words.assignByItself(act.to) : words.assign(name, act.to);
        case "unassign":
            return name === "" ? words.unassignByItself : words.unassign(name);
        case "snooze":
            return words.snooze(name, timeOf(act.until, now));
        case "wake":
            return name === "" ? words.wakeByItself : words.wake(name);
        case "unanswered":
            return strings.routing.unansweredFor(act.minutes);
        case "rated":
            return strings.after.rated(person || strings.after.person, act.score);
        case "transcript":
            return name === "" ? strings.after.sentByPerson(person || strings.after.person)
                : strings.after.sent(name);
        case "tags":
            return act.tags.length === 0 ? words.noTags(name)
                : words.tags(name, act.tags.join(", "));
    }
}

import type { Act, Message } from "../protocol";
import { strings } from "../strings";
import { clock, iso, timeOf } from "../time";
import { Body } from "./Body";
import { CopyLink } from "./CopyLink";
import { SaidFiles } from "./SaidFiles";

/** What one of staff did, in words; without a name the house did it. */
function told(name: string, act: Act, now: number, person: string): string {
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

interface Props {
    message: Message;
    /** The conversation's, by name. */
    person: string;
    /** What they wrote with the rating that this message tells of. */
    comment: string;
}

/** One message. Who spoke is told by place, outline and words, not by colour alone. */
export function Said({ message, person, comment }: Props) {
    const { from, name, body, at, clientId, edited, removed, files, act } = message;
    if (from === "event" || from === "act") {
        return (
            <p class={`said said-event said-${from}`}>
                <span class="unseen">{strings.thread.event}: </span>
                {act === undefined ? strings.heard(body) : told(name, act, at, person)}{" "}
                {comment !== "" && `${strings.after.comment(comment)} `}
                <time dateTime={iso(at)}>{clock(at)}</time>
            </p>
        );
    }
    return (
        <article class={`said said-${from}`}>
            <p class="said-top">
                <span class="said-name">{name || strings.thread[from]}</span>
                {from !== "person" && <span class="said-kind">{strings.thread[from]}</span>}
                {from === "note" && <span class="said-more">{strings.thread.noteMore}</span>}
                {from === "person" && <span class="unseen">{strings.thread.person}</span>}
                {edited === true &&
                    <span class="said-more">
                        {removed === true ? strings.thread.removed : strings.thread.edited}
                    </span>}
                <time dateTime={iso(at)}>{clock(at)}</time>
                {clientId !== null && from !== "note" &&
                    <span class="said-sent"><span aria-hidden="true">✓</span>{" "}
                        {strings.thread.sent}</span>}
                <CopyLink seq={message.seq} class="said-link" />
            </p>
            {body !== "" && <Body text={body} />}
            {files !== undefined && <SaidFiles files={files} />}
        </article>
    );
}

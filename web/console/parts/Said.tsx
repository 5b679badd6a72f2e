import type { Message } from "../protocol";
import { strings } from "../strings";
import { clock, iso } from "../time";
import { told } from "../told";
import { Body } from "./Body";
import { CopyLink } from "./CopyLink";
import { SaidFiles } from "./SaidFiles";

interface Props {
    message: Message;
    /** The conversation's, by name. */
    person: string;
    /** What they wrote with the rating that this message tells of. */
    comment: string;
    tab: boolean;
}

/** One message. Who spoke is told by place, outline and words, not by colour alone. */
export function Said({ message, person, comment, tab }: Props) {
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
                <CopyLink seq={message.seq} class="said-link" tab={tab} />
            </p>
            {body !== "" && <Body text={body} />}
            {files !== undefined && <SaidFiles files={files} />}
        </article>
    );
}

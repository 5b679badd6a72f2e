import type { Message } from "../protocol";
import { strings } from "../strings";
import { clock, iso } from "../time";
import { Body } from "./Body";
import { SaidFiles } from "./SaidFiles";

/** One message. Who spoke is told by place, outline and words, not by colour alone. */
export function Said({ message }: { message: Message }) {
    const { from, name, body, at, clientId, edited, removed, files } = message;
    if (from === "event") {
        return (
            <p class="said said-event">
                <span class="unseen">{strings.thread.event}: </span>
                {body} <time dateTime={iso(at)}>{clock(at)}</time>
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
                {clientId !== null &&
                    <span class="said-sent"><span aria-hidden="true">✓</span>{" "}
                        {strings.thread.sent}</span>}
            </p>
            {body !== "" && <Body text={body} />}
            {files !== undefined && <SaidFiles files={files} />}
        </article>
    );
}

import type { Desk } from "../../desk";
import type { Summary } from "../../protocol";
import type { State } from "../../state";
import { strings } from "../../strings";
import { iso, moment } from "../../time";

interface Props {
    desk: Desk;
    state: State;
    one: Summary;
}

/** How the person rated it, and what was said by email to them. */
export function After({ desk, state, one }: Props) {
    const words = strings.after;
    const { rating } = one;
    const goes = state.acts.some((a) => a.t === "transcript" && a.conversation === one.id);
    const last = state.transcript?.conversation === one.id ? state.transcript.text : null;
    const offered = state.mail && one.verified && one.email !== "";
    return (
        <section class="ticket-after" aria-labelledby="after-heading">
            <h3 id="after-heading">{words.heading}</h3>
            <dl class="facts">
                <dt>{words.rating}</dt>
                <dd>
                    {rating === null ? words.none
                        : <>
                            {words.score(rating.score)}
                            {rating.comment !== "" &&
                                <p class="facts-said">{words.comment(rating.comment)}</p>}
                            <time class="hint" dateTime={iso(rating.at)}>{moment(rating.at)}</time>
                        </>}
                </dd>
            </dl>
            {offered
                ? <>
                    <button type="button" class="button" aria-disabled={goes}
                        aria-describedby="transcript-hint"
                        onClick={() => !goes && desk.sendTranscript(one.id)}>
                        {words.send}
                    </button>
                    <p class="hint" id="transcript-hint">{words.sendHint(one.email)}</p>
                </>
                : <p class="hint">{state.mail ? words.unproved : words.noMail}</p>}
            <p role="status">{last}</p>
        </section>
    );
}

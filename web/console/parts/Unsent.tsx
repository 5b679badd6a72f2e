import type { Desk } from "../desk";
import { draftOf } from "../keep";
import type { Outgoing, State } from "../state";
import { strings } from "../strings";
import { Body } from "./Body";
import { SaidFiles } from "./SaidFiles";

interface Props {
    desk: Desk;
    out: Outgoing;
    line: State["line"];
}

/** A message of ours that the server has not acknowledged. */
export function Unsent({ desk, out, line }: Props) {
    const edit = () => {
        const back = desk.takeBack(out.clientId);
        if (back === null) return;
        const draft = draftOf(back.conversation, back.kind);
        desk.drafts.write(back.conversation, back.kind,
            [back.body, draft].filter(Boolean).join("\n"));
        desk.focus(back.kind);
    };
    const kind = out.kind === "reply" ? "staff" : "note";
    return (
        <article class={`said said-${kind} said-unsent${out.failed ? " said-failed" : ""}`}>
            <p class="said-top">
                <span class="said-name">{desk.state.me}</span>
                <span class="said-kind">{strings.thread[kind]}</span>
            </p>
            {out.body !== "" && <Body text={out.body} />}
            <SaidFiles files={out.files ?? []} />
            {!out.failed &&
                <p class="said-state">
                    {line === "up" ? strings.thread.sending : strings.thread.queued}
                </p>}
            {out.failed &&
                <p class="said-state">
                    <span aria-hidden="true">⚠</span>{" "}
                    <strong>{strings.thread.failed}</strong> {out.reason}{" "}
                    <button type="button" class="button"
                        onClick={() => desk.resend(out.clientId)}>
                        {strings.thread.retry}
                    </button>{" "}
                    <button type="button" class="button" onClick={edit}>
                        {strings.thread.edit}
                    </button>
                </p>}
        </article>
    );
}

import { useState } from "preact/hooks";

import { addWebhook, changeWebhook } from "../../rest/webhooks";
import type { Webhook, Webhooks } from "../../rest/webhooks";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { Checks } from "../form/Checks";
import { Dialog } from "../form/Dialog";
import { Field } from "../form/Field";
import { Submit } from "../form/Submit";
import { Trouble } from "../form/Trouble";

interface Props {
    all: Webhooks;
    /** The one that is changed; null: a new one. */
    webhook: Webhook | null;
    onDone: (value: Webhooks) => void;
    onClose: () => void;
}

/** The address of a webhook, and what it is told. */
export function WebhookDialog({ all, webhook, onDone, onClose }: Props) {
    const words = strings.webhooks;
    const [url, setUrl] = useState(webhook?.url ?? "");
    const [events, setEvents] = useState<string[]>(webhook?.events ?? []);
    const [tried, setTried] = useState(false);
    const { busy, problem, run } = useAct();
    const noUrl = url.trim() === "";
    const wrong = problem?.field === "url" ? problem.text : "";

    const go = async () => {
        setTried(true);
        if (noUrl || events.length === 0) {
            document.getElementById(noUrl ? "field-url" : "check-0")?.focus();
            return;
        }
        const done = await run(() => webhook === null
            ? addWebhook(url.trim(), events)
            : changeWebhook(webhook.id, { url: url.trim(), events }));
        if (done !== null) onDone(done.value);
    };
    return (
        <Dialog heading={webhook === null ? words.add : words.changeHeading} onClose={onClose}>
            <form class="form" noValidate onSubmit={(event) => {
                event.preventDefault();
                void go();
            }}>
                <Field name="url" label={words.url} value={url} max={500} code inputMode="url"
                    hint={all.mayBePrivate ? words.urlHintPrivate : words.urlHint} onInput={setUrl}
                    error={wrong || (tried && noUrl ? words.needUrl : "")} />
                <Checks legend={words.events} chosen={events} onChange={setEvents}
                    values={all.events.map((name) => [name, words.names.get(name) ?? name])}
                    error={tried && events.length === 0 ? words.needEvents : ""} />
                <Trouble problem={wrong === "" ? problem : null} />
                <div class="dialog-end">
                    <button type="button" class="button" onClick={onClose}>
                        {strings.form.cancel}
                    </button>
                    <Submit label={webhook === null ? words.add : strings.form.save} busy={busy} />
                </div>
            </form>
        </Dialog>
    );
}

import { useState } from "preact/hooks";

import { addWebhook, changeWebhook } from "../../rest/webhooks";
import type { Webhook, Webhooks } from "../../rest/webhooks";
import { strings } from "../../strings";
import { useAct } from "../../use";
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
            document.getElementById(noUrl ? "field-url" : "event-0")?.focus();
            return;
        }
        const done = await run(() => webhook === null
            ? addWebhook(url.trim(), events)
            : changeWebhook(webhook.id, { url: url.trim(), events }));
        if (done !== null) onDone(done.value);
    };
    const turn = (name: string, on: boolean) =>
        setEvents(all.events.filter((one) => one === name ? on : events.includes(one)));
    return (
        <Dialog heading={webhook === null ? words.add : words.changeHeading} onClose={onClose}>
            <form class="form" noValidate onSubmit={(event) => {
                event.preventDefault();
                void go();
            }}>
                <Field name="url" label={words.url} value={url} max={500} code inputMode="url"
                    hint={all.mayBePrivate ? words.urlHintPrivate : words.urlHint} onInput={setUrl}
                    error={wrong || (tried && noUrl ? words.needUrl : "")} />
                <fieldset class="field">
                    <legend>{words.events}</legend>
                    {all.events.map((name, i) => (
                        <label key={name} class="check">
                            <input id={`event-${i}`} type="checkbox" checked={events.includes(name)}
                                onChange={(event) => turn(name, event.currentTarget.checked)} />
                            {words.names.get(name) ?? name}
                        </label>
                    ))}
                    {tried && events.length === 0 &&
                        <p class="field-error" role="alert">{words.needEvents}</p>}
                </fieldset>
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

import type { Webhook } from "../../rest/webhooks";
import { strings } from "../../strings";
import { moment } from "../../time";

export type WebhookAct = "change" | "turn" | "test" | "deliveries" | "renew" | "remove";

interface Props {
    webhook: Webhook;
    onAct: (what: WebhookAct) => void;
}

/** One webhook: how it does, and what can be done with it. */
export function WebhookItem({ webhook, onAct }: Props) {
    const words = strings.webhooks;
    const { url, on } = webhook;
    const acts: [WebhookAct, string, string][] = [
        ["deliveries", words.deliveries, words.deliveriesOf(url)],
        ["test", words.test, words.testOf(url)],
        ["change", words.change, words.changeOf(url)],
        on ? ["turn", words.turnOff, words.turnOffOf(url)]
            : ["turn", words.turnOn, words.turnOnOf(url)],
        ["renew", words.renew, words.renewOf(url)],
        ["remove", words.remove, words.removeOf(url)],
    ];
    return (
        <li>
            <h3><code>{url}</code></h3>
            <p class="hint">
                {on ? words.on : words.off} ·{" "}
                {webhook.taken === 0 ? words.never : words.taken(moment(webhook.taken))} ·{" "}
                {words.waiting(String(webhook.waiting))} · {words.failed(String(webhook.failed))}
            </p>
            {webhook.reason !== "" &&
                <p class="field-error">
                    {words.trouble(moment(webhook.refused), webhook.reason)}
                </p>}
            <ul class="hint" aria-label={words.events}>
                {webhook.events.map((name) => <li key={name}>{words.names.get(name) ?? name}</li>)}
            </ul>
            <div class="form-end">
                {acts.map(([what, label, of]) => (
                    <button key={what} type="button" class="button" aria-label={of}
                        onClick={() => onAct(what)}>{label}</button>
                ))}
            </div>
        </li>
    );
}

import { useState } from "preact/hooks";

import {
    changeWebhook, listWebhooks, removeWebhook, renewWebhook, testWebhook,
} from "../../rest/webhooks";
import type { Webhook, Webhooks } from "../../rest/webhooks";
import { strings } from "../../strings";
import { useAct, useLoad } from "../../use";
import { Confirm } from "../form/Confirm";
import { OnceDialog } from "../form/OnceDialog";
import { Trouble } from "../form/Trouble";
import { DeliveriesDialog } from "./DeliveriesDialog";
import { WebhookDialog } from "./WebhookDialog";
import { WebhookItem } from "./WebhookItem";
import type { WebhookAct } from "./WebhookItem";

type Open =
    | { what: "add" }
    | { what: WebhookAct; webhook: Webhook }
    | { what: "secret"; secret: string };

/** Whom Parley tells what happens. */
export function WebhooksCard() {
    const words = strings.webhooks;
    const { value, problem, loading, reload, put } = useLoad(listWebhooks, "");
    const act = useAct();
    const [open, setOpen] = useState<Open | null>(null);
    const [said, setSaid] = useState("");
    const close = () => setOpen(null);
    const take = (now: Webhooks, text: string) => {
        put(now);
        setSaid(text);
        setOpen(now.secret === "" ? null : { what: "secret", secret: now.secret });
    };
    const start = async (webhook: Webhook, what: WebhookAct) => {
        if (what !== "test" && what !== "turn") {
            setOpen({ what, webhook });
            return;
        }
        const done = await act.run(() => what === "test" ? testWebhook(webhook.id)
            : changeWebhook(webhook.id, { on: !webhook.on }));
        if (done !== null) take(done.value, what === "test" ? words.tested : words.saved);
    };
    return (
        <section class="card" aria-labelledby="webhooks-heading">
            <h2 id="webhooks-heading">{words.heading}</h2>
            <p class="hint">{words.intro}</p>
            <Trouble problem={problem ?? act.problem} onRetry={() => void reload()} />
            {loading && value === null && <p role="status">{strings.form.loading}</p>}
            {value?.webhooks.length === 0 && <p>{words.none}</p>}
            {value !== null && value.webhooks.length > 0 &&
                <ul class="rows">
                    {value.webhooks.map((one) => (
                        <WebhookItem key={one.id} webhook={one}
                            onAct={(what) => void start(one, what)} />
                    ))}
                </ul>}
            <div class="form-end">
                <button type="button" class="button primary"
                    onClick={() => setOpen({ what: "add" })}>{words.add}</button>
            </div>
            <p role="status" class="field-note">{said}</p>
            {value !== null && open?.what === "add" &&
                <WebhookDialog all={value} webhook={null} onClose={close}
                    onDone={(now) => take(now, words.saved)} />}
            {value !== null && open?.what === "change" &&
                <WebhookDialog all={value} webhook={open.webhook} onClose={close}
                    onDone={(now) => take(now, words.saved)} />}
            {open?.what === "deliveries" &&
                <DeliveriesDialog webhook={open.webhook} onClose={() => {
                    close();
                    void reload();
                }} />}
            {open?.what === "secret" &&
                <OnceDialog heading={words.secretHeading} more={words.secretMore}
                    label={words.secret} copy={words.copySecret} text={open.secret}
                    onClose={close} />}
            {open?.what === "renew" &&
                <Confirm heading={words.renewHeading} action={words.renew}
                    act={() => renewWebhook(open.webhook.id)}
                    onDone={(now) => take(now, "")} onClose={close}>
                    <p>{words.renewMore}</p>
                </Confirm>}
            {open?.what === "remove" &&
                <Confirm heading={words.removeHeading} action={words.remove} danger
                    act={() => removeWebhook(open.webhook.id)}
                    onDone={(now) => take(now, words.removed)} onClose={close}>
                    <p>{words.removeMore}</p>
                </Confirm>}
        </section>
    );
}

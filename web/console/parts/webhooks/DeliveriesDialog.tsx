import { listDeliveries, retryDelivery } from "../../rest/webhooks";
import type { Delivery, Webhook } from "../../rest/webhooks";
import { strings } from "../../strings";
import { moment } from "../../time";
import { useAct, useLoad } from "../../use";
import { Dialog } from "../form/Dialog";
import { Trouble } from "../form/Trouble";

const LOOK_MS = 3000;

interface Props {
    webhook: Webhook;
    onClose: () => void;
}

/** What a webhook was told lately, and what became of it. */
export function DeliveriesDialog({ webhook, onClose }: Props) {
    const words = strings.webhooks;
    const { value, problem, reload, put } = useLoad(
        () => listDeliveries(webhook.id), webhook.id, LOOK_MS);
    const act = useAct();
    const again = async (one: Delivery) => {
        const done = await act.run(() => retryDelivery(webhook.id, one.id));
        if (done !== null) put(done.value);
    };
    return (
        <Dialog heading={words.deliveriesOf(webhook.url)} onClose={onClose}>
            <Trouble problem={problem ?? act.problem} onRetry={() => void reload()} />
            {value?.deliveries.length === 0 && <p>{words.deliveriesNone}</p>}
            <ul class="rows" aria-label={words.deliveries}>
                {value?.deliveries.map((one) => (
                    <li key={one.id} class="row-do">
                        <p>
                            {words.names.get(one.event) ?? one.event}{" "}
                            {one.reference !== "" && <code>{one.reference}</code>}<br />
                            <span class="hint">
                                {one.id} · {moment(one.at)} ·{" "}
                                {words.states.get(one.state) ?? one.state} ·{" "}
                                {words.attempts(String(one.attempts))}
                                {one.reason !== "" && ` · ${one.reason}`}
                            </span>
                        </p>
                        {one.state !== "sending" &&
                            <button type="button" class="button" aria-disabled={act.busy}
                                aria-label={words.retryOf(one.id)}
                                onClick={() => void again(one)}>{words.retry}</button>}
                    </li>
                ))}
            </ul>
            {value?.more === true && <p class="hint">{words.older}</p>}
            <div class="dialog-end">
                <button type="button" class="button" onClick={onClose}>{strings.form.close}</button>
            </div>
        </Dialog>
    );
}

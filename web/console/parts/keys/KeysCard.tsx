import { useState } from "preact/hooks";

import { listKeys, revokeKey } from "../../rest/keys";
import type { ApiKey, ApiKeys } from "../../rest/keys";
import { strings } from "../../strings";
import { moment } from "../../time";
import { useLoad } from "../../use";
import { Confirm } from "../form/Confirm";
import { OnceDialog } from "../form/OnceDialog";
import { Trouble } from "../form/Trouble";
import { AddKeyDialog } from "./AddKeyDialog";

type Open = { what: "add" } | { what: "revoke"; key: ApiKey } | { what: "key"; text: string };

/** Programs that may ask, and with what rights. */
export function KeysCard() {
    const words = strings.apiKeys;
    const { value, problem, loading, reload, put } = useLoad(listKeys, "");
    const [open, setOpen] = useState<Open | null>(null);
    const [said, setSaid] = useState("");
    const close = () => setOpen(null);
    const take = (now: ApiKeys, text: string) => {
        put(now);
        setSaid(text);
        setOpen(now.key === "" ? null : { what: "key", text: now.key });
    };
    return (
        <section class="card" aria-labelledby="keys-heading">
            <h2 id="keys-heading">{words.heading}</h2>
            <p class="hint">{words.intro}</p>
            <Trouble problem={problem} onRetry={() => void reload()} />
            {loading && value === null && <p role="status">{strings.form.loading}</p>}
            {value?.keys.length === 0 && <p>{words.none}</p>}
            {value !== null && value.keys.length > 0 &&
                <ul class="rows">
                    {value.keys.map((one) => (
                        <li key={one.id} class="row-do">
                            <p>
                                {one.name} <code>{words.ends(one.hint)}</code><br />
                                <span class="hint">
                                    {words.names.filter(([right]) => one.rights.includes(right))
                                        .map(([, label]) => label).join(" · ")}<br />
                                    {words.made(moment(one.created), one.madeBy)} ·{" "}
                                    {one.used === 0 ? words.never : words.used(moment(one.used))}
                                    {one.revoked !== 0 &&
                                        ` · ${words.revoked(moment(one.revoked))}`}
                                </span>
                            </p>
                            {one.revoked === 0 &&
                                <button type="button" class="button"
                                    aria-label={words.revokeOf(one.name)}
                                    onClick={() => setOpen({ what: "revoke", key: one })}>
                                    {words.revoke}
                                </button>}
                        </li>
                    ))}
                </ul>}
            <div class="form-end">
                <button type="button" class="button primary"
                    onClick={() => setOpen({ what: "add" })}>{words.add}</button>
            </div>
            <p role="status" class="field-note">{said}</p>
            {open?.what === "add" &&
                <AddKeyDialog onClose={close} onDone={(now) => take(now, "")} />}
            {open?.what === "key" &&
                <OnceDialog heading={words.keyHeading} more={words.keyMore} label={words.key}
                    copy={words.copyKey} text={open.text} onClose={close} />}
            {open?.what === "revoke" &&
                <Confirm heading={words.revokeHeading(open.key.name)} action={words.revoke} danger
                    act={() => revokeKey(open.key.id)}
                    onDone={(now) => take(now, words.revokedNow)} onClose={close}>
                    <p>{words.revokeMore}</p>
                </Confirm>}
        </section>
    );
}

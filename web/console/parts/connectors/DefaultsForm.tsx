import { useState } from "preact/hooks";

import { findCompanies, readLists, saveConnector } from "../../rest/connectors";
import type { Connector, Defaults } from "../../rest/connectors";
import { strings } from "../../strings";
import { useAct, useLoad } from "../../use";
import { Choice } from "../form/Choice";
import { Submit } from "../form/Submit";
import { Trouble } from "../form/Trouble";
import { CompanySearch } from "./CompanySearch";

interface Props {
    connector: Connector;
    action: string;
    onSaved: (connector: Connector) => void;
}

const FIELDS = ["status", "priority", "problemType"] as const;
const LISTS = { status: "statuses", priority: "priorities", problemType: "problemTypes" } as const;

/** The fallback customer, and what new tickets begin with, from the account's own lists. */
export function DefaultsForm({ connector, action, onSaved }: Props) {
    const { kind, account, fallback, status, priority, problemType } = connector;
    const [values, setValues] = useState<Defaults>({ fallback, status, priority, problemType });
    const lists = useLoad(() => readLists(kind), kind);
    const { busy, problem, run } = useAct();

    const save = async () => {
        const done = await run(() => saveConnector({
            kind, account, token: "", test: null, insist: false, ...values }));
        if (done !== null) onSaved(done.value);
    };
    return (
        <form class="form" noValidate onSubmit={(event) => {
            event.preventDefault();
            void save();
        }}>
            <CompanySearch search={(query) => findCompanies(kind, query)}
                label={strings.defaults.fallback}
                hint={strings.defaults.fallbackHint(connector.title)} chosen={values.fallback}
                onChoose={(one) => setValues({ ...values,
                    fallback: one === null ? null : { id: one.id, name: one.name } })} />
            <fieldset class="choices">
                <legend>{strings.defaults.legend}</legend>
                {lists.loading && <p role="status" class="hint">{strings.defaults.loading}</p>}
                <Trouble problem={lists.problem} onRetry={() => void lists.reload()} />
                {FIELDS.map((field) => (
                    <Choice key={field} name={field} label={strings.defaults[field]}
                        value={values[field]} disabled={lists.value === null}
                        values={[["", strings.defaults.leave(connector.title)],
                            ...(lists.value?.[LISTS[field]] ?? []).map(
                                (one) => [one, one] as const)]}
                        onChange={(value) => setValues({ ...values, [field]: value })} />
                ))}
            </fieldset>
            <Trouble problem={problem} />
            <div class="form-end"><Submit label={action} busy={busy} /></div>
        </form>
    );
}

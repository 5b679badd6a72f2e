import { useEffect, useRef, useState } from "preact/hooks";

import { sessionEnded } from "../../rest/call";
import type { Problem } from "../../rest/call";
import { saveConnector } from "../../rest/connectors";
import type { Connector, Psa, PsaField, Saving } from "../../rest/connectors";
import { noTrial, tryCredentials } from "../../rest/trial";
import type { Trial } from "../../rest/trial";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { PasswordField } from "../form/PasswordField";
import { Submit } from "../form/Submit";
import { Trouble } from "../form/Trouble";
import { AccountField } from "./AccountField";
import { InsistDialog } from "./InsistDialog";
import { TrialView } from "./TrialView";

interface Props {
    psa: Psa;
    connector: Connector | null;
    onSaved: (connector: Connector) => void;
}

const NO_FIELD: PsaField = { name: "account", label: "", hint: "", secret: false, max: 63 };

/** Subdomain, key, Test Credentials, Save. Save stores what was tested, or what is insisted on. */
export function ConnectForm({ psa, connector, onSaved }: Props) {
    const [account, setAccount] = useState(connector?.account ?? "");
    const [token, setToken] = useState("");
    const [trial, setTrial] = useState<Trial | null>(null);
    const [testedAs, setTestedAs] = useState("");
    const [insist, setInsist] = useState(false);
    const [fault, setFault] = useState<Record<string, string>>({});
    const { busy, problem, run, clear } = useAct();
    const stop = useRef<AbortController | null>(null);
    const form = useRef<HTMLFormElement>(null);
    useEffect(() => () => stop.current?.abort(), []);

    const accountField = psa.fields.find((one) => !one.secret) ?? NO_FIELD;
    const tokenField = psa.fields.find((one) => one.secret) ?? NO_FIELD;
    const values = JSON.stringify([account.trim(), token.trim()]);
    const testing = trial !== null && !trial.over;
    const current = trial !== null && testedAs === values ? trial : null;
    const keeps = connector !== null && token.trim() === "";

    const write = (field: PsaField, put: (value: string) => void) => (value: string) => {
        setFault({ ...fault, [field.name]: "" });
        put(value);
    };
    const complete = (): boolean => {
        const all: Record<string, string> = {};
        if (account.trim() === "") all[accountField.name] = strings.connect.needAccount;
        if (token.trim() === "" && connector === null)
            all[tokenField.name] = strings.connect.needToken;
        setFault(all);
        const good = Object.keys(all).length === 0;
        if (!good) window.requestAnimationFrame(() => form.current
            ?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
        return good;
    };
    const test = () => {
        if (testing || busy || !complete()) return;
        clear();
        stop.current = new AbortController();
        setTestedAs(values);
        setTrial(noTrial);
        const body = { kind: psa.kind, account: account.trim(),
            ...(token.trim() !== "" && { token: token.trim() }) };
        void tryCredentials(body, setTrial, sessionEnded, stop.current);
    };
    const saving = (insisted: boolean): Saving => ({
        kind: psa.kind, account: account.trim(), token: token.trim(),
        test: current?.test ?? null, insist: insisted,
        fallback: connector?.fallback ?? null, status: connector?.status ?? "",
        priority: connector?.priority ?? "", problemType: connector?.problemType ?? "",
    });
    const save = async () => {
        if (testing || busy || !complete()) return;
        if (current?.good !== true) {
            setInsist(true);
            return;
        }
        const done = await run(() => saveConnector(saving(false)));
        if (done !== null) onSaved(done.value);
    };
    const errorOf = (field: PsaField) => fault[field.name] || atField(field, problem);
    return (
        <section class="connect">
            <form class="form" noValidate ref={form} onSubmit={(event) => {
                event.preventDefault();
                void save();
            }}>
                <AccountField kind={psa.kind} field={accountField} value={account}
                    onInput={write(accountField, setAccount)} error={errorOf(accountField)} />
                <PasswordField name={tokenField.name} label={tokenField.label} value={token}
                    hint={keeps ? strings.connect.keyKept(connector.tokenEnd) : tokenField.hint}
                    max={tokenField.max} onInput={write(tokenField, setToken)} autoComplete="off"
                    error={errorOf(tokenField)} />
                {connector !== null && current === null && account.trim() !== connector.account &&
                    account.trim() !== "" &&
                    <p class="hint">{strings.connect.otherAccount(connector.account)}</p>}
                <Trouble problem={problem} />
                <div class="form-end">
                    <button type="button" class="button" aria-disabled={testing || busy}
                        onClick={test}>
                        {testing ? strings.connect.testing : strings.connect.test}
                    </button>
                    <Submit label={strings.connect.save} busy={busy} off={testing} />
                </div>
            </form>
            {trial !== null && <TrialView trial={trial} stale={!testing && current === null} />}
            {insist &&
                <InsistDialog save={() => saveConnector(saving(true))} tested={current !== null}
                    onSaved={onSaved} onClose={() => setInsist(false)} />}
        </section>
    );
}

function atField(field: PsaField, problem: Problem | null): string {
    return problem !== null && problem.field === field.name ? problem.text : "";
}

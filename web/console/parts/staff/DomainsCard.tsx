import { useState } from "preact/hooks";

import type { Company } from "../../rest/connectors";
import { listDomains, mapDomain, removeDomain, searchCompanies } from "../../rest/people";
import type { Domain } from "../../rest/people";
import { strings } from "../../strings";
import { useAct, useLoad } from "../../use";
import { CompanySearch } from "../connectors/CompanySearch";
import { Confirm } from "../form/Confirm";
import { Field } from "../form/Field";
import { Submit } from "../form/Submit";
import { Trouble } from "../form/Trouble";

/** Which company the people of an email domain belong to. */
export function DomainsCard() {
    const { value, problem, loading, reload } = useLoad(listDomains, "");
    const [removing, setRemoving] = useState<Domain | null>(null);
    const [said, setSaid] = useState("");
    const words = strings.domains;
    const done = (text: string) => {
        setRemoving(null);
        setSaid(text);
        void reload();
    };
    return (
        <section class="card" aria-labelledby="domains-heading">
            <h2 id="domains-heading">{words.heading}</h2>
            <p class="hint">{words.intro}</p>
            <Trouble problem={problem} onRetry={() => void reload()} />
            {loading && value === null && <p role="status">{strings.form.loading}</p>}
            {value?.length === 0 && <p>{words.none}</p>}
            <ul class="rows">
                {(value ?? []).map((one) => (
                    <li key={one.domain} class="row-do">
                        <p><strong>{one.shown}</strong> <span class="hint">{one.company}</span></p>
                        <button type="button" class="button"
                            aria-label={words.removeOf(one.shown)}
                            onClick={() => setRemoving(one)}>{words.remove}</button>
                    </li>
                ))}
            </ul>
            <DomainForm key={said} onDone={(domain) => done(words.added(domain))} />
            <p role="status" class="field-note">{said}</p>
            {removing !== null &&
                <Confirm heading={words.removeHeading(removing.shown)} action={words.remove}
                    act={() => removeDomain(removing.domain)}
                    onDone={() => done(words.removed(removing.shown))}
                    onClose={() => setRemoving(null)}>
                    <p>{words.removeMore}</p>
                </Confirm>}
        </section>
    );
}

function DomainForm({ onDone }: { onDone: (domain: string) => void }) {
    const [domain, setDomain] = useState("");
    const [company, setCompany] = useState<Company | null>(null);
    const [fault, setFault] = useState("");
    const { busy, problem, run } = useAct();
    const words = strings.domains;
    const go = async () => {
        setFault(domain.trim() === "" ? words.needDomain : "");
        if (domain.trim() === "") {
            document.getElementById("field-domain")?.focus();
            return;
        }
        if (company === null) {
            document.querySelector<HTMLElement>("#domains-heading ~ form [role=combobox]")?.focus();
            return;
        }
        if (await run(() => mapDomain(domain.trim(), company)) !== null) onDone(domain.trim());
    };
    const wrong = problem?.field === "domain" ? problem.text : "";
    return (
        <form class="form" noValidate onSubmit={(event) => {
            event.preventDefault();
            void go();
        }}>
            <Field name="domain" label={words.domain} hint={words.domainHint} value={domain}
                max={253} inputMode="url" onInput={setDomain} error={fault || wrong} />
            <CompanySearch search={searchCompanies} label={words.company}
                hint={words.companyHint} chosen={company} onChoose={setCompany} />
            <Trouble problem={wrong === "" ? problem : null} />
            <div class="form-end"><Submit label={words.add} busy={busy} /></div>
        </form>
    );
}

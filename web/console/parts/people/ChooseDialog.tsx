import { useState } from "preact/hooks";

import type { Company } from "../../rest/connectors";
import { linkPerson, listContacts, searchCompanies } from "../../rest/people";
import { strings } from "../../strings";
import { useAct, useLoad } from "../../use";
import { CompanySearch } from "../connectors/CompanySearch";
import { Choice } from "../form/Choice";
import { Dialog } from "../form/Dialog";
import { Trouble } from "../form/Trouble";

interface Props {
    /** The person's. */
    id: string;
    name: string;
    onDone: (company: string) => void;
    onClose: () => void;
}

/** Say who a person is: a company, and one of its contacts. */
export function ChooseDialog({ id, name, onDone, onClose }: Props) {
    const [company, setCompany] = useState<Company | null>(null);
    const [contact, setContact] = useState("0");
    const { busy, problem, run } = useAct();
    const words = strings.person;

    const go = async () => {
        if (company === null) return;
        const label = contact === "0" ? "" : contact;
        const [number = "0", ...rest] = label.split(" ");
        const to = {
            customer: company.id, company: company.name, contact: Number(number),
            name: rest.join(" "), email: "", phone: "",
        };
        if (await run(() => linkPerson(id, to)) !== null) onDone(company.name);
    };
    return (
        <Dialog heading={words.chooseOf(name)} onClose={onClose}>
            <p class="dialog-text">{words.chooseMore}</p>
            <CompanySearch search={searchCompanies} label={words.companyLabel}
                hint={words.companyHint} chosen={company} onChoose={(one) => {
                    setCompany(one);
                    setContact("0");
                }} />
            {company !== null &&
                <Contacts key={company.id} of={company} value={contact} onChange={setContact} />}
            <Trouble problem={problem} />
            <div class="dialog-end">
                <button type="button" class="button" onClick={onClose}>
                    {strings.form.cancel}
                </button>
                <button type="button" class="button primary"
                    aria-disabled={busy || company === null} onClick={() => void go()}>
                    {busy ? strings.form.busy(words.chooseGo) : words.chooseGo}
                </button>
            </div>
        </Dialog>
    );
}

interface ContactsProps {
    of: Company;
    value: string;
    onChange: (value: string) => void;
}

/** A value is a contact's id and name, so that the name goes along. */
function Contacts({ of, value, onChange }: ContactsProps) {
    const { value: found, problem, loading } = useLoad(() => listContacts(of.id), String(of.id));
    const words = strings.person;
    const values = [["0", words.contactNone] as const, ...(found?.contacts ?? []).map((one) => (
        [`${one.id} ${one.name}`, words.contact(one.name, one.email)] as const))];
    return (
        <div>
            <Choice name="contact" label={words.contactLabel} value={value} values={values}
                onChange={onChange} />
            {loading && <p class="hint" role="status">{strings.form.loading}</p>}
            {found?.more === true && <p class="hint">{words.contactsMore}</p>}
            <Trouble problem={problem} />
        </div>
    );
}

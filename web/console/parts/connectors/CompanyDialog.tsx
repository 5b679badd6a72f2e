import { useState } from "preact/hooks";

import { chooseCompany, findCompanies } from "../../rest/connectors";
import type { Company, Parked } from "../../rest/connectors";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { Dialog } from "../form/Dialog";
import { Trouble } from "../form/Trouble";
import { CompanySearch } from "./CompanySearch";

interface Props {
    kind: string;
    title: string;
    of: Parked;
    onDone: () => void;
    onClose: () => void;
}

/** Say which company a person belongs to; then what was parked is tried again. */
export function CompanyDialog({ kind, title, of, onDone, onClose }: Props) {
    const [chosen, setChosen] = useState<Company | null>(null);
    const { busy, problem, run } = useAct();
    const words = strings.parked;
    const go = async () => {
        if (chosen === null) return;
        if (await run(() => chooseCompany(of.conversation, chosen)) !== null) onDone();
    };
    return (
        <Dialog heading={words.companyHeading(of.name || strings.inbox.someone)} onClose={onClose}>
            <p class="dialog-text">{words.companyMore}</p>
            <CompanySearch search={(query) => findCompanies(kind, query)}
                label={words.companyLabel} hint={words.companyHint(title)}
                chosen={chosen} onChoose={(one) => setChosen(one === null ? null
                    : { ...one, email: "" })} />
            <Trouble problem={problem} />
            <div class="dialog-end">
                <button type="button" class="button" onClick={onClose}>
                    {strings.form.cancel}
                </button>
                <button type="button" class="button primary" aria-disabled={busy || chosen === null}
                    onClick={() => void go()}>
                    {busy ? strings.form.busy(words.companyGo) : words.companyGo}
                </button>
            </div>
        </Dialog>
    );
}

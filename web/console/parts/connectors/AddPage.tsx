import type { House } from "../../house";
import { listConnectors, listPsas } from "../../rest/connectors";
import { strings } from "../../strings";
import { useLoad } from "../../use";
import { Trouble } from "../form/Trouble";
import { Go } from "../shell/Go";
import { Page } from "../shell/Page";
import { ConnectForm } from "./ConnectForm";
import { Guide } from "./Guide";

interface Props {
    house: House;
    /** "": it has still to be chosen. */
    kind: string;
    take: boolean;
}

/** Add a PSA: choose it, then connect it by its guide. */
export function AddPage({ house, kind, take }: Props) {
    const psas = useLoad(listPsas, "");
    const connectors = useLoad(listConnectors, "");
    const psa = psas.value?.find((one) => one.kind === kind);
    const there = connectors.value?.find((one) => one.kind === kind) ?? null;
    const back = (
        <Go house={house} to={{ page: "connectors" }} class="button">
            {strings.connectors.back}
        </Go>
    );
    if (psas.value === null || connectors.value === null || psa === undefined) {
        const free = (psas.value ?? []).filter((one) => (
            !connectors.value?.some((c) => c.kind === one.kind)));
        return (
            <Page heading={strings.connectors.addHeading} take={take} aside={back}>
                <Trouble problem={psas.problem ?? connectors.problem} onRetry={() => {
                    void psas.reload();
                    void connectors.reload();
                }} />
                {psas.loading || connectors.loading
                    ? <p role="status">{strings.form.loading}</p>
                    : <ul class="cards">
                        {free.map((one) => (
                            <li key={one.kind} class="card connector">
                                <h2>
                                    <Go house={house} to={{ page: "add", kind: one.kind }}>
                                        {one.title}
                                    </Go>
                                </h2>
                                <p class="hint">{strings.setup.psaHint(one.title)}</p>
                            </li>
                        ))}
                    </ul>}
            </Page>
        );
    }
    return (
        <Page heading={strings.connectors.connect(psa.title)} take={take} aside={back} wide>
            <div class="beside">
                <ConnectForm psa={psa} connector={there}
                    onSaved={() => house.go({ page: "connector", kind })} />
                <Guide psa={psa} />
            </div>
        </Page>
    );
}

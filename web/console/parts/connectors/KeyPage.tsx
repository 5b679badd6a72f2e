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
    kind: string;
    take: boolean;
}

/** Another key for a connector that is there, or another account. */
export function KeyPage({ house, kind, take }: Props) {
    const psas = useLoad(listPsas, "");
    const connectors = useLoad(listConnectors, "");
    const psa = psas.value?.find((one) => one.kind === kind);
    const connector = connectors.value?.find((one) => one.kind === kind);
    const to = { page: "connector", kind } as const;
    return (
        <Page heading={strings.connect.replace} take={take} intro={strings.connect.replaceIntro}
            wide aside={<Go house={house} to={to} class="button">{strings.form.cancel}</Go>}>
            <Trouble problem={psas.problem ?? connectors.problem} onRetry={() => {
                void psas.reload();
                void connectors.reload();
            }} />
            {(psas.loading || connectors.loading) &&
                <p role="status">{strings.form.loading}</p>}
            {psa !== undefined && connector !== undefined &&
                <div class="beside">
                    <ConnectForm psa={psa} connector={connector} onSaved={() => house.go(to)} />
                    <Guide psa={psa} />
                </div>}
        </Page>
    );
}

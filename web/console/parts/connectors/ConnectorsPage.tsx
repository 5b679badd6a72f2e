import type { House } from "../../house";
import { listConnectors, listPsas } from "../../rest/connectors";
import { strings } from "../../strings";
import { duration } from "../../time";
import { useLoad } from "../../use";
import { Trouble } from "../form/Trouble";
import { Go } from "../shell/Go";
import { Page } from "../shell/Page";
import { StateBadge } from "./StateBadge";

interface Props {
    house: House;
    now: number;
    take: boolean;
}

const AGAIN_MS = 15_000;

/** What is connected, under the heading PSAs. What is not is added at the top right. */
export function ConnectorsPage({ house, now, take }: Props) {
    const psas = useLoad(listPsas, "");
    const { value, problem, loading, reload } = useLoad(listConnectors, "", AGAIN_MS);
    const all = value ?? [];
    const missing = (psas.value ?? []).filter((psa) => !all.some((c) => c.kind === psa.kind));
    const add = missing.length > 0 && value !== null &&
        <Go house={house} to={{ page: "add", kind: "" }} class="button primary">
            {strings.connectors.add}
        </Go>;
    return (
        <Page heading={strings.menu.connectors} take={take} intro={strings.connectors.intro}
            aside={add}>
            <h2>{strings.connectors.psas}</h2>
            <Trouble problem={problem ?? psas.problem} onRetry={() => {
                void reload();
                void psas.reload();
            }} />
            {loading && value === null && <p role="status">{strings.form.loading}</p>}
            {value !== null && all.length === 0 &&
                <div class="card empty">
                    <p class="empty-title">{strings.connectors.none}</p>
                    <p>{strings.connectors.noneMore}</p>
                </div>}
            <ul class="cards">
                {all.map((one) => (
                    <li key={one.kind} class="card connector">
                        <h3>
                            <Go house={house} to={{ page: "connector", kind: one.kind }}>
                                {one.title}
                            </Go>
                        </h3>
                        <StateBadge state={one.state} />
                        <p class="connector-origin">{one.origin}</p>
                        {one.reason !== "" && <p class="connector-why">{one.reason}</p>}
                        <p class="hint">
                            {strings.connectors.short(one.health.waiting, one.health.parked)}
                            {one.health.lastCall !== null &&
                                ` · ${strings.connectors.lastCall(
                                    duration(one.health.lastCall, now))}`}
                        </p>
                    </li>
                ))}
            </ul>
        </Page>
    );
}

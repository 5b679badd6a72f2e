import { useState } from "preact/hooks";

import type { House } from "../../house";
import type { Summary } from "../../protocol";
import type { Session, Step } from "../../rest/account";
import { STEPS } from "../../rest/account";
import { listConnectors, listPsas } from "../../rest/connectors";
import { strings } from "../../strings";
import { useLoad } from "../../use";
import { Trouble } from "../form/Trouble";
import { Page } from "../shell/Page";
import { BrandStep } from "./BrandStep";
import { ConnectStep } from "./ConnectStep";
import { DefaultsStep } from "./DefaultsStep";
import { DoneStep } from "./DoneStep";
import { PsaStep } from "./PsaStep";
import { Steps } from "./Steps";
import { TestStep } from "./TestStep";
import { WidgetStep } from "./WidgetStep";

interface Props {
    house: House;
    session: Session;
    inbox: Summary[];
    take: boolean;
}

/** The setup wizard. The server keeps the step: who leaves and returns goes on there. */
export function SetupPage({ house, session, inbox, take }: Props) {
    const [shown, setShown] = useState<Step>(session.step ?? "done");
    const [furthest, setFurthest] = useState(STEPS.indexOf(shown));
    const psas = useLoad(listPsas, "");
    const connectors = useLoad(listConnectors, "");

    const to = (step: Step) => {
        setShown(step);
        setFurthest(Math.max(furthest, STEPS.indexOf(step)));
        void house.step(step);
    };
    const move = (by: 1 | -1) => () => {
        const step = STEPS[STEPS.indexOf(shown) + by];
        if (step !== undefined) to(step);
    };
    const nav = { onBack: move(-1), onNext: move(1) };
    const psa = psas.value?.find((one) => (
        one.kind === (connectors.value?.[0]?.kind ?? psas.value?.[0]?.kind)));
    const connector = connectors.value?.find((one) => one.kind === psa?.kind) ?? null;

    const body = () => {
        switch (shown) {
            case "brand":
                return <BrandStep house={house} session={session} onNext={nav.onNext} />;
            case "psa":
                return <PsaStep psas={psas.value ?? []} {...nav} />;
            case "connect":
                return psa === undefined ? null
                    : <ConnectStep psa={psa} connector={connector} {...nav}
                        onSaved={(saved) => {
                            connectors.put([saved]);
                            nav.onNext();
                        }} />;
            case "defaults":
                return <DefaultsStep connector={connector} {...nav}
                    onSaved={(saved) => {
                        connectors.put([saved]);
                        nav.onNext();
                    }} />;
            case "widget":
                return <WidgetStep brand={session.brand} {...nav} />;
            case "test":
                return <TestStep brand={session.brand} house={house} inbox={inbox}
                    connector={connector} {...nav} />;
            case "done":
                return <DoneStep house={house} onBack={nav.onBack} />;
        }
    };
    const heading = shown === "connect" && psa !== undefined
        ? strings.connectors.connect(psa.title) : strings.setup.headings[shown];
    const loading = (psas.loading || connectors.loading) && shown !== "brand";
    return (
        <Page heading={heading} take={take} step={shown} wide
            intro={strings.setup.intros[shown]}>
            <Steps shown={shown} furthest={furthest} onGo={to} />
            <Trouble problem={psas.problem ?? connectors.problem} onRetry={() => {
                void psas.reload();
                void connectors.reload();
            }} />
            {loading ? <p role="status">{strings.form.loading}</p> : body()}
        </Page>
    );
}

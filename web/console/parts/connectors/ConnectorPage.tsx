import { useState } from "preact/hooks";

import type { House } from "../../house";
import { listConnectors } from "../../rest/connectors";
import type { Connector, Turn } from "../../rest/connectors";
import { strings } from "../../strings";
import { useLoad } from "../../use";
import { Trouble } from "../form/Trouble";
import { Go } from "../shell/Go";
import { Page } from "../shell/Page";
import { DefaultsForm } from "./DefaultsForm";
import { HealthView } from "./HealthView";
import { HookView } from "./HookView";
import { ParkedView } from "./ParkedView";
import { StateBadge } from "./StateBadge";
import { TurnDialog } from "./TurnDialog";

interface Props {
    house: House;
    kind: string;
    now: number;
    take: boolean;
}

const AGAIN_MS = 10_000;

/** One connector: how it is, what it needs, what can be done with it. */
export function ConnectorPage({ house, kind, now, take }: Props) {
    const { value, problem, loading, reload } = useLoad(listConnectors, kind, AGAIN_MS);
    const [turn, setTurn] = useState<Turn | null>(null);
    const [said, setSaid] = useState("");
    const one = value?.find((other) => other.kind === kind);
    const back = (
        <Go house={house} to={{ page: "connectors" }} class="button">
            {strings.connectors.back}
        </Go>
    );

    const turned = () => {
        const was = turn;
        setTurn(null);
        if (was === "remove") house.go({ page: "connectors" });
        else void reload();
        if (was !== null) setSaid(strings.turn[was].done);
    };
    return (
        <Page heading={one?.title ?? strings.menu.connectors} take={take} aside={back}>
            <Trouble problem={problem} onRetry={() => void reload()} />
            {loading && value === null && <p role="status">{strings.form.loading}</p>}
            {value !== null && one === undefined &&
                <p class="box">{strings.connectors.gone}</p>}
            <p role="status" class="field-note">{said}</p>
            {one !== undefined &&
                <>
                    <Account house={house} one={one} onTurn={setTurn} />
                    <HealthView connector={one} now={now} />
                    <ParkedView house={house} kind={kind} title={one.title} now={now}
                        onChanged={() => void reload()} />
                    <HookView kind={kind} title={one.title} now={now} />
                    <section class="card" aria-labelledby="defaults-heading">
                        <h2 id="defaults-heading">{strings.defaults.heading}</h2>
                        <DefaultsForm connector={one} action={strings.form.save}
                            onSaved={() => {
                                setSaid(strings.form.saved);
                                void reload();
                            }} />
                    </section>
                    {turn !== null &&
                        <TurnDialog kind={kind} title={one.title} turn={turn} onDone={turned}
                            onClose={() => setTurn(null)} />}
                </>}
        </Page>
    );
}

interface AccountProps {
    house: House;
    one: Connector;
    onTurn: (turn: Turn) => void;
}

function Account({ house, one, onTurn }: AccountProps) {
    const words = strings.connectors;
    return (
        <section class="card" aria-labelledby="account-heading">
            <div class="card-top">
                <h2 id="account-heading">{words.account}</h2>
                <StateBadge state={one.state} />
            </div>
            {one.state === "held" &&
                <div class="box box-bad" role="alert">
                    <p><strong>{words.held}</strong> {one.reason}</p>
                    <p>{words.heldMore}</p>
                </div>}
            {one.state === "paused" && <p class="box">{words.pausedMore}</p>}
            <dl class="facts">
                <dt>{words.address}</dt>
                <dd>{one.origin}</dd>
                <dt>{words.key}</dt>
                <dd>{one.tokenEnd === "" ? words.noKey
                    : <><span aria-hidden="true">••••••••</span>
                        <span class="unseen">{words.keyEnds} </span>{one.tokenEnd}</>}</dd>
            </dl>
            <div class="card-do">
                <Go house={house} to={{ page: "key", kind: one.kind }} class="button">
                    {words.replace}
                </Go>
                {one.state === "paused"
                    ? <button type="button" class="button" onClick={() => onTurn("resume")}>
                        {strings.turn.resume.action}
                    </button>
                    : <button type="button" class="button" onClick={() => onTurn("pause")}>
                        {strings.turn.pause.action}
                    </button>}
                <button type="button" class="button" onClick={() => onTurn("remove")}>
                    {strings.turn.remove.action}
                </button>
            </div>
        </section>
    );
}

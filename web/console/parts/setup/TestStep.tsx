import { useEffect, useState } from "preact/hooks";

import type { House } from "../../house";
import type { Summary } from "../../protocol";
import type { Brand } from "../../rest/account";
import type { Connector } from "../../rest/connectors";
import { strings } from "../../strings";
import { Go } from "../shell/Go";
import { Preview } from "./Preview";
import { StepEnd } from "./StepEnd";

interface Props {
    brand: Brand;
    house: House;
    inbox: Summary[];
    connector: Connector | null;
    onBack: () => void;
    onNext: () => void;
}

/** The first conversation, followed until its ticket is there. */
export function TestStep({ brand, house, inbox, connector, onBack, onNext }: Props) {
    const [before] = useState(() => new Map(inbox.map((one) => [one.id, one.lastSeq])));
    const [seen, setSeen] = useState<string | null>(null);
    const fresh = inbox.find((one) => one.lastSeq > (before.get(one.id) ?? 0));
    const one = inbox.find((other) => other.id === (fresh?.id ?? seen));

    useEffect(() => {
        if (fresh !== undefined) setSeen(fresh.id);
    }, [fresh?.id]);

    return (
        <>
            <div class="beside">
                <section>
                    <h2>{strings.firstTest.what}</h2>
                    <ol class="numbered">
                        {strings.firstTest.todo.map((text) => <li key={text}>{text}</li>)}
                    </ol>
                    {connector === null && <p class="box">{strings.setup.notConnected}</p>}
                    <div class="test-state" role="status"><Progress one={one} /></div>
                    {one !== undefined && (one.ticket.reason !== "") &&
                        one.ticket.number === null && connector !== null &&
                        <p>
                            <Go house={house} to={{ page: "connector", kind: connector.kind }}>
                                {strings.firstTest.look(connector.title)}
                            </Go>
                        </p>}
                </section>
                <section>
                    <h2>{strings.widget.preview}</h2>
                    <Preview brand={brand} />
                </section>
            </div>
            <StepEnd onBack={onBack}
                onSkip={one === undefined || one.ticket.number === null ? onNext : undefined}>
                {one !== undefined && one.ticket.number !== null &&
                    <button type="button" class="button primary" onClick={onNext}>
                        {strings.setup.next}
                    </button>}
            </StepEnd>
        </>
    );
}

function Progress({ one }: { one: Summary | undefined }) {
    if (one === undefined) return <p class="box">{strings.firstTest.waiting}</p>;
    const { number, url, reason } = one.ticket;
    if (number === null) {
        return (
            <div class="box">
                <p>{strings.firstTest.came(one.reference)}</p>
                <p>{reason === "" ? strings.firstTest.filing
                    : strings.firstTest.stuck(strings.heard(reason))}</p>
            </div>
        );
    }
    return (
        <div class="box box-good">
            <p>
                <strong>{strings.firstTest.filed(number)}</strong>{" "}
                {url !== null &&
                    <a href={url} target="_blank" rel="noopener noreferrer">
                        {strings.firstTest.open}
                    </a>}
            </p>
        </div>
    );
}

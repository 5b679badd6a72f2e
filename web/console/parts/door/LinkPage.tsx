import { useEffect, useState } from "preact/hooks";

import type { House, HouseState } from "../../house";
import { readLink } from "../../rest/account";
import type { Invitation } from "../../rest/account";
import type { Problem } from "../../rest/call";
import type { LinkToken } from "../../route";
import { strings } from "../../strings";
import { Trouble } from "../form/Trouble";
import { DoorFrame } from "./DoorFrame";
import { LinkForm } from "./LinkForm";

interface Props {
    house: House;
    state: HouseState;
    link: LinkToken;
}

/** A one-time link was opened: for the first administrator, an invitation, or a reset. */
export function LinkPage({ house, state, link }: Props) {
    const [found, setFound] = useState<Invitation | null>(null);
    const [problem, setProblem] = useState<Problem | null>(null);
    const [turn, setTurn] = useState(0);
    const brand = state.outside.brand.name;

    useEffect(() => {
        let here = true;
        setProblem(null);
        void readLink(link.token).then((answer) => {
            if (!here) return;
            if (answer.ok) setFound(answer.value);
            else setProblem(answer.problem);
        });
        return () => {
            here = false;
        };
    }, [turn]);

    if (found !== null) {
        return (
            <DoorFrame brand={brand} heading={strings.link.headings[found.kind]} take>
                <p class="page-intro">{strings.link.intros[found.kind](found.name)}</p>
                <LinkForm house={house} token={link.token} found={found} />
            </DoorFrame>
        );
    }
    if (problem?.status === 404) {
        return (
            <DoorFrame brand={brand} heading={strings.link.used} take>
                <p>{link.kind === "setup" ? strings.link.usedSetup : strings.link.usedLink}</p>
                <button type="button" class="button primary" onClick={() => house.dropLink()}>
                    {strings.link.toSignIn}
                </button>
            </DoorFrame>
        );
    }
    return (
        <DoorFrame brand={brand} heading={strings.link.reading}>
            <Trouble problem={problem} onRetry={() => setTurn(turn + 1)} />
        </DoorFrame>
    );
}

import { useEffect, useState } from "preact/hooks";

import type { House, HouseState } from "../house";
import { paintIcon } from "../icon";
import { waitsOnMe } from "../notify_rules";
import { strings } from "../strings";
import { LinkPage } from "./door/LinkPage";
import { SignInPage } from "./door/SignInPage";
import { Waiting } from "./door/Waiting";
import { Shell } from "./shell/Shell";

/** The whole console: the door, or what lies behind it. */
export function App({ house }: { house: House }) {
    const [state, setState] = useState<HouseState>(house.state);

    useEffect(() => {
        setState(house.state);
        return house.subscribe(() => setState(house.state));
    }, [house]);
    useEffect(() => {
        const title = () => {
            const page = state.phase === "in" ? state.route.page : "door";
            const desk = house.desk?.state;
            const waiting = desk === undefined ? 0
                : waitsOnMe(desk.inbox, desk.mentions, desk.myId, state.notify);
            paintIcon(waiting);
            document.title = strings.titleOf(strings.titles[page], waiting);
        };
        title();
        return house.desk?.subscribe(title);
    }, [house, house.desk, state.route, state.phase, state.language, state.notify]);

    switch (state.phase) {
        case "asking":
        case "unreachable":
            return <Waiting house={house} stuck={state.phase === "unreachable"} />;
        case "link":
            return state.link === null ? null
                : <LinkPage key={state.link.token} house={house} state={state}
                    link={state.link} />;
        case "outside":
            return <SignInPage house={house} state={state} />;
        case "in":
            return house.desk === null ? null
                : <Shell key={state.language} house={house} state={state} desk={house.desk} />;
    }
}

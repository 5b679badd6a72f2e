import type { House, HouseState } from "../../house";
import { FOR_ALL } from "../../route";
import type { Route } from "../../route";
import { waitingCount } from "../../state";
import type { State } from "../../state";
import { strings } from "../../strings";
import { AwaySwitch } from "../routing/AwaySwitch";
import { Go } from "./Go";
import { PAGES } from "./pages";

interface Props {
    house: House;
    state: HouseState;
    desk: State;
    /** How many things need attention; "" for none. */
    attention: string;
    onGo?: () => void;
}

/** Which item of the menu a page belongs to. */
function itemOf(route: Route): (typeof PAGES)[number] | "setup" {
    if (route.page === "add" || route.page === "connector" || route.page === "key")
        return "connectors";
    if (route.page === "person") return "people";
    return route.page;
}

/** Where one can go; technicians see only what is theirs. */
export function Menu({ house, state, desk, attention, onGo }: Props) {
    const session = state.session;
    const admin = session?.role === "admin";
    const here = itemOf(state.route);
    const waiting = waitingCount(desk.inbox);
    const go = onGo === undefined ? {} : { onGo };
    return (
        <nav class="menu" aria-label={strings.menu.label}>
            <ul>
                {admin && session.step !== null &&
                    <li>
                        <Go house={house} to={{ page: "setup" }} class="menu-item"
                            current={here === "setup"} {...go}>
                            {strings.menu.setup}
                        </Go>
                    </li>}
                {PAGES.filter((page) => admin || FOR_ALL.includes(page)).map((page) => (
                    <li key={page}>
                        <Go house={house} to={{ page }} class="menu-item"
                            current={here === page} {...go}>
                            {strings.menu[page]}
                            {page === "inbox" && waiting > 0 &&
                                <span class="menu-count">
                                    {waiting}<span class="unseen">
                                        {" "}{strings.menu.waiting}</span>
                                </span>}
                            {page === "attention" && attention !== "" &&
                                <span class="menu-count">{attention}</span>}
                        </Go>
                    </li>
                ))}
            </ul>
            <div class="menu-end">
                <p class="menu-who">
                    <span class="unseen">{strings.menu.signedIn} </span>{session?.name}
                    <span class="hint">{strings.roles[session?.role ?? "technician"]}</span>
                </p>
                <AwaySwitch me={desk.team.find(({ id }) => id === desk.myId)} />
                <button type="button" class="button" onClick={() => void house.signOut()}>
                    {strings.menu.signOut}
                </button>
            </div>
        </nav>
    );
}

import { useEffect, useState } from "preact/hooks";

import type { Desk } from "../../desk";
import type { House, HouseState } from "../../house";
import type { State } from "../../state";
import { strings } from "../../strings";
import { AuditPage } from "../staff/AuditPage";
import { AddPage } from "../connectors/AddPage";
import { ConnectorPage } from "../connectors/ConnectorPage";
import { ConnectorsPage } from "../connectors/ConnectorsPage";
import { KeyPage } from "../connectors/KeyPage";
import { Header } from "../Header";
import { InboxPage } from "../InboxPage";
import { Line } from "../Line";
import { Live } from "../Live";
import { MePage } from "../me/MePage";
import { SetupPage } from "../setup/SetupPage";
import { SettingsPage } from "../staff/SettingsPage";
import { StaffPage } from "../staff/StaffPage";
import { Drawer } from "./Drawer";
import { Menu } from "./Menu";

interface Props {
    house: House;
    state: HouseState;
    desk: Desk;
}

const TICK_MS = 10_000;

/** The frame around every page. `now` ticks here, so that all waiting times move together. */
export function Shell({ house, state, desk }: Props) {
    const [deskState, setDeskState] = useState<State>(desk.state);
    const [now, setNow] = useState(Date.now());
    const [drawer, setDrawer] = useState(false);

    useEffect(() => {
        setDeskState(desk.state);
        return desk.subscribe(() => setDeskState(desk.state));
    }, [desk]);
    useEffect(() => {
        const timer = window.setInterval(() => setNow(Date.now()), TICK_MS);
        return () => window.clearInterval(timer);
    }, []);

    const { page } = state.route;
    const skip = (event: MouseEvent) => {
        event.preventDefault();
        document.querySelector<HTMLElement>("h1")?.focus();
    };
    return (
        <div class={`house at-${page} pane-${deskState.place.pane}`}>
            <a class="skip" href="#main" onClick={skip}>{strings.menu.skip}</a>
            <Header desk={desk} state={deskState} brand={state.session?.brand.name ?? ""}
                inbox={page === "inbox"} onMenu={() => setDrawer(true)} />
            <Line desk={desk} state={deskState} />
            <Menu house={house} state={state} desk={deskState} />
            {pageOf(house, state, desk, deskState, now)}
            <Live announce={deskState.announce} />
            {drawer &&
                <Drawer house={house} state={state} desk={deskState}
                    onClose={() => setDrawer(false)} />}
        </div>
    );
}

function pageOf(house: House, state: HouseState, desk: Desk, deskState: State, now: number) {
    const { route, session } = state;
    const take = state.turn > 0;
    if (session === null) return null;
    switch (route.page) {
        case "inbox":
            return <InboxPage desk={desk} state={deskState} now={now} take={take} />;
        case "setup":
            return <SetupPage house={house} session={session} inbox={deskState.inbox}
                take={take} />;
        case "connectors":
            return <ConnectorsPage house={house} now={now} take={take} />;
        case "add":
            return <AddPage key={route.kind} house={house} kind={route.kind} take={take} />;
        case "connector":
            return <ConnectorPage key={route.kind} house={house} kind={route.kind} now={now}
                take={take} />;
        case "key":
            return <KeyPage key={route.kind} house={house} kind={route.kind} take={take} />;
        case "staff":
            return <StaffPage session={session} now={now} take={take} />;
        case "audit":
            return <AuditPage take={take} />;
        case "settings":
            return <SettingsPage house={house} session={session} take={take} />;
        case "me":
            return <MePage house={house} session={session} take={take} />;
    }
}

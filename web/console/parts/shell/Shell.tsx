import { useEffect, useState } from "preact/hooks";

import type { Desk } from "../../desk";
import type { House, HouseState } from "../../house";
import type { State } from "../../state";
import { onKey } from "../../keys";
import { listAttention } from "../../rest/people";
import { strings } from "../../strings";
import { useLoad } from "../../use";
import type { Loaded } from "../../use";
import { AuditPage } from "../staff/AuditPage";
import { AddPage } from "../connectors/AddPage";
import { ConnectorPage } from "../connectors/ConnectorPage";
import { ConnectorsPage } from "../connectors/ConnectorsPage";
import { KeyPage } from "../connectors/KeyPage";
import { Header } from "../Header";
import { Help } from "../Help";
import { InboxPage } from "../InboxPage";
import { Line } from "../Line";
import { Live } from "../Live";
import { Notice } from "../Notice";
import { AttentionPage } from "../people/AttentionPage";
import type { AttentionList } from "../people/AttentionPage";
import { PeoplePage } from "../people/PeoplePage";
import { PersonPage } from "../people/PersonPage";
import { MePage } from "../me/MePage";
import { Palette } from "../palette/Palette";
import { RoutingPage } from "../routing/RoutingPage";
import { TeamPage } from "../routing/TeamPage";
import { SearchPage } from "../search/SearchPage";
import { SetupPage } from "../setup/SetupPage";
import { SettingsPage } from "../staff/SettingsPage";
import { StaffPage } from "../staff/StaffPage";
import { Drawer } from "./Drawer";
import { Menu } from "./Menu";
import { later } from "./later";

interface Props {
    house: House;
    state: HouseState;
    desk: Desk;
}

const CannedPage = later(() => strings.menu.canned,
    async () => (await import("../canned/CannedPage")).CannedPage);
const ReportsPage = later(() => strings.menu.reports,
    async () => (await import("../reports/ReportsPage")).ReportsPage);

const TICK_MS = 10_000;
const ATTENTION_MS = 30_000;

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

    useEffect(() => {
        const key = (event: KeyboardEvent) => {
            if (onKey({ desk, house }, event)) event.preventDefault();
        };
        window.addEventListener("keydown", key);
        return () => window.removeEventListener("keydown", key);
    }, [desk, house]);

    const attention = useLoad(listAttention, String(state.turn), ATTENTION_MS);
    const count = countOf(attention.value);
    const { page } = state.route;
    const skip = (event: MouseEvent) => {
        event.preventDefault();
        document.querySelector<HTMLElement>("h1")?.focus();
    };
    return (
        <div class={`house at-${page} pane-${deskState.place.pane}`}>
            <a class="skip" href="#main" onClick={skip}>{strings.menu.skip}</a>
            <Header desk={desk} state={deskState} brand={state.session?.brand.name ?? ""}
                inbox={page === "inbox"} onMenu={() => setDrawer(true)}
                onOpen={(id) => house.showConversation(id)} />
            <Line desk={desk} state={deskState} />
            <Menu house={house} state={state} desk={deskState} attention={count} />
            {pageOf(house, state, desk, deskState, now, attention)}
            <Live announce={deskState.announce} />
            <Notice desk={desk} text={deskState.notice} />
            {deskState.help && <Help desk={desk} keys={deskState.keys} />}
            {deskState.palette && <Palette desk={desk} house={house} />}
            {drawer &&
                <Drawer house={house} state={state} desk={deskState} attention={count}
                    onClose={() => setDrawer(false)} />}
        </div>
    );
}

/** For the menu: "" for none. */
function countOf(list: AttentionList | null): string {
    const count = list?.items.length ?? 0;
    return count === 0 ? "" : `${count}${list?.more === true ? "+" : ""}`;
}

function pageOf(
    house: House, state: HouseState, desk: Desk, deskState: State, now: number,
    attention: Loaded<AttentionList>,
) {
    const { route, session } = state;
    const take = state.turn > 0;
    if (session === null) return null;
    switch (route.page) {
        case "inbox":
            return <InboxPage desk={desk} state={deskState} admin={session.role === "admin"}
                now={now} take={take} />;
        case "search":
            return <SearchPage house={house} query={route.query ?? ""} now={now} />;
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
        case "attention":
            return <AttentionPage house={house} admin={session.role === "admin"}
                loaded={attention} now={now} take={take} />;
        case "people":
            return <PeoplePage house={house} take={take} />;
        case "person":
            return <PersonPage key={route.id} house={house} session={session} id={route.id}
                now={now} take={take} />;
        case "staff":
            return <StaffPage session={session} now={now} take={take} />;
        case "audit":
            return <AuditPage take={take} />;
        case "team":
            return <TeamPage team={deskState.team} inbox={deskState.inbox} now={now} take={take} />;
        case "canned":
            return <CannedPage session={session} take={take} />;
        case "reports":
            return <ReportsPage take={take} />;
        case "routing":
            return <RoutingPage team={deskState.team} take={take} />;
        case "settings":
            return <SettingsPage house={house} desk={desk} state={deskState} session={session}
                take={take} />;
        case "me":
            return <MePage house={house} session={session} take={take} />;
    }
}

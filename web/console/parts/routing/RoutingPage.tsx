import type { Member } from "../../protocol";
import { strings } from "../../strings";
import { Page } from "../shell/Page";
import { HoursCard } from "./HoursCard";
import { RoutingCard } from "./RoutingCard";

interface Props {
    team: readonly Member[];
    take: boolean;
}

/** When somebody is there, and who gets what. */
export function RoutingPage({ team, take }: Props) {
    return (
        <Page heading={strings.menu.routing} take={take}>
            <HoursCard />
            <RoutingCard team={team} />
        </Page>
    );
}

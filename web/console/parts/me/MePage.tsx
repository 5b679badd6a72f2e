import type { House } from "../../house";
import type { Session } from "../../rest/account";
import { strings } from "../../strings";
import { Page } from "../shell/Page";
import { LanguageCard } from "./LanguageCard";
import { NotifyCard } from "./NotifyCard";
import { PasswordCard } from "./PasswordCard";
import { SessionsCard } from "./SessionsCard";
import { TotpCard } from "./TotpCard";

interface Props {
    house: House;
    session: Session;
    take: boolean;
}

/** My account. */
export function MePage({ house, session, take }: Props) {
    return (
        <Page heading={strings.menu.me} take={take}
            intro={strings.me.intro(session.name, session.email)}>
            <PasswordCard session={session} />
            <LanguageCard house={house} />
            <NotifyCard house={house} />
            <TotpCard house={house} session={session} />
            <SessionsCard house={house} />
        </Page>
    );
}

import { useState } from "preact/hooks";

import type { House } from "../../house";
import type { Session } from "../../rest/account";
import { readPerson } from "../../rest/people";
import { strings } from "../../strings";
import { useLoad } from "../../use";
import { Trouble } from "../form/Trouble";
import { Go } from "../shell/Go";
import { Page } from "../shell/Page";
import { AboutCard } from "./AboutCard";
import { ActsCard } from "./ActsCard";
import { BrowsersCard } from "./BrowsersCard";
import { LinkCard } from "./LinkCard";
import { TalksCard } from "./TalksCard";

interface Props {
    house: House;
    session: Session;
    id: string;
    now: number;
    take: boolean;
}

/** One person: what is known of them, and what can be done. */
export function PersonPage({ house, session, id, now, take }: Props) {
    const { value, problem, loading, reload } = useLoad(() => readPerson(id), id);
    const [said, setSaid] = useState("");
    const words = strings.person;
    const back = <Go house={house} to={{ page: "people" }} class="button">{words.back}</Go>;
    const done = (text: string) => {
        setSaid(text);
        void reload();
    };
    if (value === null)
        return (
            <Page heading={strings.titles.person} take={take} aside={back}>
                {problem?.status === 404 ? <p class="card empty">{words.gone}</p>
                    : <Trouble problem={problem} onRetry={() => void reload()} />}
                {loading && <p role="status">{strings.form.loading}</p>}
            </Page>
        );
    return (
        <Page heading={value.name || strings.people.unnamed} take={take} aside={back} wide>
            <Trouble problem={problem} onRetry={() => void reload()} />
            <p role="status" class="field-note">{said}</p>
            <div class="beside">
                <AboutCard of={value} now={now} />
                <LinkCard of={value} now={now} onDone={done} />
            </div>
            <TalksCard house={house} of={value} />
            <BrowsersCard of={value} onDone={done} />
            <ActsCard house={house} of={value} admin={session.role === "admin"} onDone={done} />
        </Page>
    );
}

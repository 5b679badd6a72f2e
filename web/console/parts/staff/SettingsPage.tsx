import { useState } from "preact/hooks";

import type { Desk } from "../../desk";
import type { House } from "../../house";
import type { Session } from "../../rest/account";
import type { State } from "../../state";
import { strings } from "../../strings";
import { FilesCard } from "../files/FilesCard";
import { KeysCard } from "../keys/KeysCard";
import { MailCard } from "../mail/MailCard";
import { Page } from "../shell/Page";
import { StatusesCard } from "../statuses/StatusesCard";
import { SitesCard } from "../sites/SitesCard";
import { TargetsCard } from "../targets/TargetsCard";
import { WebhooksCard } from "../webhooks/WebhooksCard";
import { BrandForm } from "./BrandForm";
import { DomainsCard } from "./DomainsCard";

interface Props {
    house: House;
    desk: Desk;
    state: State;
    session: Session;
    take: boolean;
}

/** Goes to the card of this heading. */
function to(id: string): void {
    const heading = document.getElementById(id);
    if (heading === null) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    heading.scrollIntoView();
}

/** The way to each card: the page is long. */
function Ways() {
    const ways = {
        brand: strings.brand.heading, domains: strings.domains.heading,
        statuses: strings.statuses.heading, targets: strings.targets.heading,
        sites: strings.sites.heading, files: strings.files.settings, mail: strings.mail.heading,
        keys: strings.apiKeys.heading, webhooks: strings.webhooks.heading,
    };
    return (
        <nav class="chips" aria-label={strings.menu.onPage}>
            {Object.entries(ways).map(([name, word]) => (
                <button type="button" key={name} class="chip" onClick={() => to(`${name}-heading`)}>
                    {word}
                </button>
            ))}
        </nav>
    );
}

/** What holds for the whole of Parley. */
export function SettingsPage({ house, desk, state, session, take }: Props) {
    const [said, setSaid] = useState("");
    return (
        <Page heading={strings.menu.settings} take={take}>
            <Ways />
            <section class="card" aria-labelledby="brand-heading">
                <h2 id="brand-heading">{strings.brand.heading}</h2>
                <BrandForm house={house} brand={session.brand} action={strings.form.save}
                    onSaved={() => setSaid(strings.form.saved)} />
                <p role="status" class="field-note">{said}</p>
            </section>
            <DomainsCard />
            <StatusesCard />
            <TargetsCard desk={desk} state={state} />
            <SitesCard />
            <FilesCard />
            <MailCard />
            <KeysCard />
            <WebhooksCard />
        </Page>
    );
}

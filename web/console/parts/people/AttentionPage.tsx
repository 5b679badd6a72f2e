import { useState } from "preact/hooks";

import type { House } from "../../house";
import type { Attention } from "../../rest/people";
import { strings } from "../../strings";
import type { Loaded } from "../../use";
import { Trouble } from "../form/Trouble";
import { Page } from "../shell/Page";
import { AttentionItem } from "./AttentionItem";

export interface AttentionList {
    items: Attention[];
    more: boolean;
}

interface Props {
    house: House;
    admin: boolean;
    /** The menu shows how many there are, so they are loaded there. */
    loaded: Loaded<AttentionList>;
    now: number;
    take: boolean;
}

/** What only somebody who knows the customers can decide. */
export function AttentionPage({ house, admin, loaded, now, take }: Props) {
    const { value, problem, loading, reload } = loaded;
    const [said, setSaid] = useState("");
    const words = strings.attention;
    const items = value?.items ?? [];
    return (
        <Page heading={strings.menu.attention} take={take} intro={words.intro}>
            <Trouble problem={problem} onRetry={() => void reload()} />
            <p role="status" class="field-note">{said}</p>
            {loading && value === null && <p role="status">{strings.form.loading}</p>}
            {value !== null && items.length === 0 &&
                <div class="card empty">
                    <h2>{words.none}</h2>
                    <p class="hint">{words.noneMore}</p>
                </div>}
            {items.map((one) => (
                <AttentionItem key={`${one.kind} ${one.person} ${one.conversation ?? ""}`}
                    house={house} of={one} admin={admin} now={now} onDone={(text) => {
                        setSaid(text);
                        document.querySelector<HTMLElement>("h1")?.focus();
                        void reload();
                    }} />
            ))}
            {value?.more === true && <p class="hint">{words.more}</p>}
        </Page>
    );
}

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import type { House } from "../../house";
import { askFound } from "../../rest/inbox";
import type { Found, FoundPage } from "../../rest/inbox";
import { strings } from "../../strings";
import { useAct, useSettled } from "../../use";
import { Field } from "../form/Field";
import { Trouble } from "../form/Trouble";
import { Page } from "../shell/Page";
import { FoundItem } from "./FoundItem";

const SETTLE_MS = 200;
const QUERY_MAX = 200;

interface Props {
    house: House;
    query: string;
    now: number;
}

/** Words in all messages, found while typing. What was found stands in the address. */
export function SearchPage({ house, query, now }: Props) {
    const [typed, setTyped] = useState(query);
    const [page, setPage] = useState<(FoundPage & { query: string }) | null>(null);
    const field = useRef<HTMLInputElement>(null);
    const { busy, problem, run } = useAct();
    const said = useSettled(typed.trim(), SETTLE_MS);
    const [again, setAgain] = useState(0);
    const text = strings.search;

    useLayoutEffect(() => field.current?.focus(), []);
    // Asked for from elsewhere while it is shown.
    useEffect(() => {
        if (query !== said) setTyped(query);
    }, [query]);
    useEffect(() => {
        let here = true;
        if (said !== query) house.become({ page: "search", query: said });
        if (said === "") {
            setPage(null);
            return undefined;
        }
        void askFound(said, 0).then(async (answer) => {
            if (!here) return;
            const done = await run(() => Promise.resolve(answer));
            if (done !== null && here) setPage({ ...done.value, query: said });
        });
        return () => {
            here = false;
        };
    }, [said, again]);

    const next = async () => {
        if (page === null) return;
        const done = await run(() => askFound(page.query, page.before));
        if (done !== null)
            setPage({ ...done.value, found: [...page.found, ...done.value.found],
                query: page.query });
    };
    const count = page?.found.length ?? 0;
    const more = page !== null && page.before !== 0;
    return (
        <Page heading={text.heading} take={false} intro={text.intro}>
            <form class="filters" role="search" aria-label={text.heading}
                onSubmit={(event) => event.preventDefault()}>
                <Field name="search" label={text.label} hint={text.hint} type="search" field={field}
                    value={typed} max={QUERY_MAX} required={false} onInput={setTyped} />
            </form>
            <Trouble problem={problem} onRetry={() => setAgain(again + 1)} />
            {said !== "" && page?.query !== said && problem === null &&
                <p>{strings.form.loading}</p>}
            <p class="hint" role="status">
                {page !== null && said !== "" && text.count(count, more)}
            </p>
            {page !== null && !page.complete && <p class="box">{text.behind}</p>}
            {said === "" && <Empty title={text.ask} more={text.askMore} />}
            {page !== null && said !== "" && count === 0 &&
                <Empty title={text.none(page.query)} more={text.noneMore} />}
            {page !== null && said !== "" && count > 0 &&
                <ul class="found" aria-label={text.results}>
                    {page.found.map((one) => (
                        <FoundItem key={keyOf(one)} house={house} one={one} now={now} />
                    ))}
                </ul>}
            {more && said !== "" &&
                <p class="more">
                    <button type="button" class="button" aria-disabled={busy}
                        onClick={() => void next()}>
                        {busy ? strings.form.loading : text.more}
                    </button>
                </p>}
        </Page>
    );
}

const keyOf = (one: Found) => `${one.conversation} ${one.seq}`;

function Empty({ title, more }: { title: string; more: string }) {
    return (
        <div class="card empty">
            <p class="empty-title">{title}</p>
            <p class="hint">{more}</p>
        </div>
    );
}

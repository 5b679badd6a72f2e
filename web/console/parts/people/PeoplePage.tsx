import { useEffect, useState } from "preact/hooks";

import type { House } from "../../house";
import { listPeople } from "../../rest/people";
import type { Person } from "../../rest/people";
import { strings } from "../../strings";
import { iso, moment } from "../../time";
import { useAct, useSettled } from "../../use";
import { Field } from "../form/Field";
import { Trouble } from "../form/Trouble";
import { Go } from "../shell/Go";
import { Page } from "../shell/Page";

const SETTLE_MS = 250;

/** Everybody who has come, found while typing. */
export function PeoplePage({ house, take }: { house: House; take: boolean }) {
    const [typed, setTyped] = useState("");
    const [rows, setRows] = useState<Person[] | null>(null);
    const [more, setMore] = useState(false);
    const { busy, problem, run } = useAct();
    const words = useSettled(typed.trim(), SETTLE_MS);

    useEffect(() => {
        let here = true;
        void listPeople(words, "").then(async (answer) => {
            if (!here) return;
            // Shown by the same way as the next pages are.
            const done = await run(() => Promise.resolve(answer));
            if (done === null || !here) return;
            setRows(done.value.people);
            setMore(done.value.more);
        });
        return () => {
            here = false;
        };
    }, [words]);

    const next = async () => {
        const last = rows?.[rows.length - 1];
        if (last === undefined) return;
        const done = await run(() => listPeople(words, last.id));
        if (done === null) return;
        setRows([...(rows ?? []), ...done.value.people]);
        setMore(done.value.more);
    };
    const text = strings.people;
    return (
        <Page heading={strings.menu.people} take={take} wide intro={text.intro}>
            <form class="filters" role="search" aria-label={text.search}
                onSubmit={(event) => event.preventDefault()}>
                <Field name="people" label={text.search} hint={text.searchHint} type="search"
                    value={typed} max={100} required={false} onInput={setTyped} />
            </form>
            <Trouble problem={problem} />
            <p class="unseen" role="status">
                {rows !== null && text.count(rows.length, more)}
            </p>
            {rows === null && problem === null && <p>{strings.form.loading}</p>}
            {rows?.length === 0 && words !== "" && <p class="card empty">{text.noMatch}</p>}
            {rows?.length === 0 && words === "" &&
                <div class="card empty">
                    <h2>{text.none}</h2>
                    <p class="hint">{text.noneMore}</p>
                </div>}
            {rows !== null && rows.length > 0 && <PeopleTable house={house} rows={rows} />}
            {more &&
                <p class="more">
                    <button type="button" class="button" aria-disabled={busy}
                        onClick={() => void next()}>
                        {busy ? strings.form.loading : text.more}
                    </button>
                </p>}
        </Page>
    );
}

function PeopleTable({ house, rows }: { house: House; rows: Person[] }) {
    const text = strings.people;
    return (
        <table class="table table-cards">
            <caption class="unseen">{strings.menu.people}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.name}</th>
                    <th scope="col">{text.company}</th>
                    <th scope="col">{text.state}</th>
                    <th scope="col">{text.talks}</th>
                    <th scope="col">{text.came}</th>
                </tr>
            </thead>
            <tbody>
                {rows.map((one) => (
                    <tr key={one.id} class={one.blocked ? "row-off" : undefined}>
                        <th scope="row">
                            <Go house={house} to={{ page: "person", id: one.id }}>
                                {one.name || text.unnamed}
                            </Go>
                            <span class="hint cell-more">{one.email}</span>
                        </th>
                        <td data-label={text.company}>
                            {one.company || <span class="hint">{text.noCompany}</span>}
                        </td>
                        <td data-label={text.state}>{stateOf(one)}</td>
                        <td data-label={text.talks}>{one.conversations}</td>
                        <td data-label={text.came}>
                            <time dateTime={iso(one.created)}>{moment(one.created)}</time>
                        </td>
                    </tr>
                ))}
            </tbody>
        </table>
    );
}

function stateOf(one: Person): string {
    const text = strings.people;
    const words: string[] = [one.verified ? text.proved : text.unproved];
    if (one.manager) words.push(text.manager);
    if (one.blocked) words.push(text.blocked);
    return words.join(", ");
}

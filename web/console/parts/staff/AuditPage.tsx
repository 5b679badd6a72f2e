import { useEffect, useState } from "preact/hooks";

import { auditCsv, readAudit } from "../../rest/office";
import type { AuditRow } from "../../rest/office";
import { strings } from "../../strings";
import { moment, iso } from "../../time";
import { useAct, useSettled } from "../../use";
import { Choice } from "../form/Choice";
import { Field } from "../form/Field";
import { Trouble } from "../form/Trouble";
import { Page } from "../shell/Page";

const SETTLE_MS = 400;

/** Who did what, when, from where. */
export function AuditPage({ take }: { take: boolean }) {
    const [action, setAction] = useState("");
    const [who, setWho] = useState("");
    const [rows, setRows] = useState<AuditRow[] | null>(null);
    const [more, setMore] = useState(false);
    const { busy, problem, run } = useAct();
    const settledWho = useSettled(who.trim(), SETTLE_MS);
    const filter = { action, who: settledWho };
    const words = strings.audit;

    useEffect(() => {
        let here = true;
        void readAudit(filter, "").then(async (answer) => {
            if (!here) return;
            // Shown by the same way as the next pages are.
            const done = await run(() => Promise.resolve(answer));
            if (done === null || !here) return;
            setRows(done.value.rows);
            setMore(done.value.more);
        });
        return () => {
            here = false;
        };
    }, [action, settledWho]);

    const next = async () => {
        const last = rows?.[rows.length - 1];
        if (last === undefined) return;
        const done = await run(() => readAudit(filter, last.id));
        if (done === null) return;
        setRows([...(rows ?? []), ...done.value.rows]);
        setMore(done.value.more);
    };
    const actions = [["", words.all] as const, ...words.actions];
    return (
        <Page heading={strings.menu.audit} take={take} wide intro={words.intro}
            aside={<a class="button" href={auditCsv(filter)} download="parley-audit.csv">
                {words.csv}</a>}>
            <form class="filters" role="search" aria-label={words.filters}
                onSubmit={(event) => event.preventDefault()}>
                <Choice name="action" label={words.action} value={action} values={actions}
                    onChange={setAction} />
                <Field name="who" label={words.who} type="search" value={who} max={100}
                    required={false} onInput={setWho} />
            </form>
            <Trouble problem={problem} />
            <p class="unseen" role="status">
                {rows !== null && words.count(rows.length, more)}
            </p>
            {rows === null && problem === null && <p>{strings.form.loading}</p>}
            {rows?.length === 0 && <p class="card empty">{words.none}</p>}
            {rows !== null && rows.length > 0 &&
                <table class="table table-cards">
                    <caption class="unseen">{strings.menu.audit}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{words.at}</th>
                            <th scope="col">{words.actor}</th>
                            <th scope="col">{words.action}</th>
                            <th scope="col">{words.object}</th>
                            <th scope="col">{words.address}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.map((row) => <Row key={row.id} row={row} />)}</tbody>
                </table>}
            {more &&
                <p class="more">
                    <button type="button" class="button" aria-disabled={busy}
                        onClick={() => void next()}>
                        {busy ? strings.form.loading : words.more}
                    </button>
                </p>}
        </Page>
    );
}

function Row({ row }: { row: AuditRow }) {
    const words = strings.audit;
    const action = words.actions.find(([word]) => word === row.action);
    return (
        <tr>
            <td data-label={words.at}><time dateTime={iso(row.at)}>{moment(row.at)}</time></td>
            <td data-label={words.actor}>{strings.heard(row.actor) || words.nobody}</td>
            <td data-label={words.action}>{action?.[1] ?? row.action}</td>
            <td data-label={words.object}>
                {row.object}
                {row.detail !== "" && <span class="hint cell-more">{row.detail}</span>}
            </td>
            <td data-label={words.address}>{row.address}</td>
        </tr>
    );
}

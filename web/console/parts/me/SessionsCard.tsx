import { useState } from "preact/hooks";

import { browserOf } from "../../agent";
import type { House } from "../../house";
import { mySessions, signOutEverywhere } from "../../rest/account";
import { strings } from "../../strings";
import { moment } from "../../time";
import { useLoad } from "../../use";
import { Confirm } from "../form/Confirm";
import { Trouble } from "../form/Trouble";

/** Where this account is signed in. */
export function SessionsCard({ house }: { house: House }) {
    const { value, problem, loading, reload } = useLoad(mySessions, "");
    const [asking, setAsking] = useState(false);
    const words = strings.sessions;
    return (
        <section class="card" aria-labelledby="sessions-heading">
            <h2 id="sessions-heading">{words.heading}</h2>
            <Trouble problem={problem} onRetry={() => void reload()} />
            {loading && <p role="status">{strings.form.loading}</p>}
            <ul class="sessions">
                {(value ?? []).map((one) => (
                    <li key={one.id}>
                        <p>
                            <strong>{browserOf(one.agent)}</strong>
                            {one.current && <span class="badge badge-filed"> {words.this}</span>}
                        </p>
                        <p class="hint">
                            {words.line(one.address, moment(one.created), moment(one.seen))}
                        </p>
                    </li>
                ))}
            </ul>
            <button type="button" class="button" onClick={() => setAsking(true)}>
                {words.everywhere}
            </button>
            {asking &&
                <Confirm heading={words.everywhere} action={words.everywhere} danger
                    act={signOutEverywhere} onDone={() => house.left("everywhere")}
                    onClose={() => setAsking(false)}>
                    <p>{words.everywhereMore}</p>
                </Confirm>}
        </section>
    );
}

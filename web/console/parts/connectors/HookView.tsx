import { useState } from "preact/hooks";

import { readHook, renewHook } from "../../rest/connectors";
import { strings } from "../../strings";
import { duration } from "../../time";
import { useLoad } from "../../use";
import { Confirm } from "../form/Confirm";
import { Copy } from "../form/Copy";
import { Trouble } from "../form/Trouble";
import { Words } from "../Words";

interface Props {
    kind: string;
    title: string;
    now: number;
}

const AGAIN_MS = 10_000;

/** The address that the PSA may call, how to have it do so, and whether it has. */
export function HookView({ kind, title, now }: Props) {
    const { value, problem, reload, put } = useLoad(() => readHook(kind), kind, AGAIN_MS);
    const [renewing, setRenewing] = useState(false);
    const words = strings.hook;
    return (
        <section class="card" aria-labelledby="hook-heading">
            <h2 id="hook-heading">{words.heading}</h2>
            <p>{words.intro(title)}</p>
            <Trouble problem={problem} onRetry={() => void reload()} />
            {value !== null &&
                <>
                    <p class="hook-url"><code>{value.url}</code></p>
                    <p role="status">{value.heard === 0 ? words.never(title)
                        : words.heard(title, duration(value.heard, now))}</p>
                    <div class="card-do">
                        <Copy text={value.url} label={words.copy} />
                        <button type="button" class="button" onClick={() => setRenewing(true)}>
                            {words.renew}
                        </button>
                    </div>
                    <details class="hook-guide">
                        <summary>{words.guide(title)}</summary>
                        <ol class="numbered">
                            {value.guide.map((text) =>
                                <li key={text}><Words text={strings.heard(text)} /></li>)}
                        </ol>
                    </details>
                </>}
            {renewing &&
                <Confirm heading={words.renewHeading} action={words.renew}
                    act={() => renewHook(kind)} onClose={() => setRenewing(false)}
                    onDone={(next) => {
                        setRenewing(false);
                        put(next);
                    }}>
                    <p>{words.renewText(title)}</p>
                </Confirm>}
        </section>
    );
}

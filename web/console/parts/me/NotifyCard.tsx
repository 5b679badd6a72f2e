import { useState } from "preact/hooks";

import type { House } from "../../house";
import { askPermission, permission } from "../../notify";
import { readNotify } from "../../rest/notify";
import { strings } from "../../strings";
import { useLoad } from "../../use";
import { Trouble } from "../form/Trouble";
import { NotifyForm } from "./NotifyForm";

/** What this member wants to hear, and by which way. */
export function NotifyCard({ house }: { house: House }) {
    const { value, problem, loading, reload } = useLoad(readNotify, "");
    const words = strings.notify;
    return (
        <section class="card" aria-labelledby="notify-heading">
            <h2 id="notify-heading">{words.heading}</h2>
            <p class="hint">{words.intro}</p>
            <PermissionView />
            <Trouble problem={problem} onRetry={() => void reload()} />
            {loading && <p role="status">{strings.form.loading}</p>}
            {value !== null && <NotifyForm house={house} held={value} />}
        </section>
    );
}

/** Whether this browser shows notifications; it is asked by the button alone. */
function PermissionView() {
    const [now, setNow] = useState(permission());
    const words = strings.notify.permission;
    const ask = async () => setNow(await askPermission());
    return (
        <div class="notify-ask">
            <p role="status">{words[now]}</p>
            {now === "default" &&
                <button type="button" class="button" onClick={() => void ask()}>
                    {words.ask}
                </button>}
        </div>
    );
}

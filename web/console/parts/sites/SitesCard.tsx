import { useState } from "preact/hooks";

import { listSites, removeSecret, removeSite } from "../../rest/sites";
import type { Site, SiteSecret, Sites } from "../../rest/sites";
import { strings } from "../../strings";
import { useLoad } from "../../use";
import { Confirm } from "../form/Confirm";
import { Trouble } from "../form/Trouble";
import { AddSecretDialog } from "./AddSecretDialog";
import { AddSiteDialog } from "./AddSiteDialog";
import { SecretDialog } from "./SecretDialog";
import { SiteItem } from "./SiteItem";

type Open =
    | { what: "add" }
    | { what: "another" | "remove"; site: Site }
    | { what: "removeSecret"; site: Site; secret: SiteSecret }
    | { what: "secret"; name: string; key: string; secret: string };

/** Pages that tell the chat who is there. */
export function SitesCard() {
    const words = strings.sites;
    const { value, problem, loading, reload } = useLoad(listSites, "");
    const [changed, setChanged] = useState<Sites | null>(null);
    const [open, setOpen] = useState<Open | null>(null);
    const [said, setSaid] = useState("");
    const all = (changed ?? value)?.sites;
    const close = () => setOpen(null);
    const take = (now: Sites, name: string, text: string) => {
        setChanged(now);
        setSaid(text);
        const { secret, key } = now;
        setOpen(secret === "" ? null : { what: "secret", name, key, secret });
    };
    return (
        <section class="card" aria-labelledby="sites-heading">
            <h2 id="sites-heading">{words.heading}</h2>
            <p class="hint">{words.intro}</p>
            <Trouble problem={problem} onRetry={() => void reload()} />
            {loading && value === null && <p role="status">{strings.form.loading}</p>}
            {all?.length === 0 && <p>{words.none}</p>}
            {all !== undefined && all.length > 0 &&
                <ul class="rows">
                    {all.map((site) => (
                        <SiteItem key={site.key} site={site}
                            onAnother={() => setOpen({ what: "another", site })}
                            onRemoveSecret={(secret) =>
                                setOpen({ what: "removeSecret", site, secret })}
                            onRemove={() => setOpen({ what: "remove", site })} />
                    ))}
                </ul>}
            <div class="form-end">
                <button type="button" class="button primary"
                    onClick={() => setOpen({ what: "add" })}>{words.add}</button>
            </div>
            <p role="status" class="field-note">{said}</p>
            {open?.what === "add" &&
                <AddSiteDialog onClose={close}
                    onDone={(name, now) => take(now, name, words.added(name))} />}
            {open?.what === "another" &&
                <AddSecretDialog site={open.site} onClose={close}
                    onDone={(now) => take(now, open.site.name, "")} />}
            {open?.what === "secret" &&
                <SecretDialog name={open.name} siteKey={open.key} secret={open.secret}
                    onClose={close} />}
            {open?.what === "removeSecret" &&
                <Confirm heading={words.removeHeading(open.secret.hint)} action={words.remove}
                    danger act={() => removeSecret(open.site.key, open.secret.id)}
                    onDone={(now) => take(now, "", words.removed)} onClose={close}>
                    <p>{words.removeMore}</p>
                </Confirm>}
            {open?.what === "remove" &&
                <Confirm heading={words.removeSiteHeading(open.site.name)}
                    action={words.removeSite} danger act={() => removeSite(open.site.key)}
                    onDone={(now) => take(now, "", words.removed)} onClose={close}>
                    <p>{words.removeSiteMore}</p>
                </Confirm>}
        </section>
    );
}

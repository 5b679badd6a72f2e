import type { Site, SiteSecret } from "../../rest/sites";
import { strings } from "../../strings";
import { moment } from "../../time";

interface Props {
    site: Site;
    onAnother: () => void;
    onRemoveSecret: (secret: SiteSecret) => void;
    onRemove: () => void;
}

/** One site, and what its tokens are checked with. */
export function SiteItem({ site, onAnother, onRemoveSecret, onRemove }: Props) {
    const words = strings.sites;
    return (
        <li>
            <h3>{site.name}</h3>
            <p class="hint">
                {words.key} <code>{site.key}</code> · {words.algorithm} {site.algorithm}
            </p>
            <ul class="rows" aria-label={words.secrets(site.algorithm)}>
                {site.secrets.map((one) => (
                    <li key={one.id} class="row-do">
                        <p>
                            <code>{one.hint}</code>{" "}
                            <span class="hint">
                                {words.made} {moment(one.created)} ·{" "}
                                {one.used === 0 ? words.never : `${words.used} ${moment(one.used)}`}
                            </span>
                        </p>
                        <button type="button" class="button"
                            aria-label={words.removeOf(one.hint, site.name)}
                            onClick={() => onRemoveSecret(one)}>{words.remove}</button>
                    </li>
                ))}
            </ul>
            <div class="form-end">
                {site.secrets.length < 2 &&
                    <button type="button" class="button"
                        aria-label={words.anotherOf(site.algorithm, site.name)}
                        onClick={onAnother}>{words.another(site.algorithm)}</button>}
                <button type="button" class="button" aria-label={words.removeSiteOf(site.name)}
                    onClick={onRemove}>{words.removeSite}</button>
            </div>
        </li>
    );
}

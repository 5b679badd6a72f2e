import type { Psa } from "../../rest/connectors";
import { strings } from "../../strings";
import { Copy } from "../form/Copy";
import { Words } from "../Words";

/** What to do in the PSA, and the rights to tick there. */
export function Guide({ psa }: { psa: Psa }) {
    return (
        <section class="guide" aria-labelledby="guide-heading">
            <h2 id="guide-heading">{strings.connect.guide(psa.title)}</h2>
            <ol class="numbered">
                {psa.guide.map((text) => <li key={text}><Words text={strings.heard(text)} /></li>)}
            </ol>
            <h3>{strings.connect.rights(psa.rights.length)}</h3>
            <table class="rights">
                <thead class="unseen">
                    <tr><th scope="col">{strings.connect.right}</th>
                        <th scope="col">{strings.connect.why}</th></tr>
                </thead>
                <tbody>
                    {psa.rights.map((right) => (
                        <tr key={right.name}>
                            <th scope="row">{right.name}</th>
                            <td>{strings.heard(right.why)}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
            <Copy text={psa.rights.map((right) => right.name).join("\n")}
                label={strings.connect.copyRights} />
        </section>
    );
}

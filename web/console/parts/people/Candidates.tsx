import type { Candidate } from "../../rest/people";
import { strings } from "../../strings";

interface Props {
    all: Candidate[];
    busy: boolean;
    onTake: (one: Candidate) => void;
}

/** Who somebody may be, with what tells them apart. */
export function Candidates({ all, busy, onTake }: Props) {
    const words = strings.attention;
    if (all.length === 0) return null;
    return (
        <ul class="candidates">
            {all.map((one) => {
                const name = one.contact === 0 ? words.theCompany : one.name;
                return (
                    <li key={`${one.customer} ${one.contact}`}>
                        <p class="candidate">
                            <strong>{one.company}</strong>
                            <span>{name}</span>
                            <span class="hint">
                                {[one.email, one.phone].filter((part) => part !== "").join(" · ")}
                            </span>
                        </p>
                        <button type="button" class="button" aria-disabled={busy}
                            aria-label={words.thisOf(name, one.company)}
                            onClick={() => onTake(one)}>{words.this}</button>
                    </li>
                );
            })}
        </ul>
    );
}

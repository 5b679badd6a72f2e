import type { House } from "../../house";
import type { Found } from "../../rest/inbox";
import { strings } from "../../strings";
import { iso, timeOf } from "../../time";

interface Props {
    house: House;
    one: Found;
    now: number;
}

/** One message that was found; it opens the conversation there. */
export function FoundItem({ house, one, now }: Props) {
    const text = strings.search;
    const hash = `#c=${one.conversation}${one.seq > 0 ? `/${one.seq}` : ""}`;
    const about = [one.company, one.subject, one.number !== "" && text.number(one.number),
        !one.open && text.closed].filter(Boolean).join(" · ");
    const by = [one.name, text.by[one.from] ?? ""].filter((word, i, all) =>
        word !== "" && all.indexOf(word) === i).join(", ");
    return (
        <li>
            <a class="found-item" href={`${window.location.pathname}${hash}`} onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                house.showConversation(one.conversation, one.seq);
            }}>
                <span class="found-top">
                    <strong>{one.person || strings.inbox.someone}</strong>
                    <time dateTime={iso(one.at)}>{timeOf(one.at, now)}</time>
                </span>
                <span class="found-about">{about}</span>
                <span class={`found-said found-${one.from || "whole"}`}>
                    {one.seq === 0 ? text.whole
                        : <>{by !== "" && <span class="found-by">{by}: </span>}
                            {one.parts.map((part, i) => (i % 2 === 1
                                ? <mark key={i}>{part}</mark> : part))}</>}
                </span>
            </a>
        </li>
    );
}

import { EVENTS, WAYS } from "../../notify_rules";
import type { EventKind, Notify, Way } from "../../notify_rules";
import { strings } from "../../strings";

interface Props {
    events: Notify["events"];
    onChange: (events: Notify["events"]) => void;
}

/** What happens, and the ways by which one hears of it. */
export function WaysTable({ events, onChange }: Props) {
    const words = strings.notify;
    const turn = (kind: EventKind, way: Way, on: boolean) => {
        const ways = WAYS.filter((one) => (one === way ? on : events[kind].includes(one)));
        onChange({ ...events, [kind]: ways });
    };
    return (
        <table class="table notify-ways">
            <thead>
                <tr>
                    <th scope="col">{words.event}</th>
                    {WAYS.map((way) => <th key={way} scope="col">{words.ways[way]}</th>)}
                </tr>
            </thead>
            <tbody>
                {EVENTS.map((kind) => (
                    <tr key={kind}>
                        <th scope="row">{words.events[kind]}</th>
                        {WAYS.map((way) => (
                            <td key={way}>
                                <input type="checkbox" checked={events[kind].includes(way)}
                                    aria-label={words.wayLabel(words.events[kind], words.ways[way])}
                                    onChange={(event) =>
                                        turn(kind, way, event.currentTarget.checked)} />
                            </td>
                        ))}
                    </tr>
                ))}
            </tbody>
        </table>
    );
}

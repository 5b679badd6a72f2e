import type { Connector } from "../../rest/connectors";
import { strings } from "../../strings";
import { duration } from "../../time";
import { HealthChart } from "./HealthChart";

/** How the connector is now, and over the last day. */
export function HealthView({ connector, now }: { connector: Connector; now: number }) {
    const { health } = connector;
    const calls = health.hours.reduce((sum, hour) => sum + hour.calls, 0);
    const errors = health.hours.reduce((sum, hour) => sum + hour.errors, 0);
    const words = strings.health;
    const facts: (readonly [string, string])[] = [
        [words.calls, String(calls)],
        [words.errors, String(errors)],
        [words.budget, words.of(health.budgetUsed, health.budgetLimit)],
        [words.waiting, String(health.waiting)],
        [words.oldest, health.oldestWaiting === null ? words.none
            : duration(health.oldestWaiting, now)],
        [words.inDoubt, String(health.inDoubt)],
        [words.parked, String(health.parked)],
        [words.lastCall, health.lastCall === null ? words.never
            : words.ago(duration(health.lastCall, now))],
    ];
    return (
        <section class="card" aria-labelledby="health-heading">
            <h2 id="health-heading">{words.heading}</h2>
            <dl class="numbers">
                {facts.map(([name, value]) => (
                    <div key={name}><dt>{name}</dt><dd>{value}</dd></div>
                ))}
            </dl>
            <HealthChart hours={health.hours} calls={calls} errors={errors} />
        </section>
    );
}

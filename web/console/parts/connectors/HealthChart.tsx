import type { Hour } from "../../rest/connectors";
import { strings } from "../../strings";
import { clock } from "../../time";

interface Props {
    hours: Hour[];
    calls: number;
    errors: number;
}

const HEIGHT = 80;
const STEP = 20;
const BAR = 14;

/** Calls of each hour as bars, errors as the hatched part at the foot; the same as a table. */
export function HealthChart({ hours, calls, errors }: Props) {
    const most = Math.max(1, ...hours.map((hour) => hour.calls));
    const tall = (n: number) => (n === 0 ? 0 : Math.max(2, Math.round((n / most) * HEIGHT)));
    if (hours.length === 0) return <p class="hint">{strings.health.noHours}</p>;
    return (
        <figure class="chart">
            <figcaption>{strings.health.chart}</figcaption>
            <svg viewBox={`0 0 ${hours.length * STEP} ${HEIGHT + 2}`} role="img"
                preserveAspectRatio="none"
                aria-label={strings.health.chartLabel(calls, errors, most)}>
                <line class="chart-base" x1="0" x2={hours.length * STEP} y1={HEIGHT + 1}
                    y2={HEIGHT + 1} />
                {hours.map((hour, i) => (
                    <g key={hour.at}>
                        <rect class="chart-calls" x={i * STEP + 3} width={BAR}
                            y={HEIGHT - tall(hour.calls)} height={tall(hour.calls)} />
                        <rect class="chart-errors" x={i * STEP + 3} width={BAR}
                            y={HEIGHT - tall(hour.errors)} height={tall(hour.errors)} />
                    </g>
                ))}
            </svg>
            <p class="chart-key" aria-hidden="true">
                <span class="chart-key-calls" /> {strings.health.callsKey}
                <span class="chart-key-errors" /> {strings.health.errorsKey}
            </p>
            <details>
                <summary>{strings.health.asTable}</summary>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{strings.health.hour}</th>
                            <th scope="col">{strings.health.callsKey}</th>
                            <th scope="col">{strings.health.errorsKey}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {hours.map((hour) => (
                            <tr key={hour.at}>
                                <th scope="row">{clock(hour.at)}</th>
                                <td>{hour.calls}</td>
                                <td>{hour.errors}</td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </details>
        </figure>
    );
}

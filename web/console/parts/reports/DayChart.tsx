import type { Period, Report } from "../../rest/reports";
import { strings } from "../../strings";
import { ReportCard } from "./ReportCard";
import { Scroll } from "./Scroll";
import { both, dayShort, dayText, number } from "./figures";

const HEIGHT = 140;
const STEP = 10;
const GAP = 2;

interface Props {
    days: Report["days"];
    period: Period;
}

/** A bar for each day; the same as a table. */
export function DayChart({ days, period }: Props) {
    const words = strings.reports;
    const most = Math.max(1, ...days.map((one) => one.conversations));
    const busiest = days.find((one) => one.conversations === most) ?? days[0];
    const all = days.reduce((sum, one) => sum + one.conversations, 0);
    const tall = (n: number) => (n === 0 ? 0 : Math.max(2, Math.round((n / most) * HEIGHT)));
    const marks = [...new Set([0, Math.floor((days.length - 1) / 2), days.length - 1])];
    return (
        <ReportCard name="days" heading={words.byDay} period={period}>
            <figure class="report-chart">
                <figcaption>{words.dayChart}</figcaption>
                <div class="report-days">
                    <p class="report-scale" aria-hidden="true">
                        <span>{number(most)}</span><span>{words.least}</span>
                    </p>
                    <svg viewBox={`0 0 ${days.length * STEP} ${HEIGHT + 1}`} role="img"
                        preserveAspectRatio="none"
                        aria-label={words.dayLabel(all, most, dayText(busiest?.day ?? ""))}>
                        <line class="chart-base" x1="0" x2={days.length * STEP} y1={HEIGHT + 0.5}
                            y2={HEIGHT + 0.5} vector-effect="non-scaling-stroke" />
                        {days.map((one, i) => (
                            <rect key={one.day} class="report-bar" x={i * STEP + GAP / 2}
                                width={STEP - GAP} y={HEIGHT - tall(one.conversations)}
                                height={tall(one.conversations)}>
                                <title>
                                    {`${dayText(one.day)}: ${number(one.conversations)}`}
                                </title>
                            </rect>
                        ))}
                    </svg>
                    <p class="report-marks" aria-hidden="true">
                        {marks.map((i) => <span key={i}>{dayShort(days[i]?.day ?? "")}</span>)}
                    </p>
                </div>
            </figure>
            <details>
                <summary>{words.asTable}</summary>
                <Scroll label={words.byDay}>
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{words.day}</th>
                                <th scope="col">{words.conversations}</th>
                                <th scope="col">{words.answerShort}</th>
                                <th scope="col">{words.resolutionShort}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {days.map((one) => (
                                <tr key={one.day}>
                                    <th scope="row">{dayText(one.day)}</th>
                                    <td>{number(one.conversations)}</td>
                                    <td>{both(one.answer)}</td>
                                    <td>{both(one.resolution)}</td>
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </Scroll>
            </details>
        </ReportCard>
    );
}

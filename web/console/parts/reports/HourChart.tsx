import type { Figures, Period } from "../../rest/reports";
import { strings } from "../../strings";
import { ReportCard } from "./ReportCard";
import { Scroll } from "./Scroll";
import { hourText, number, weekdayShort, weekdayText } from "./figures";

const CELL = 10;
const GAP = 1;
const WEEK = [0, 1, 2, 3, 4, 5, 6];
const DAY = Array.from({ length: 24 }, (_, hour) => hour);
const MARKS = [0, 6, 12, 18];

interface Props {
    hours: Figures[];
    period: Period;
}

/** A field for each hour of the week, the darker the more; the same as a table. */
export function HourChart({ hours, period }: Props) {
    const words = strings.reports;
    const of = (weekday: number, hour: number) => hours[weekday * 24 + hour]?.conversations ?? 0;
    const most = Math.max(1, ...hours.map((one) => one.conversations));
    const at = Math.max(0, hours.findIndex((one) => one.conversations === most));
    return (
        <ReportCard name="hours" heading={words.byHour} period={period}>
            <figure class="report-chart">
                <figcaption>{words.hourChart}</figcaption>
                <div class="report-week">
                    <p class="report-weekdays" aria-hidden="true">
                        {WEEK.map((day) => <span key={day}>{weekdayShort(day)}</span>)}
                    </p>
                    <svg viewBox={`0 0 ${24 * CELL} ${7 * CELL}`} role="img"
                        preserveAspectRatio="none"
                        aria-label={words.hourLabel(most, weekdayText(Math.floor(at / 24)),
                            hourText(at % 24))}>
                        {WEEK.flatMap((day) => DAY.map((hour) => (
                            <g key={`${day}-${hour}`}>
                                <rect class="report-cell" x={hour * CELL + GAP / 2}
                                    y={day * CELL + GAP / 2} width={CELL - GAP}
                                    height={CELL - GAP} />
                                <rect class="report-bar" x={hour * CELL + GAP / 2}
                                    y={day * CELL + GAP / 2} width={CELL - GAP}
                                    height={CELL - GAP}
                                    fill-opacity={shade(of(day, hour), most)}>
                                    <title>
                                        {`${weekdayText(day)} ${hourText(hour)}: ` +
                                            number(of(day, hour))}
                                    </title>
                                </rect>
                            </g>
                        )))}
                    </svg>
                    <p class="report-marks report-clock" aria-hidden="true">
                        {MARKS.map((hour) => <span key={hour}>{hourText(hour)}</span>)}
                    </p>
                </div>
            </figure>
            <details>
                <summary>{words.asTable}</summary>
                <Scroll label={words.byHour}>
                    <table class="table report-hours">
                        <thead>
                            <tr>
                                <th scope="col">{words.hour}</th>
                                {WEEK.map((day) => (
                                    <th key={day} scope="col">
                                        <abbr title={weekdayText(day)}>{weekdayShort(day)}</abbr>
                                    </th>
                                ))}
                            </tr>
                        </thead>
                        <tbody>
                            {DAY.map((hour) => (
                                <tr key={hour}>
                                    <th scope="row">{hourText(hour)}</th>
                                    {WEEK.map((day) => <td key={day}>{number(of(day, hour))}</td>)}
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </Scroll>
            </details>
        </ReportCard>
    );
}

/** One is seen, too. */
function shade(n: number, most: number): number {
    return n === 0 ? 0 : Math.round((0.15 + 0.85 * (n / most)) * 100) / 100;
}

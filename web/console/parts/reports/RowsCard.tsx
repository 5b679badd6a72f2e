import type { Period, Row, Table } from "../../rest/reports";
import { strings } from "../../strings";
import { ReportCard } from "./ReportCard";
import { both, number, rating } from "./figures";

interface Props {
    name: Table;
    heading: string;
    /** What a row is. */
    of: string;
    /** What the row without a name is. */
    unnamed: string;
    rows: Row[];
    period: Period;
}

/** Technicians or companies, most conversations first. */
export function RowsCard({ name, heading, of, unnamed, rows, period }: Props) {
    const words = strings.reports;
    return (
        <ReportCard name={name} heading={heading} period={period}>
            <p class="hint">{words.halfAndHint}</p>
            <table class="table table-cards">
                <caption class="unseen">{heading}</caption>
                <thead>
                    <tr>
                        <th scope="col">{of}</th>
                        <th scope="col">{words.conversations}</th>
                        <th scope="col">{words.answerShort}</th>
                        <th scope="col">{words.resolutionShort}</th>
                        <th scope="col">{words.rating}</th>
                    </tr>
                </thead>
                <tbody>
                    {rows.map((row, i) => (
                        <tr key={i}>
                            <th scope="row">{nameOf(row, unnamed)}</th>
                            <td data-label={words.conversations}>{number(row.conversations)}</td>
                            <td data-label={words.answerShort}>{both(row.answer)}</td>
                            <td data-label={words.resolutionShort}>{both(row.resolution)}</td>
                            <td data-label={words.rating}>{rating(row)}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </ReportCard>
    );
}

function nameOf(row: Row, unnamed: string) {
    if (row.name === null) return <em>{strings.reports.others(row.others)}</em>;
    return row.name === "" ? <em>{unnamed}</em> : row.name;
}

import type { ComponentChildren } from "preact";

import { reportCsv } from "../../rest/reports";
import type { Period, Table } from "../../rest/reports";
import { strings } from "../../strings";

interface Props {
    name: Table;
    heading: string;
    period: Period;
    children: ComponentChildren;
}

/** A part of the report, and its table as a file. */
export function ReportCard({ name, heading, period, children }: Props) {
    const words = strings.reports;
    return (
        <section class="card" aria-labelledby={`${name}-heading`}>
            <div class="card-top">
                <h2 id={`${name}-heading`}>{heading}</h2>
                <a class="button" href={reportCsv(period, name)} download
                    aria-label={words.csvOf(heading)}>
                    {words.csv}
                </a>
            </div>
            {children}
        </section>
    );
}

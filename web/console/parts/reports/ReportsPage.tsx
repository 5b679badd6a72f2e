import { useState } from "preact/hooks";

import { readReport } from "../../rest/reports";
import type { Period, Report } from "../../rest/reports";
import { strings } from "../../strings";
import { useLoad } from "../../use";
import { Trouble } from "../form/Trouble";
import { Page } from "../shell/Page";
import { AllCard } from "./AllCard";
import { DayChart } from "./DayChart";
import { HourChart } from "./HourChart";
import { PeriodForm } from "./PeriodForm";
import { RowsCard } from "./RowsCard";
import { dayText } from "./figures";

const USUAL: Period = { days: "30" };

/** What was done in a period. */
export function ReportsPage({ take }: { take: boolean }) {
    const [period, setPeriod] = useState<Period>(USUAL);
    const loaded = useLoad(() => readReport(period), JSON.stringify(period));
    const report = loaded.value;
    const words = strings.reports;
    return (
        <Page heading={strings.menu.reports} take={take} wide intro={words.intro}>
            <PeriodForm report={report} onChange={setPeriod} />
            <Trouble problem={loaded.problem} onRetry={() => void loaded.reload()} />
            <p role="status" class="hint">
                {loaded.loading ? strings.form.loading : report !== null &&
                    loaded.problem === null && shown(report)}
            </p>
            {report !== null && loaded.problem === null &&
                <Body report={report} period={period} />}
        </Page>
    );
}

function shown({ from, to, zone, all }: Report): string {
    const words = strings.reports;
    const days = from === to ? words.shownDay(dayText(from), zone)
        : words.shown(dayText(from), dayText(to), zone);
    return `${days}: ${words.count(all.conversations)}`;
}

function Body({ report, period }: { report: Report; period: Period }) {
    const words = strings.reports;
    if (report.all.conversations === 0)
        return (
            <>
                <div class="card empty">
                    <h2>{words.none}</h2>
                    <p class="hint">{words.noneMore}</p>
                </div>
                <How />
            </>
        );
    return (
        <>
            <AllCard all={report.all} />
            <div class="beside">
                <DayChart days={report.days} period={period} />
                <HourChart hours={report.hours} period={period} />
            </div>
            <RowsCard name="staff" heading={words.byStaff} of={words.technician}
                unnamed={words.nobody} rows={report.staff} period={period} />
            <RowsCard name="companies" heading={words.byCompany} of={words.company}
                unnamed={words.noCompany} rows={report.companies} period={period} />
            <How />
        </>
    );
}

/** What is counted. */
function How() {
    const words = strings.reports;
    return (
        <section class="card" aria-labelledby="how-heading">
            <h2 id="how-heading">{words.how}</h2>
            <ul class="report-how">
                {words.howLines.map((line) => <li key={line}>{line}</li>)}
            </ul>
        </section>
    );
}

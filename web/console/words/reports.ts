// Texts of the reports.

import { plural } from "./plural";

export const reports = {
    intro: "How much there was to do, how fast it was done, and what people thought of it.",
    period: "Period",
    periods: {
        "1": "Today", "7": "7 days", "30": "30 days", "90": "90 days", own: "Dates of your own",
    },
    from: "First day",
    to: "Last day",
    show: "Show",
    shown: (from: string, to: string, zone: string) => `${from} to ${to}, time zone ${zone}`,
    shownDay: (day: string, zone: string) => `${day}, time zone ${zone}`,
    count: (n: number) => plural(n, "conversation", "conversations"),
    none: "Nothing happened in this period",
    noneMore: "No conversation began in it. Choose a longer one.",

    all: "All together",
    conversations: "Conversations",
    takenOver: "Of these taken over",
    answer: "First answer, half within",
    answerMost: "First answer, 9 of 10 within",
    resolution: "Closed, half within",
    resolutionMost: "Closed, 9 of 10 within",
    rating: "Rating",
    ratings: (n: number) => `Mean of ${plural(n, "rating", "ratings")}`,
    ratingOf: (mean: string, n: string) => `${mean} (${n})`,
    noFigure: "–",
    seconds: (n: number) => `${n} s`,

    how: "What is counted",
    howLines: [
        "A conversation counts on the day on which it began, whatever happens to it later.",
        "First answer: from its beginning to the first reply of staff. Who still waits, or was " +
            "closed without one, has none.",
        "Closed: from its beginning to its closing. A reopened conversation counts its last " +
            "closing, and while it is open none.",
        "Conversations taken over from the PSA have no first answer, and count without times.",
        "Conversations that were merged into another count with that one.",
        "Technicians have the conversations that are assigned to them now; companies those of " +
            "their people.",
        "Times are hours of the clock, not of opening.",
    ],

    byDay: "By day",
    dayChart: "Conversations that began on each day",
    dayLabel: (n: number, most: number, day: string) =>
        `${plural(n, "conversation", "conversations")}; most on one day: ${most}, on ${day}.`,
    byHour: "By hour of the week",
    hourChart: "When conversations begin: the fuller the colour, the more",
    hourLabel: (most: number, day: string, hour: string) =>
        `${plural(most, "conversation", "conversations")} began in the busiest hour, ${day} ` +
        `at ${hour}.`,
    asTable: "As a table",
    day: "Day",
    hour: "Hour",
    least: "0",

    byStaff: "By technician",
    technician: "Technician",
    nobody: "Nobody",
    byCompany: "By company",
    company: "Company",
    noCompany: "No company",
    others: (n: number) => plural(n, "other", "others"),
    answerShort: "First answer",
    resolutionShort: "Closed",
    halfAnd: (half: string, most: string) => `${half} · ${most}`,
    halfAndHint: "Times: half of them within · 9 of 10 within. Rating: mean (how many).",
    csv: "CSV",
    csvOf: (table: string) => `CSV: ${table}`,
};

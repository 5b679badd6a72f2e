import type * as en from "../reports";
import type { Translated } from "../said";
import { plural } from "./plural";

export const reports: Translated<typeof en.reports> = {
    intro: "Wie viel zu tun war, wie schnell es getan war, und was Personen davon hielten.",
    period: "Zeitraum",
    periods: {
        "1": "Heute", "7": "7 Tage", "30": "30 Tage", "90": "90 Tage", own: "Eigene Tage",
    },
    from: "Erster Tag",
    to: "Letzter Tag",
    show: "Zeigen",
    shown: (from: string, to: string, zone: string) => `${from} bis ${to}, Zeitzone ${zone}`,
    shownDay: (day: string, zone: string) => `${day}, Zeitzone ${zone}`,
    count: (n: number) => plural(n, "Unterhaltung", "Unterhaltungen"),
    none: "In diesem Zeitraum war nichts",
    noneMore: "In ihm begann keine Unterhaltung. Wählen Sie einen längeren.",

    all: "Alle zusammen",
    conversations: "Unterhaltungen",
    takenOver: "Davon übernommen",
    answer: "Erste Antwort, die Hälfte in",
    answerMost: "Erste Antwort, 9 von 10 in",
    resolution: "Geschlossen, die Hälfte in",
    resolutionMost: "Geschlossen, 9 von 10 in",
    rating: "Bewertung",
    ratings: (n: number) => `Mittel von ${plural(n, "Bewertung", "Bewertungen")}`,
    ratingOf: (mean: string, n: string) => `${mean} (${n})`,
    noFigure: "–",
    seconds: (n: number) => `${n} s`,

    how: "Was gezählt wird",
    howLines: [
        "Eine Unterhaltung zählt am Tag, an dem sie begann, was auch später mit ihr geschieht.",
        "Erste Antwort: von ihrem Beginn bis zur ersten Antwort eines Technikers. Wer noch " +
            "wartet oder ohne Antwort geschlossen wurde, hat keine.",
        "Geschlossen: von ihrem Beginn bis zum Schließen. Eine wieder geöffnete Unterhaltung " +
            "zählt ihr letztes Schließen, und solange sie offen ist keines.",
        "Aus der PSA übernommene Unterhaltungen haben keine erste Antwort und zählen ohne Zeiten.",
        "Unterhaltungen, die mit einer anderen zusammengelegt wurden, zählen mit dieser.",
        "Techniker haben die Unterhaltungen, die ihnen jetzt zugewiesen sind; Firmen die ihrer " +
            "Personen.",
        "Zeiten sind Stunden der Uhr, nicht der Öffnung.",
    ],

    byDay: "Nach Tagen",
    dayChart: "Unterhaltungen, die an jedem Tag begannen",
    dayLabel: (n: number, most: number, day: string) =>
        `${plural(n, "Unterhaltung", "Unterhaltungen")}; die meisten an einem Tag: ${most}, ` +
        `am ${day}.`,
    byHour: "Nach Stunden der Woche",
    hourChart: "Wann Unterhaltungen beginnen: je kräftiger die Farbe, desto mehr",
    hourLabel: (most: number, day: string, hour: string) =>
        `${plural(most, "Unterhaltung begann", "Unterhaltungen begannen")} in der vollsten ` +
        `Stunde, ${day} um ${hour}.`,
    asTable: "Als Tabelle",
    day: "Tag",
    hour: "Stunde",
    least: "0",

    byStaff: "Nach Technikern",
    technician: "Techniker",
    nobody: "Niemand",
    byCompany: "Nach Firmen",
    company: "Firma",
    noCompany: "Keine Firma",
    others: (n: number) => plural(n, "andere", "andere"),
    answerShort: "Erste Antwort",
    resolutionShort: "Geschlossen",
    halfAnd: (half: string, most: string) => `${half} · ${most}`,
    halfAndHint: "Zeiten: die Hälfte in · 9 von 10 in. Bewertung: Mittel (wie viele).",
    csv: "CSV",
    csvOf: (table: string) => `CSV: ${table}`,
};

import type * as en from "../routing";
import type { Translated } from "../said";
import { plural } from "./plural";

export const routing: Translated<typeof en.routing> = {
    hours: "Zeiten",
    hoursIntro: "Wann jemand da ist. Außerhalb dieser Zeiten wird niemandem etwas gegeben, " +
        "Wartezeiten stehen still, und Personen erfahren, wann Sie wieder da sind.",
    when: "Geöffnet",
    always: "Immer",
    byWeek: "Nach der Woche",
    zone: "Zeitzone",
    days: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    dayHint: "Wie 08:00-12:00, 13:00-17:00. Leer: den ganzen Tag geschlossen.",
    holidays: "Feiertage",
    holidaysHint: "In jeder Zeile einer: ein Tag wie 2026-12-25, oder 12-25 für jedes Jahr; dann " +
        "sein Name.",
    message: "Was Personen erfahren, solange geschlossen ist",
    messageHint: "Einmal, wer schreibt, solange geschlossen ist. Leer: nichts.",
    openNow: "Jetzt ist geöffnet.",
    closedUntil: (when: string) => `Jetzt ist geschlossen, bis ${when}.`,
    closed: "Jetzt ist geschlossen.",
    badNumber: (most: number) => `Schreiben Sie eine ganze Zahl von 0 bis ${most}.`,
    badDay: (day: string) => `${day}: Schreiben Sie Zeiten wie 08:00-12:00, 13:00-17:00.`,

    heading: "Wer eine Unterhaltung bekommt",
    intro: "Unterhaltungen, die niemand hat.",
    mode: "Neue Unterhaltungen",
    modes: { manual: "Warten, bis jemand sie nimmt", round_robin: "Werden reihum gegeben" },
    limit: "Offene Unterhaltungen eines Technikers, höchstens",
    limitHint: "0: keine Grenze. Wer so viele hat, bekommt keine weitere.",
    back: "Zurückgegeben, wenn ihr Techniker weg ist, nach Minuten",
    backHint: "Solange die Person wartet und geöffnet ist. 0: nie.",
    unanswered: "Anderen Bescheid geben, wenn niemand geantwortet hat, nach Minuten",
    unansweredHint: "Solange geöffnet ist. 0: nie.",
    escalateTo: "Deren E-Mail-Adressen",
    escalateHint: "Bis zu fünf, mit Kommas getrennt.",
    promise: "Personen sagen, wie lange eine Antwort meist dauert",
    promiseNow: (minutes: number) => "Die Hälfte der ersten Antworten der letzten Tage kam " +
        `innerhalb von ${plural(minutes, "Minute", "Minuten")} Öffnungszeit: Das erfahren ` +
        "Personen.",
    promiseNone: "Von den letzten Tagen sind zu wenige Antworten bekannt, um Personen etwas zu " +
        "sagen.",
    save: "Speichern",
    saved: "Gespeichert.",

    team: "Team",
    teamIntro: "Trägt eine Unterhaltung ein Schlagwort, das jemandes Kenntnis ist, geht sie nur " +
        "an den, der sie hat.",
    present: "An der Konsole",
    isAway: "Abwesend",
    absent: "Nicht da",
    takes: "Bekommt Unterhaltungen",
    skills: "Kenntnisse",
    skillsHint: "Schlagwörter, mit Kommas getrennt.",
    ownLimit: "Eigene Grenze",
    ownLimitHint: "Leer: wie für alle.",

    unansweredFor: (minutes: number) =>
        `Seit ${plural(minutes, "Minute", "Minuten")} hat niemand geantwortet: Andere erfahren es`,

    teamPageIntro: "Wer da ist, und wie viel jeder von uns hat.",
    name: "Name",
    state: "Stand",
    has: "Offene Unterhaltungen",
    waits: "Warten auf uns",
    longest: "Am längsten seit",
    nobody: "Niemand hat sie",

    away: "Abwesend",
    awayHint: "Solange Sie abwesend sind, wird Ihnen nichts gegeben.",
};

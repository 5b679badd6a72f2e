// Texts about hours, routing and who is away.

import { plural } from "./plural";

export const routing = {
    hours: "Hours",
    hoursIntro: "When somebody is there. Outside these hours nothing is given to anybody, " +
        "waiting times stand still, and people are told when you are back.",
    when: "Open",
    always: "Always",
    byWeek: "By the week",
    zone: "Time zone",
    days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    dayHint: "Like 08:00-12:00, 13:00-17:00. Empty: closed all day.",
    holidays: "Holidays",
    holidaysHint: "One on each line: a day like 2026-12-25, or 12-25 for every year; then " +
        "its name.",
    message: "What people are told while it is closed",
    messageHint: "Once to who writes while it is closed. Empty: nothing.",
    openNow: "It is open now.",
    closedUntil: (when: string) => `It is closed now, until ${when}.`,
    closed: "It is closed now.",
    badNumber: (most: number) => `Write a whole number from 0 to ${most}.`,
    badDay: (day: string) => `${day}: write times like 08:00-12:00, 13:00-17:00.`,

    heading: "Who gets a conversation",
    intro: "Conversations that nobody has.",
    mode: "New conversations",
    modes: { manual: "Wait until somebody takes them", round_robin: "Are given in turn" },
    limit: "Open conversations of one technician, at most",
    limitHint: "0: no limit. Nobody who has so many is given another.",
    back: "Given back when their technician is gone, after minutes",
    backHint: "While the person waits, and while it is open. 0: never.",
    unanswered: "Tell others when nobody has answered, after minutes",
    unansweredHint: "While it is open. 0: never.",
    escalateTo: "Their email addresses",
    escalateHint: "Up to five, with commas between.",
    promise: "Tell people how long an answer usually takes",
    promiseNow: (minutes: number) =>
        "Half of the last days' first answers came within " +
        `${plural(minutes, "minute", "minutes")} of open time: people are told so.`,
    promiseNone: "Too few answers of the last days are known to tell people anything.",
    save: "Save",
    saved: "Saved.",

    team: "Team",
    teamIntro: "A tag of a conversation that is a skill of somebody goes only to who has it.",
    present: "At the console",
    isAway: "Away",
    absent: "Not here",
    takes: "Is given conversations",
    skills: "Skills",
    skillsHint: "Tags, with commas between.",
    ownLimit: "Limit of their own",
    ownLimitHint: "Empty: as for all.",

    unansweredFor: (minutes: number) =>
        `Nobody has answered for ${plural(minutes, "minute", "minutes")}: others are told`,

    teamPageIntro: "Who is here, and how much each of us has.",
    name: "Name",
    state: "State",
    has: "Open conversations",
    waits: "Wait for us",
    longest: "Longest since",
    nobody: "Nobody has them",

    away: "Away",
    awayHint: "While you are away nothing is given to you.",
};

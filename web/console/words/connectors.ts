// Texts of connectors: connecting, testing, health, what is parked.

import type { ConnectorState, Turn } from "../rest/connectors";
import type { StepState } from "../rest/trial";
import { plural } from "./plural";

export const connectors = {
    intro: "What Parley is connected to, and how that is going.",
    psas: "PSAs",
    add: "Add PSA",
    addHeading: "Add a PSA",
    connect: (title: string) => `Connect ${title}`,
    back: "All connectors",
    none: "No PSA is connected",
    noneMore: "People can chat already. Their tickets are made once a PSA is added, with the " +
        "button at the top right.",
    gone: "This connector is not there any more.",
    states: {
        ok: "Working",
        held: "Held",
        paused: "Paused",
        new: "Not used yet",
    } satisfies Record<ConnectorState, string>,
    short: (waiting: number, parked: number) => `${waiting} waiting, ${parked} parked`,
    lastCall: (time: string) => `last call ${time === "now" ? "just now" : `${time} ago`}`,
    account: "Account",
    address: "Address",
    key: "API Key",
    noKey: "none",
    keyEnds: "ends with",
    replace: "Replace key",
    held: "Nothing is sent just now.",
    heldMore: "Chats go on, and what was said waits in order. It is sent once this is mended.",
    pausedMore: "Paused: nothing is sent. Chats go on, and what was said waits in order.",
} as const;

export const connect = {
    guide: (title: string) => `In ${title}`,
    rights: (n: number) => `The ${n} rights to tick`,
    right: "Right",
    why: "Why Parley needs it",
    copyRights: "Copy the list of rights",
    understood: (account: string) => `Account ${account} at`,
    needAccount: "Fill this in: for https://yourcompany.syncromsp.com only yourcompany.",
    needToken: "Paste the token that was shown when it was made.",
    keyKept: (end: string) => `Leave it empty to keep the key that ends with ${end}. A key is ` +
        "never shown again.",
    otherAccount: (account: string) => `This is another account than ${account}, so it needs ` +
        "its own key. What was filed there stays there; the two are kept apart.",
    already: (account: string, end: string) => `Connected to ${account} with the key that ends ` +
        `with ${end}. You can go on, or save another one here.`,
    test: "Test Credentials",
    testing: "Testing…",
    save: "Save",
    insist: "Save without a good test?",
    insistUntested: "These values have not been tested. Test Credentials shows in a few seconds " +
        "whether they work.",
    insistFailed: "The test of these values did not go well.",
    insistMore: "If they are wrong, chats go on, but no ticket is made until they are mended.",
    insistSave: "Save all the same",
    replace: "Replace key",
    replaceIntro: "What waits and what was filed is kept. What waits is sent with the new key.",
} as const;

export const trial = {
    heading: "Test",
    states: {
        waiting: "not yet",
        running: "checking…",
        ok: "good",
        failed: "failed",
        unproved: "could not be proved",
        skipped: "not checked",
    } satisfies Record<StepState, string>,
    begun: "The test has begun.",
    progress: (n: number, all: number, label: string, state: string) =>
        `${n} of ${all}. ${label}: ${state}.`,
    good: "All is well. Press Save to keep it.",
    mostly: (n: number) => `Nothing is wrong, but ${plural(n, "line", "lines")} could not be ` +
        "proved: read why, then press Save to keep it.",
    bad: (n: number) => (n === 0 ? "The test did not go well. Mend it and test again."
        : `${plural(n, "line", "lines")} failed. Mend what is said there and test again.`),
    cut: "The test broke off. Press Test Credentials again.",
    stale: "The fields have changed since this test. Test again before you save.",
} as const;

export const company = {
    placeholder: "Type to search",
    matches: "Matches",
    none: "Nothing chosen.",
    chosen: (name: string) => `Chosen: ${name}`,
    searching: "Searching…",
    empty: "Nothing found. Try the beginning of the name.",
    found: (n: number, more: boolean) => (more
        ? `The first ${n}. Type more of the name to see others.`
        : `${plural(n, "customer", "customers")} found. Arrow keys move, Enter chooses.`),
} as const;

export const defaults = {
    heading: "How tickets begin",
    fallback: "Fallback customer",
    fallbackHint: (title: string) => `The tickets of people whom ${title} does not know go to ` +
        "this customer. Without one they wait until you choose a company.",
    legend: "What a new ticket begins with",
    loading: "Loading the lists of your account…",
    status: "Status",
    priority: "Priority",
    problemType: "Issue type",
    leave: (title: string) => `Leave it to ${title}`,
} as const;

export const hook = {
    heading: "Webhook",
    intro: (title: string) => `Parley asks ${title} for changes every few seconds while somebody ` +
        `looks, and more rarely at night. With this webhook ${title} says at once that something ` +
        "has happened. Keep the address to yourself: whoever has it can make Parley look.",
    copy: "Copy the address",
    renew: "Make a new address",
    renewHeading: "Make a new address?",
    renewText: (title: string) => "The old one stops working at once. Put the new one into " +
        `${title}, or changes show with the next look only.`,
    heard: (title: string, time: string) => (time === "now" ? `${title} called just now.`
        : `${title} called ${time} ago.`),
    never: (title: string) => `${title} has not called since the server was started.`,
    guide: (title: string) => `How to set it up in ${title}`,
} as const;

export const health = {
    heading: "Health",
    calls: "Calls, last day",
    errors: "Errors, last day",
    budget: "Calls this minute",
    of: (used: number, limit: number) => (limit > 0 ? `${used} of ${limit}` : String(used)),
    waiting: "Waiting",
    oldest: "Oldest waits",
    inDoubt: "In doubt",
    parked: "Parked",
    lastCall: "Last call",
    none: "–",
    never: "never",
    ago: (time: string) => (time === "now" ? "just now" : `${time} ago`),
    chart: "Calls and errors in each hour of the last day",
    chartLabel: (calls: number, errors: number, most: number) =>
        `${plural(calls, "call", "calls")} and ${plural(errors, "error", "errors")} in the last ` +
        `day; at most ${plural(most, "call", "calls")} in an hour. The table below has each hour.`,
    noHours: "Nothing has been counted yet.",
    hour: "Hour from",
    callsKey: "Calls",
    errorsKey: "Errors",
    asTable: "Show as a table",
} as const;

export const parked = {
    heading: "Parked",
    intro: (title: string) => `What ${title} would not take. It waits here until somebody ` +
        "decides; everything else goes on.",
    none: "Nothing is parked.",
    since: (time: string) => (time === "now" ? "since just now" : `for ${time}`),
    otherAccount: "of another account",
    retry: "Retry",
    company: "Choose company",
    discard: "Discard",
    show: "Show conversation",
    of: (action: string, reference: string) => `${action}: ${reference}`,
    retried: (reference: string) => `${reference} is tried again.`,
    discarded: (reference: string) => `${reference} is given up.`,
    more: "There are more. They appear once these are dealt with.",
    discardHeading: (reference: string) => `Discard what waits of ${reference}?`,
    discardMore: (title: string) => `What is parked is given up for good: it will not be in ` +
        `${title}. The conversation itself stays, and says that it was given up.`,
    discardLater: "If its ticket was never made, what was said after it is given up with it.",
    companyHeading: (name: string) => `Which company is ${name} of?`,
    companyMore: "It is remembered for this person, and the ticket is tried again at once.",
    companyLabel: "Company",
    companyHint: (title: string) => `As it is named in ${title}.`,
    companyGo: "Choose and retry",
} as const;

const entries = (n: number) => plural(n, "entry", "entries");

export const turn = {
    counting: "Counting what waits…",
    pause: {
        action: "Pause",
        heading: (title: string) => `Pause ${title}?`,
        text: (title: string) => `Nothing is sent to ${title} until you resume. Chats go on, and ` +
            "what is said waits in order.",
        done: "Paused.",
    },
    resume: {
        action: "Resume",
        heading: (title: string) => `Resume ${title}?`,
        text: () => "Everything that waits is sent, oldest first.",
        done: "Resumed.",
    },
    remove: {
        action: "Remove",
        heading: (title: string) => `Remove ${title}?`,
        text: (title: string) => `The key is deleted here; disable it in ${title} too. Chats go ` +
            "on, but no tickets are made. Tickets that are there stay there.",
        done: "Removed.",
    },
    waiting: (n: number, by: Turn) => (n === 0 ? "Nothing waits now."
        : by === "resume" ? `${entries(n)} will be sent.`
            : by === "pause" ? `${entries(n)} will wait until you resume.`
                : `${entries(n)} will wait until the same account is connected again.`),
    inDoubt: (n: number, by: Turn) => (by === "resume"
        ? `${entries(n)} in doubt will be looked up before anything is sent again.`
        : `${entries(n)} in doubt: it is not known whether the PSA has it. It is looked up ` +
            "later, before anything is sent again."),
    parked: (n: number, by: Turn) => (by === "remove"
        ? `${entries(n)} parked will stay as it is.`
        : `${entries(n)} parked: nothing changes for it.`),
} as const;

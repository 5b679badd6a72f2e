// Texts of the ticket panel.

import { plural } from "./plural";

export const panel = {
    fields: {
        status: "Status",
        priority: "Priority",
        issueType: "Issue type",
        assignee: "Technician",
        due: "Due",
    },
    unset: "Not set",
    nobody: "Nobody",
    unknown: (id: number) => `User ${id}`,
    listsMissing: "The lists of the account are not loaded yet.",
    /** The PSA does not say who its technicians are. */
    seenOnly: "Offered are those who were seen on tickets: the API key may not list everybody.",
    sending: (value: string) => `Sending: ${value}`,
    pending: (from: string, to: string) => `${to} – waits for the PSA, which still has ${from}`,
    failed: (text: string) => `Not changed: ${text}`,

    conflict: {
        heading: "Changed in the PSA meanwhile",
        intro: "This change was not sent, for somebody in the PSA changed the same.",
        was: "Was",
        now: "Is now",
        mine: "Wanted",
        keep: "Send it all the same",
        leave: "Leave it as it is",
        said: "A change of the ticket was not sent: somebody in the PSA changed the same.",
    },

    told: {
        heading: "What the PSA has been told",
        loading: "Loading…",
        empty: "Nothing yet.",
        since: (time: string) => `since ${time}`,
        done: (time: string) => time,
        left: (time: string) => `left ${time}`,
        attempts: (n: number) => plural(n, "attempt", "attempts"),
        range: (from: number, to: number) => (from === to ? `Message ${from}`
            : `Messages ${from}–${to}`),
        change: (field: string, value: string) => `${field}: ${value}`,
        older: (n: number) => `Show ${plural(n, "older entry", "older entries")}`,
        again: "Send now",
        asked: "Asked to try again.",
    },
} as const;

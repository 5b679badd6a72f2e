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
    clearDue: "No due date",
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
        left: (time: string) => `given up ${time}`,
        attempts: (n: number) => plural(n, "attempt", "attempts"),
        range: (from: number, to: number) => (from === to ? `Message ${from}`
            : `Messages ${from}–${to}`),
        change: (field: string, value: string) => `${field}: ${value}`,
        older: (n: number) => `Show ${plural(n, "older entry", "older entries")}`,
        again: "Send now",
    },

    acts: {
        heading: "Another ticket",
        attach: "Attach to a ticket…",
        detach: "Detach from the ticket…",
        make: "Make a ticket now",
        making: "A ticket is being made.",
        none: "This conversation has no ticket.",
    },

    detach: {
        heading: (number: string) => `Detach from ticket #${number}`,
        intro: "The ticket stays in the PSA as it is, and is not told what is said from now on. " +
            "What waits to be filed goes into the next ticket. The person reads that the " +
            "conversation goes on without it.",
        label: "And then",
        next: "The person’s next message begins a new ticket",
        new: "A new ticket is made now, with what the person said last",
        none: "No ticket, until somebody asks for one",
        go: "Detach",
        done: "Detached.",
    },

    attach: {
        heading: "Attach to a ticket",
        intro: "What is said from now on goes into that ticket, and what was said in it before " +
            "is read in: for staff only, unless the PSA says that it is this person’s ticket.",
        label: "Number or words of the ticket",
        searching: "Searching…",
        empty: "Nothing is found.",
        found: (n: number, more: boolean) => (more
            ? `The first ${plural(n, "ticket", "tickets")}; more words find fewer.`
            : `${plural(n, "ticket", "tickets")} found.`),
        results: "Tickets",
        of: (company: string, contact: string) => (contact === "" ? company
            : `${company} · ${contact}`),
        go: "Attach",
        confirm: {
            other_person: "The PSA says that this is the ticket of somebody else in the same " +
                "company.",
            other_company: "The PSA does not say that this ticket is of this person’s company.",
        },
        confirmMore: "Its person, once they have proved who they are, can read this whole " +
            "conversation, and this person reads what is said in it from now on. Attach it all " +
            "the same?",
        confirmGo: "Attach all the same",
        done: (number: string) => `The conversation is about ticket #${number} now.`,
    },
} as const;

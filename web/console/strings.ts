// Every text of the console: those of the inbox here, the others in words/. English is built in;
// another language is laid over it before the first render (language.ts), so a text is read where
// it is rendered, as strings.area.text, and never kept.

import type { Filing } from "./protocol";
import type { Route } from "./route";
import * as actWords from "./words/acts";
import * as cannedWords from "./words/canned";
import * as connectors from "./words/connectors";
import * as door from "./words/door";
import * as deskWords from "./words/desk";
import * as fileWords from "./words/files";
import * as viewWords from "./words/views";
import * as keyWords from "./words/keys";
import * as tongue from "./words/language";
import * as letters from "./words/mail";
import * as notifyWords from "./words/notify";
import * as tickets from "./words/statuses";
import * as linkWords from "./words/links";
import * as markdownWords from "./words/markdown";
import * as office from "./words/office";
import * as people from "./words/people";
import { lay } from "./words/over";
import { plural } from "./words/plural";
import type { Said } from "./words/said";
import * as talkWords from "./words/talk";
import * as ticketPanel from "./words/ticket";
import * as reportWords from "./words/reports";
import * as afterWords from "./words/after";
import * as routingWords from "./words/routing";
import * as setup from "./words/setup";
import * as sites from "./words/sites";
import * as webhooks from "./words/webhooks";

export const english = {
    title: "Parley",
    titleOf: (page: string, waiting: number) =>
        `${waiting > 0 ? `(${waiting}) ` : ""}${page === "" ? "" : `${page} – `}Parley`,
    titles: {
        door: "Sign in",
        inbox: "",
        setup: "Setup",
        connectors: "Connectors",
        add: "Add a PSA",
        connector: "Connector",
        key: "Replace key",
        search: "Search",
        people: "People",
        person: "Person",
        attention: "Needs attention",
        staff: "Staff",
        audit: "Audit log",
        settings: "Settings",
        routing: "Routing and hours",
        team: "Team",
        canned: "Canned replies",
        reports: "Reports",
        me: "My account",
    } satisfies Record<Route["page"] | "door", string>,

    ...door,
    ...setup,
    ...connectors,
    ...office,
    ...linkWords,
    ...markdownWords,
    ...people,
    ...letters,
    ...notifyWords,
    ...tickets,
    ...sites,
    ...webhooks,
    ...keyWords,
    ...deskWords,
    ...viewWords,
    ...actWords,
    ...talkWords,
    ...fileWords,
    ...tongue,
    ...ticketPanel,
    ...afterWords,
    ...routingWords,
    ...cannedWords,
    ...reportWords,

    line: {
        label: "Connection",
        connecting: "Connecting…",
        lost: "No connection. What you write is kept and sent later.",
        next: (seconds: number) => `Next attempt in ${plural(seconds, "second", "seconds")}.`,
        now: "Try now",
        back: "Connected again.",
        gone: "The connection is lost.",
        undone: "Not done",
    },

    inbox: {
        heading: "Inbox",
        label: "Conversations",
        waiting: (n: number) => (n > 0 ? `${n} waiting` : "Nobody is waiting"),
        emptyMore: "New conversations appear here by themselves.",
        loading: "Loading the conversations…",
        waits: (time: string) => `waits ${time}`,
        closed: "closed",
        noTicket: "No ticket yet",
        ticket: (number: string) => `#${number}`,
        you: "Staff: ",
        note: "Note: ",
        someone: "Unknown person",
        noSubject: "No subject",
        newWaiting: (name: string) => `${name} is waiting.`,
    },

    thread: {
        none: "Choose a conversation",
        noneMore: "Use j and k to move, Enter to open, ? for all keys.",
        loading: "Loading the messages…",
        empty: "Nothing has been said yet.",
        log: "Messages",
        staff: "Staff",
        note: "Internal note",
        noteMore: "not shown to the person",
        edited: "edited",
        removed: "removed in the PSA",
        person: "Person",
        event: "Event",
        today: "Today",
        yesterday: "Yesterday",
        sending: "Sending…",
        queued: "Waits for the connection",
        sent: "Sent",
        failed: "Not sent.",
        unsent: (n: number) => `${n} not sent`,
        retry: "Send again",
        edit: "Edit",
        typing: (name: string) => `${name} is typing…`,
        newer: "New messages",
        back: "Back to the inbox",
        ticket: "Ticket",
        said: (name: string, body: string) => `${name}: ${body}`,
        noAnswer: "The server did not answer.",
        closed: "This conversation is closed. A message from the person opens it again.",
    },

    box: {
        tabs: "What you write",
        reply: "Reply",
        note: "Note",
        replyLabel: (name: string) => `Reply to ${name}`,
        noteLabel: "Internal note, only for staff",
        replyHint: "Ctrl+Enter sends",
        noteHint: "Only staff see this. Saved by the button only.",
        replySend: "Send reply",
        noteSend: "Save note",
        left: (bytes: number) => (bytes >= 0
            ? `${plural(bytes, "byte", "bytes")} left`
            : `${plural(-bytes, "byte", "bytes")} too long`),
    },

    ticket: {
        heading: "Ticket",
        back: "Back to the messages",
        none: "Not filed yet",
        open: (number: string) => `Open ticket ${number} in the PSA`,
        about: "Person",
        company: "Company",
        email: "Email",
        verified: "proved",
        unverified: "not proved: anybody can type an address",
        reference: "Reference",
        retry: "Retry",
        retrying: "Asked to try again.",
    },

    filing: {
        waiting: "Waiting",
        sending: "Sending",
        in_doubt: "In doubt",
        filed: "Filed",
        parked: "Parked",
        given_up: "Given up",
    } satisfies Record<Filing, string>,

    filingMore: {
        waiting: "Will be sent to the PSA.",
        sending: "Being sent to the PSA now.",
        in_doubt: "The PSA did not answer; we look it up before anything is sent again.",
        filed: "Everything said is in the ticket.",
        parked: "Stopped until somebody retries it.",
        given_up: "An administrator gave it up; it is not in the ticket.",
    } satisfies Record<Filing, string>,

    kinds: new Map([
        ["create_ticket", "Create the ticket"],
        ["add_comment", "Add a comment"],
        ["update_ticket", "Change the ticket"],
        ["attach_files", "Attach files"],
    ]),

    time: {
        now: "now",
        minutes: (n: number) => `${n} min`,
        hours: (h: number, m: number) => (m > 0 ? `${h} h ${m} min` : `${h} h`),
        days: (n: number) => plural(n, "day", "days"),
    },

    help: {
        open: "Keys",
        heading: "Keys",
        close: "Close",
        letters: "Single letters work as keys",
    },

    /** What the server says in its own words, in the language that is spoken. */
    heard: (said: string): string => said,

    signedIn: (name: string) => `Signed in as ${name}`,
} as const;

/** What to tell a technician about an error code, when the server's own words are no help. */
export const englishRefusals = new Map<string, string>([
    ["too_long", "It is too long."],
    ["empty", "There is nothing in it."],
    ["bad_file", "A file did not arrive. Take it back and attach it again."],
    ["not_found", "The conversation is gone."],
    ["moved_on", "Somebody else was first. Look at who has it now."],
    ["moved", "This conversation goes on in another. Answer there."],
    ["crossed", "A colleague has answered meanwhile. Read it, then send yours again if it fits."],
    ["written", "The person has written meanwhile. Read it, then close it if it fits."],
    ["not_allowed", "That is not allowed."],
    ["not_proved", "The person has proved no address."],
    ["under_way", "An email with what was said is on its way already."],
    ["no_mail", "This server sends no email: an administrator sets that up."],
    ["bad_frame", "The server did not understand it."],
]);

/** The texts in the language that is spoken. */
export let strings: Said<typeof english> = english;
export let refusals: ReadonlyMap<string, string> = englishRefusals;

/** Speak by these words, of another language; null: English. */
export function say(words: { strings?: unknown; refusals?: unknown } | null): void {
    strings = lay(words?.strings, english);
    refusals = lay(words?.refusals, englishRefusals);
}

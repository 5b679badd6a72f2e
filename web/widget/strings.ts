// Every word that the widget shows. English is built in; another language is a bundle of its own,
// loaded before the first part is made (main.ts). What it lacks is shown in English.

import type { Said } from "../console/words/said";

export const english = {
    title: "Chat with us",
    open: "Open the chat",
    close: "Close the chat",
    unread: (n: number) => (n === 1 ? "1 unread message" : `${n} unread messages`),
    here: "We are here",
    away: "We answer as soon as we can",
    backAt: (when: string) => `We are back ${when}`,
    usually: (minutes: number) => {
        const hours = Math.round(minutes / 60);
        const time = minutes < 2 ? "a minute" : minutes < 90 ? `${minutes} minutes`
            : hours < 48 ? `${hours} hours` : "some days";
        return `An answer usually takes about ${time}`;
    },

    formIntro: "Tell us what is wrong. We make a ticket of it, and you can go on here.",
    name: "Your name",
    email: "Your email",
    problem: "What can we help with?",
    start: "Start the chat",
    needName: "Please say your name.",
    needEmail: "Please give your email, so that we can reach you.",
    badEmail: "This does not look like an email address. Please check it.",
    needBody: "Please write what we can help with.",
    tooLongField: "This is too long. Please make it shorter.",

    signIn: "Sign in",
    signInWith: (provider: string) => `Sign in with ${provider}`,
    proveIntro: "Sign in to see your tickets, also those that began by phone or email.",
    proveEmail: "Email address",
    proveEmailHint: "We send a code to this address.",
    sendCode: "Send me a code",
    code: "Code of six digits",
    codeSent: (email: string) =>
        `If ${email} can be reached, a code is on its way. It holds for ten minutes.`,
    codeShown: "The window that opened shows a code when you have signed in there.",
    openWindow: "Open the window",
    codeAgain: "Send another code",
    otherAddress: "Another way",
    notNow: "Not now",
    badCode: "This code is wrong or too old. Check it, or ask for another.",
    proveLater: (minutes: number) =>
        `That was too often. Try again in ${minutes <= 1 ? "a minute" : `${minutes} minutes`}.`,
    proveTrouble: "That did not work just now. Please try again in a moment.",

    conversation: "Conversation",
    message: "Your message",
    messageHint: "Write a message",
    send: "Send",
    left: (n: number) => (n === 1 ? "Room for 1 more character" : `Room for ${n} more characters`),
    over: (n: number) =>
        `Too long by ${n === 1 ? "1 character" : `${n} characters`}. ` +
        "Please shorten it or send it in two parts.",
    toNewest: "Go to the newest message",

    attach: "Attach files",
    files: "Files",
    uploading: (name: string) => `Uploading ${name}`,
    percent: (n: number) => `${n} %`,
    removeFile: (name: string) => `Remove ${name}`,
    saveFile: (name: string, size: string) => `Save ${name}, ${size}`,
    fileGone: "This cannot be loaded just now.",
    fileWaits: "Waiting for the connection",
    tooManyFiles: (n: number) => `At most ${n} files fit in one message.`,
    tooLarge: (name: string, max: string) => `${name} is too large. A file may have up to ${max}.`,
    chooseAgain: (name: string) =>
        `The page was loaded again before ${name} was sent. Please remove this and choose it ` +
        "again.",
    fileTroubles: {
        too_large: "Too large",
        bad_type: "Files of this kind are not taken here",
        empty: "This file is empty",
        full: "There is no room for it just now",
        failed: "This cannot be sent",
    },

    you: "You",
    staff: "Support",
    sending: "Sending…",
    waiting: "Waiting for the connection",
    held: "Goes out in a moment…",
    sent: "Sent",
    notSent: "Not sent.",
    retry: "Retry",
    remove: "Remove",
    typing: (who: string) => `${who} is typing…`,
    announce: (n: number, who: string, body: string) =>
        n === 1
            ? `New message from ${who}: ${body}`
            : `${n} unread messages. The newest is from ${who}: ${body}`,

    /** What a status means to the person. */
    words: {
        new: "We have it",
        working: "We are working on it",
        waiting_you: "We need something from you",
        waiting_us: "Your answer is with us",
        scheduled: "It has its time",
        solved: "Solved",
    },
    myTickets: "My tickets",
    openOnes: "Open",
    closedOnes: "Closed",
    search: "Search by number or words",
    newTicket: "New ticket",
    back: "Back to my tickets",
    signOut: "Sign out",
    signedInAs: (email: string) => `Signed in as ${email}`,
    none: { open: "You have no open tickets.", closed: "You have no closed tickets." },
    noneFound: "Nothing is found. Try other words or the number.",
    noneFoundMore: { open: "Look among the closed ones too.", closed: "Look among the open ones." },
    loadMore: "Show more",
    loadingList: "Loading your tickets…",
    olderComing: "Older tickets are being fetched…",
    olderUnknown: "Older tickets cannot be fetched now. What we know is shown.",
    listWaits: "The list comes as soon as there is a connection.",
    found: (n: number, more: boolean) =>
        `${more ? `${n} or more` : n} ${n === 1 && !more ? "ticket" : "tickets"}`,
    rowUnread: (n: number) => `${n} unread`,
    ofColleague: "of your company",
    notFiled: "no number yet",
    newIntro: "What is wrong? We make a ticket of it.",
    subject: "Subject (may be empty)",
    urgency: "How urgent is it?",
    urgencyNone: "I cannot say",
    urgencies: { urgent: "Urgent", high: "High", normal: "Normal", low: "Low" } as Readonly<
        Record<string, string>
    >,
    sendTicket: "Send",
    urgencyIs: (text: string) => `Urgency: ${text}`,
    solved: "This is solved",
    help: "I still need help",
    closedNow: "This ticket is closed. If it is not solved, say so, or write below.",
    closedNoHelp: "This ticket is closed. Write below if it is not solved.",
    readOnly: "A ticket of your company. You can read it; only its owner can write.",
    readingNow: "Fetching what was said so far…",
    readingFailed: "What was said cannot be fetched now. What we know is shown.",
    actLater: "This did not go through. Please try again when you are connected.",
    actNotSet: "This cannot be set here. Please write it as a message.",
    notThere: "That ticket is not here any more.",
    signedOut: "You are signed out. Prove who you are again to see your tickets.",
    tell: "Tell me here when an answer comes",
    answered: (subject: string) => `There is an answer: ${subject}`,
    answeredTitle: "There is an answer",

    rateAsk: "How was our help?",
    rateScore: (n: number) =>
        `${n} of 5: ${["very bad", "bad", "so-so", "good", "very good"][n - 1] ?? ""}`,
    rateComment: "Anything to add? (may be empty)",
    rateSend: "Send rating",
    rated: (n: number, comment: string) =>
        `Thank you. You gave ${n} of 5${comment === "" ? "." : `: “${comment}”`}`,
    rateChange: "Change it",
    transcript: "Email me what was said",
    transcriptSent: (email: string) => `It is on its way to ${email}.`,
    afterTroubles: {
        not_closed: "This is open again. It can be rated once it is closed.",
        too_late: "That was more than a day ago, and stays as it is.",
        under_way: "An email with it is on its way already.",
        not_proved: "Sign in first: it goes only to an address that is proved to be yours.",
        no_mail: "No email can be sent from here. Please ask for it in a message.",
    } as Readonly<Record<string, string>>,

    ticketFiled: (number: string) => `Your ticket is #${number}`,
    ticketWaiting: (reference: string) => `Your ticket is being made. Reference: ${reference}`,
    ticketDelayed: (reference: string) =>
        `Your ticket takes longer than usual. We have your messages. Reference: ${reference}`,

    offline: "You are offline. Write on: we keep your messages and send them when you are back.",
    connecting: "Connecting…",
    unreachable: "We cannot reach the chat just now and keep trying. What you write is kept.",
    shut: "This chat is closed for you. Please get in touch with your service desk another way.",
    tryNow: "Try now",
    ended: "That conversation is no longer here. Please start a new one; what you wrote is below.",
    loading: "Loading the conversation…",

    /** What the server says in its own words. */
    heard: (said: string): string => said,
    /** What a refusal of the server means to the person, and what to do. */
    refusals: {
        too_long: "It is too long. Remove it and send it in shorter parts.",
        empty: "It is empty. Remove it and write again.",
        bad_email: "This does not look like an email address. Please check it.",
        bad_file: "A file did not arrive. Remove this and send it again.",
        not_allowed: "The chat does not allow it. Remove it and write to us by email.",
        bad_frame: "The chat did not understand it. Please reload this page and try again.",
    } as Readonly<Record<string, string>>,
} as const;

export type Strings = Said<typeof english>;

/** The words of the language that is spoken. */
export let strings: Strings = english;

export function say(words: Partial<Strings>): void {
    strings = { ...english, ...words };
}


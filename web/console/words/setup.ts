// Texts of the setup wizard.

import type { Step } from "../rest/account";

export const setup = {
    steps: "Steps of the setup",
    stepOf: (n: number, all: number) => `Step ${n} of ${all}`,
    names: {
        brand: "Your name",
        psa: "PSA",
        connect: "Connect",
        defaults: "Tickets",
        widget: "Widget",
        test: "First test",
        done: "Done",
    } satisfies Record<Step, string>,
    headings: {
        brand: "Your name and colour",
        psa: "Choose your PSA",
        connect: "Connect your PSA",
        defaults: "How tickets begin",
        widget: "Put the chat on a page",
        test: "A first test conversation",
        done: "Parley is ready",
    } satisfies Record<Step, string>,
    intros: {
        brand: "Who your customers and your staff see. Both can be changed later under Settings.",
        psa: "Where tickets are made from what people say in the chat.",
        connect: "Make a token by the guide, paste it here, test it, save it. It takes five " +
            "minutes.",
        defaults: "Where the tickets of unknown people go, and what every new ticket begins with.",
        widget: "One line of HTML shows the chat on your customers' pages.",
        test: "Write as a customer would, and see the ticket come.",
        done: "Conversations come into the inbox, and their tickets into your PSA.",
    } satisfies Record<Step, string>,
    back: "Back",
    next: "Next",
    skip: "Skip for now",
    skipConnect: "Skip for now, connect later",
    goOn: "Go on with what is saved",
    saveNext: "Save and go on",
    psaHint: (title: string) => `Tickets, comments and customers in ${title}, by a token of ` +
        "your own with seven rights.",
    notConnected: "No PSA is connected yet. Go back to Connect, or do it later under Connectors: " +
        "people can chat meanwhile, and their tickets are made once it is connected.",
    nexts: {
        inbox: { title: "Open the inbox", text: "Who has written, longest waiting first." },
        staff: { title: "Add your colleagues",
            text: "Each gets a link to choose a password with." },
        me: { title: "Turn the second step on", text: "A code from an app beside your password." },
        connectors: { title: "Look at the connector",
            text: "Its health, what waits, and what has stopped." },
    },
} as const;

export const widget = {
    snippet: "Paste this into the page",
    snippetMore: "Anywhere in the HTML of every page that shall show the chat; before </body> " +
        "is a good place.",
    copy: "Copy the snippet",
    origins: "Allow the site",
    originsMore: "Pages on another address than Parley's own may chat only when Parley's " +
        "settings name their address. Put it there, with commas between several, and restart:",
    originsExample: "origins = https://www.customer.example",
    csp: (origin: string) => "If the page has a content security policy, it needs " +
        `${origin} in script-src and connect-src, there also with wss: in place of https:.`,
    preview: "Preview",
    /** Stands on the page that is shown. */
    previewPage: "Your customer's page",
    previewMore: "The real chat: press the round button. What you write here goes to your inbox.",
} as const;

export const firstTest = {
    what: "What to do",
    todo: [
        "Press the round button of the preview.",
        "Give a name and an email address, as a customer would.",
        "Say what is wrong, and start the chat.",
    ],
    waiting: "Waiting for your message…",
    came: (reference: string) => `Your message has come. It is conversation ${reference}.`,
    filing: "Its ticket is being made…",
    stuck: (reason: string) => `Its ticket is not made yet: ${reason}`,
    filed: (number: string) => `It works: the ticket is #${number}.`,
    open: "Open it in the PSA",
    look: (title: string) => `See what ${title} needs`,
} as const;

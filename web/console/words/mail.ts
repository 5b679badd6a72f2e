// Texts of the card about email.

import { plural } from "./plural";

export const mail = {
    heading: "Email",
    intro: "Letters prove that an address is somebody's own, and tell people of answers that " +
        "they did not read.",
    off: "No mail server is set: nobody can prove an address by a code, and nobody is told of " +
        "answers by Parley.",
    offMore: "Set smtp_url, mail_from and url in Parley's settings, and start it again.",
    ok: (url: string, from: string) => `Letters go out by ${url}, from ${from}.`,
    never: "None was sent yet. Send a test.",
    sent: (when: string) => `The last one was taken ${when}.`,
    held: "Nothing can be sent now, and it is tried again by itself.",
    waiting: (n: number) => `${plural(n, "letter waits", "letters wait")}.`,
    states: { off: "Not set", ok: "Works", held: "Held" },

    answers: "Who writes to people about answers",
    writers: [
        ["parley", "Parley, of answers given here"],
        ["parley_all", "Parley, also of answers given in the PSA"],
        ["psa", "The PSA"],
    ] as const,
    writerMore: {
        parley: "Who has proved their address gets one letter for a burst of answers that they " +
            "did not read, and can end such letters. The PSA is told to email nothing that is " +
            "said here. What is written in the PSA it emails itself, as whoever writes it " +
            "chooses there.",
        parley_all: "Who has proved their address gets one letter for a burst of answers that " +
            "they did not read, wherever they were given, and can end such letters. The PSA " +
            "does not tell whether it has emailed what is written there: turn its emails about " +
            "comments off, or people get both.",
        psa: "The PSA emails each public answer of staff to the ticket's contact, read or not. " +
            "Parley writes no letters about answers.",
    },
    nobody: "Without a mail server nobody writes of answers given here: the PSA is told not to.",
    changed: "Saved.",

    test: "Send a test letter to me",
    testing: (to: string) => `The test letter to ${to} is on its way…`,
    tested: (to: string) => `The mail server has taken the test letter to ${to}.`,
    testFailed: (to: string, reason: string) => `The test letter to ${to} did not go: ${reason}`,

    parkedHeading: "Letters that were refused",
    kinds: {
        code: "a code", answer: "answers", test: "a test", unanswered: "that nobody has answered",
        transcript: "what was said", digest: "what waits",
    } as Readonly<Record<string, string>>,
    line: (what: string, since: string) => `${what} · for ${since}`,
    retry: "Try again",
    discard: "Give up",
    of: (action: string, to: string) => `${action}: ${to}`,
    retried: (to: string) => `The letter to ${to} is tried again.`,
    discarded: (to: string) => `The letter to ${to} is given up.`,
    more: "There are more; these are the newest.",
} as const;

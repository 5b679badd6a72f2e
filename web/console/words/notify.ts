// Texts of what is told to a technician, and of how they choose it.

export const notify = {
    heading: "Notifications",
    intro: "What you want to hear of, and by which way. It holds in every browser that you sign " +
        "in with.",

    permission: {
        default: "This browser may show you notifications, also while you work in another window.",
        ask: "Allow notifications",
        granted: "This browser shows notifications.",
        denied: "This browser blocks notifications of this page. To allow them, click the sign " +
            "beside the address at the top of the window, set Notifications to Allow, and load " +
            "the page again.",
        unsupported: "This browser cannot show notifications here. Sound and the title work.",
    },

    event: "When",
    events: {
        assigned: "Given to me",
        unassigned: "Waits, and nobody has it",
        reply: "Answer in one of mine",
        mention: "I am mentioned",
        escalation: "Nobody answered in time",
    },
    ways: { browser: "Browser", sound: "Sound", digest: "Email" },
    wayLabel: (event: string, way: string) => `${event}: ${way}`,

    text: "Notifications show what was said",
    textHint: "Others who see your screen can read it, too.",
    volume: "Volume of the sound",
    test: "Try the sound",

    zone: "Time zone",
    quiet: "Quiet hours",
    quietHint: "No notifications and no sound. The title still says how many wait.",
    from: "Quiet from",
    to: "Quiet until",
    quietDays: "Quiet all day on",
    digest: "Email of what waits",
    digestHint: "A letter at these times, if something of what you chose under Email waits then.",
    times: "Times",
    timesHint: "Up to six, like 08:00, 13:00. Empty: no letter.",
    digestDays: "On",
    noMail: "No mail server is set up, so no letters go out. An administrator finds how under " +
        "Settings, Email.",
    badTimes: "Write times like 08:00, 13:00.",
    badQuiet: "Fill in both times, two that differ; or none.",
    days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    save: "Save",
    saved: "Saved.",

    /** The titles of notifications. */
    tell: {
        assigned: (name: string) => `Given to you: ${name}`,
        unassigned: (name: string) => `${name} waits, and nobody has it`,
        reply: (name: string) => `${name} has answered`,
        mention: (name: string) => `${name} has mentioned you`,
        escalation: (name: string) => `Nobody has answered ${name}`,
    },
} as const;

// Texts of what comes before one is in, of forms, and of the frame around the pages.

import type { HouseState } from "../house";
import type { Invitation, Role } from "../rest/account";
import { plural } from "./plural";

function wait(seconds: number): string {
    if (seconds < 60) return plural(seconds, "second", "seconds");
    const minutes = Math.floor(seconds / 60);
    return `${plural(minutes, "minute", "minutes")} ${plural(seconds % 60, "second", "seconds")}`;
}

export const rest = {
    unreachable: "The server does not answer. Check the connection, then try again.",
    broken: "The server could not do it. Try again; if it stays, look into the server's log.",
    refused: "The server refused it. Reload the page and try again.",
} as const;

export const form = {
    again: "Try again",
    cancel: "Cancel",
    close: "Close",
    save: "Save",
    saved: "Saved.",
    loading: "Loading…",
    busy: (label: string) => `${label}…`,
    show: "Show",
    hide: "Hide",
    showOf: (label: string) => `Show: ${label}`,
    caps: "Caps Lock is on.",
    copied: "Copied.",
    notCopied: "The browser does not allow it. Select the text and copy it yourself.",
    newPassword: "New password",
    newPasswordAgain: "New password, once more",
    passwordRules: "At least 12 characters, and not your name or email address. A sentence of " +
        "a few words is good; nothing else is asked of it.",
    tooShort: "This is too short. Use at least 12 characters.",
    tooLong: "This is too long. Use at most 256 bytes.",
    sameAsName: "This is your name or email address. Choose another password.",
    notSame: "The two are not the same. Type the new password once more.",
} as const;

export const door = {
    opening: "Opening the console…",
    unreachable: "The server does not answer",
    signIn: "Sign in",
    email: "Email",
    password: "Password",
    wrong: "Email or password is wrong. Check both and try again.",
    again: (seconds: number) => `You can try again in ${wait(seconds)}.`,
    forgotten: "Password forgotten or locked out? An administrator can make you a link for a " +
        "new one under Staff.",
    or: "or",
    oidc: (name: string) => `Sign in with ${name}`,
    second: "Second step",
    other: "Back to email and password",
    code: {
        label: "Code",
        hint: "The 6 digits that your authenticator app shows now.",
        wrong: "This code is wrong or has been used. Wait for the app's next one and type that.",
        other: "Use a recovery code",
    },
    recovery: {
        label: "Recovery code",
        hint: "One of the ten that you kept, like ABCD-EFGH-JKLM. Each works once.",
        wrong: "This recovery code is wrong or has been used. Try another one.",
        other: "Use the app's code",
    },
    notices: {
        expired: "Your session has ended. Sign in and you go on where you were.",
        left: "You are signed out.",
        everywhere: "You are signed out everywhere.",
    } satisfies Record<Exclude<HouseState["notice"], null>, string>,
    setupNeeded: "Parley is not set up yet",
    setupNeededMore: "Nobody can sign in before there is an administrator. Open the setup link: " +
        "the server prints it when it starts, as `event=setup url=…`.",
    setupNeededHint: "The link works once and for 24 hours. Start `parley serve` again for a " +
        "new one.",
} as const;

type Kind = Invitation["kind"];

export const link = {
    reading: "Opening the link…",
    used: "This link no longer works",
    usedSetup: "It has been used, is older than 24 hours, or was replaced when the server " +
        "started again. If there is no administrator yet, take the newest link from the server's " +
        "log.",
    usedLink: "It has been used or is older than 48 hours. Ask an administrator for a new one.",
    toSignIn: "Go to sign-in",
    headings: {
        setup: "Set up Parley",
        invite: "Welcome to Parley",
        reset: "Choose a new password",
    } satisfies Record<Kind, string>,
    intros: {
        setup: () => "First, the administrator: this is you. You can add others later.",
        invite: (name: string) => `Hello ${name}. Choose a password to sign in with.`,
        reset: (name: string) => `Hello ${name}. Your old password no longer works, and the ` +
            "second step of signing in is off.",
    } satisfies Record<Kind, (name: string) => string>,
    actions: {
        setup: "Make the administrator",
        invite: "Set the password",
        reset: "Set the password",
    } satisfies Record<Kind, string>,
    name: "Your name",
    needName: "Give a name.",
    badEmail: "This does not look like an email address. Check it.",
} as const;

export const roles = {
    admin: "Administrator",
    technician: "Technician",
} satisfies Record<Role, string>;

export const menu = {
    label: "Main menu",
    open: "Menu",
    close: "Close",
    skip: "Skip to the page",
    onPage: "On this page",
    setup: "Finish the setup",
    inbox: "Inbox",
    search: "Search",
    attention: "Needs attention",
    people: "People",
    connectors: "Connectors",
    staff: "Staff",
    audit: "Audit log",
    settings: "Settings",
    routing: "Routing and hours",
    team: "Team",
    canned: "Canned replies",
    reports: "Reports",
    me: "My account",
    stale: "This page could not be loaded. The server may have a newer one.",
    load: "Load it again",
    waiting: "waiting",
    signedIn: "Signed in as",
    signOut: "Sign out",
} as const;

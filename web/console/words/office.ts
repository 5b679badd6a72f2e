// Texts of staff, settings, the audit log and one's own account.

import type { StaffAct } from "../parts/staff/StaffDialog";
import { plural } from "./plural";

export const brand = {
    heading: "Brand",
    name: "Name of your company",
    nameHint: "As your customers know it. The chat has it as its title.",
    needName: "Give a name.",
    color: "Colour",
    colorHint: "Like #1a5ba6.",
    badColor: "This is no colour. Use # and six digits of 0 to 9 and a to f.",
    pick: "Pick a colour",
    sample: "Your company",
    contrast: (white: boolean, ratio: string) =>
        `${white ? "White" : "Black"} letters stand on it, at a contrast of ${ratio} to 1.`,
    pale: "It is very pale on a white page; a darker one is easier to see.",
} as const;

interface ActWords {
    action: string;
    of: (name: string) => string;
    heading: (name: string) => string;
    text: string;
    done: (name: string) => string;
}

export const staff = {
    add: "Add staff",
    addHeading: "Add staff",
    addGo: "Add and make a link",
    name: "Name",
    role: "Role",
    roleHint: "Technicians answer in the inbox and say who people are. Administrators also " +
        "change connectors, staff and settings, and erase people.",
    state: "State",
    states: { active: "Active", invited: "Invited", disabled: "Disabled" },
    totp: "Second step",
    on: "on",
    off: "off",
    seen: "Last seen",
    never: "never",
    you: "(you)",
    alone: "You are the only one. Add a second administrator, so that one is left when the other " +
        "is locked out.",
    does: "Actions",
    link: "Link",
    linkHeading: (name: string) => `A link for ${name}`,
    linkMore: {
        invite: (name: string) => `Hand this link over to ${name}. It is shown only now, works ` +
            "once, and for 48 hours.",
        reset: (name: string) => `${name} is signed out. Hand this link over: it is shown only ` +
            "now, works once, and for 48 hours.",
    },
    copyLink: "Copy the link",
    acts: {
        promote: {
            action: "Make administrator",
            of: (name) => `Make administrator: ${name}`,
            heading: (name) => `Make ${name} an administrator?`,
            text: "Administrators can change connectors, staff and settings, and see the audit " +
                "log.",
            done: (name) => `${name} is an administrator now.`,
        },
        demote: {
            action: "Make technician",
            of: (name) => `Make technician: ${name}`,
            heading: (name) => `Make ${name} a technician?`,
            text: "Technicians answer in the inbox, say who people are and block them, and can " +
                "change only their own account.",
            done: (name) => `${name} is a technician now.`,
        },
        disable: {
            action: "Disable",
            of: (name) => `Disable: ${name}`,
            heading: (name) => `Disable ${name}?`,
            text: "They are signed out at once and cannot sign in. What they said stays. You can " +
                "enable them again.",
            done: (name) => `${name} is disabled.`,
        },
        enable: {
            action: "Enable",
            of: (name) => `Enable: ${name}`,
            heading: (name) => `Enable ${name}?`,
            text: "They can sign in again with the password they had. Who had none yet needs a " +
                "new link: press Reset after this.",
            done: (name) => `${name} is enabled.`,
        },
        reset: {
            action: "Reset",
            of: (name) => `Reset: ${name}`,
            heading: (name) => `Reset the sign-in of ${name}?`,
            text: "They are signed out, their password no longer works, and their second step is " +
                "turned off. You get a link to hand over, with which they choose a new password.",
            done: (name) => `${name} has a new link.`,
        },
    } satisfies Record<StaffAct, ActWords>,
} as const;

const actions = [
    ["sign_in", "Signed in"],
    ["sign_in_failed", "Sign-in failed"],
    ["sign_in_locked", "Sign-in locked"],
    ["sign_out", "Signed out"],
    ["sign_out_all", "Signed out everywhere"],
    ["password_changed", "Password changed"],
    ["totp_on", "Second step turned on"],
    ["totp_off", "Second step turned off"],
    ["recovery_used", "Recovery code used"],
    ["staff_added", "Staff added"],
    ["staff_changed", "Staff changed"],
    ["staff_disabled", "Staff disabled"],
    ["staff_enabled", "Staff enabled"],
    ["link_made", "Link made"],
    ["link_used", "Link used"],
    ["setup_done", "Setup done"],
    ["brand_changed", "Brand changed"],
    ["connector_tested", "Connector tested"],
    ["connector_saved", "Connector saved"],
    ["connector_paused", "Connector paused"],
    ["connector_resumed", "Connector resumed"],
    ["connector_removed", "Connector removed"],
    ["statuses_changed", "Meaning of statuses changed"],
    ["hours_changed", "Hours changed"],
    ["routing_changed", "Routing changed"],
    ["targets_changed", "Answer times changed"],
    ["views_changed", "Views of all changed"],
    ["site_added", "Site added"],
    ["site_secret_added", "Secret or key of a site added"],
    ["site_secret_removed", "Secret or key of a site removed"],
    ["site_removed", "Site removed"],
    ["key_added", "API key made"],
    ["key_revoked", "API key revoked"],
    ["webhook_added", "Webhook added"],
    ["webhook_changed", "Webhook changed"],
    ["webhook_secret", "Secret of a webhook renewed"],
    ["webhook_removed", "Webhook removed"],
    ["webhook_tested", "Webhook tried"],
    ["webhook_retried", "Delivery of a webhook sent again"],
    ["mail_changed", "Email setting changed"],
    ["mail_tested", "Test letter sent"],
    ["mail_retried", "Refused letter retried"],
    ["mail_discarded", "Refused letter given up"],
    ["person_linked", "Person linked"],
    ["person_unlinked", "Person unlinked"],
    ["person_blocked", "Person blocked"],
    ["person_unblocked", "Person unblocked"],
    ["person_manager", "Made company manager"],
    ["person_no_manager", "No company manager any more"],
    ["person_signed_out", "Person signed out"],
    ["person_exported", "Person's data downloaded"],
    ["person_erased", "Person erased"],
    ["domain_mapped", "Email domain mapped"],
    ["domain_removed", "Email domain removed"],
    ["outbox_retried", "Parked entry retried"],
    ["outbox_company", "Company chosen"],
    ["outbox_discarded", "Parked entry discarded"],
    ["ticket_detached", "Conversation left its ticket"],
    ["ticket_attached", "Conversation got another ticket"],
    ["canned_added", "Canned reply for all added"],
    ["canned_changed", "Canned reply for all changed"],
    ["canned_removed", "Canned reply for all removed"],
    ["audit_exported", "Audit log exported"],
] as const;

export const audit = {
    intro: "Who did what, when, and from where. Nothing here can be changed or deleted.",
    filters: "Filters",
    csv: "Download as CSV",
    all: "All actions",
    actions,
    at: "When",
    actor: "Who",
    who: "Who",
    action: "Action",
    object: "What",
    address: "From",
    nobody: "nobody signed in",
    none: "Nothing matches. Choose other filters.",
    more: "Show older ones",
    count: (n: number, more: boolean) =>
        `${plural(n, "row", "rows")}${more ? ", and there are older ones" : ""}.`,
} as const;

export const me = {
    intro: (name: string, email: string) => `${name}, ${email}`,
    password: "Password",
    old: "Present password",
    needOld: "Give the password that you have now.",
    passwordGo: "Change the password",
    passwordDone: "The password is changed.",
} as const;

export const totp = {
    heading: "Second step of signing in",
    on: "On",
    off: "Off",
    onMore: "When you sign in, you are asked for a code of your authenticator app.",
    offMore: "With a second step, your password alone opens nothing: a code of an app on your " +
        "phone is asked for too.",
    turnOn: "Turn the second step on",
    turnOff: "Turn the second step off",
    beginAsk: "Your password first, so that nobody else does this for you.",
    endAsk: "Your password alone will open this account again. Give it to confirm.",
    next: "Next",
    ended: "The second step is off.",
    scan: "Scan this with your authenticator app",
    scanMore: "Any app for time-based codes will do.",
    qr: "QR code of the secret. The same secret stands below as text.",
    type: "Or type the secret into the app",
    copySecret: "Copy the secret",
    code: "Code",
    codeHint: "The 6 digits that the app shows now.",
    confirm: "Confirm",
    recovery: "Your recovery codes",
    recoveryMore: "The second step is on. If you lose the app, each of these opens the account " +
        "once in its place. They are shown only now: keep them where you can find them.",
    copyCodes: "Copy the codes",
    saveCodes: "Download the codes",
    kept: "I have kept them",
    file: (email: string, codes: string[]) =>
        `Recovery codes of Parley for ${email}. Each works once.\n\n${codes.join("\n")}\n`,
} as const;

export const sessions = {
    heading: "Where you are signed in",
    this: "this browser",
    line: (address: string, created: string, seen: string) =>
        `${address} · since ${created} · last used ${seen}`,
    everywhere: "Sign out everywhere",
    everywhereMore: "Every browser is signed out, this one too.",
    unknown: "Unknown browser",
} as const;

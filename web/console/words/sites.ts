// Texts of sites that sign who their visitors are.

export const sites = {
    heading: "Sites",
    intro: "A page that knows its visitors tells the chat who is there, so that people see their " +
        "tickets without proving it again. How its server does that stands in docs/identity.md.",
    none: "No site yet. People prove who they are by a code, where email is set up.",
    key: "Key",
    algorithm: "Signed with",
    secrets: (algorithm: string) => algorithm === "HS256" ? "Secrets" : "Public keys",
    made: "made",
    used: "last used",
    never: "never used",
    add: "Add a site",
    addHeading: "Add a site",
    name: "Name",
    nameHint: "What you call it: Intranet, Customer portal.",
    needName: "Give the site a name.",
    how: "What its tokens are signed with",
    howHint: "This cannot be changed later.",
    bySecret: "A secret",
    bySecretMore: "Parley makes it; both sides have it. The simple way.",
    byKey: "A key pair",
    byKeyMore: "You keep the private key; Parley gets the public one.",
    publicKey: "Public key",
    publicKeyHint: "PEM, from -----BEGIN PUBLIC KEY----- to the end, or a JWK. RSA of 2048 bits " +
        "or more, or EC on P-256.",
    needKey: "Paste the public key.",
    another: (algorithm: string) =>
        algorithm === "HS256" ? "Make a second secret" : "Add a second key",
    anotherOf: (algorithm: string, name: string) =>
        `${algorithm === "HS256" ? "Make a second secret" : "Add a second key"} for ${name}`,
    anotherHeading: (name: string) => `A second one for ${name}`,
    anotherMore: "Both count from now on. When “last used” of the old one stands still, remove it.",
    secretHeading: (name: string) => `The secret of ${name}`,
    secretMore: "It is shown this once. Put it on the page's server, never into the page: " +
        "whoever has it can be anybody.",
    secret: "Secret",
    copySecret: "Copy the secret",
    keyOf: (key: string) => `The site's key for the page's tag is ${key}.`,
    remove: "Remove",
    removeOf: (hint: string, name: string) => `Remove ${hint} of ${name}`,
    removeHeading: (hint: string) => `Remove ${hint}?`,
    removeMore: "Tokens signed with it are refused at once, and who came in by it is signed out.",
    removeSite: "Remove the site",
    removeSiteOf: (name: string) => `Remove the site ${name}`,
    removeSiteHeading: (name: string) => `Remove ${name}?`,
    removeSiteMore: "Its tokens are refused at once, and who came in by it is signed out. The " +
        "people and what they said stay.",
    removed: "Removed.",
    added: (name: string) => `${name} is added.`,
} as const;

/** The pages of the menu, in its order. */
export const PAGES = [
    "inbox", "search", "attention", "people", "team", "reports", "canned", "connectors", "staff",
    "audit", "routing", "settings", "me",
] as const;

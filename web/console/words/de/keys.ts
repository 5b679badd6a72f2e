export const apiKeys = {
    heading: "API-Schlüssel",
    intro: "Mit einem Schlüssel liest ein anderes Programm Unterhaltungen und handelt darin. Was " +
        "es verlangen kann, steht in docs/rest-api.md.",
    none: "Noch kein Schlüssel.",
    add: "Schlüssel anlegen",
    name: "Name",
    nameHint: "Der des Programms. Personen und Team lesen ihn, wo das Programm etwas sagt.",
    needName: "Geben Sie dem Programm einen Namen.",
    rights: "Was es darf",
    needRights: "Wählen Sie mindestens eines.",
    names: [
        ["read", "Unterhaltungen lesen, mit internen Notizen"],
        ["write", "Antworten, Notizen schreiben, zuweisen, Schlagwörter setzen, schließen und " +
            "wieder öffnen"],
        ["people", "Lesen, wer die Personen sind"],
    ] as readonly (readonly [string, string])[],
    ends: (hint: string) => `…${hint}`,
    made: (when: string, who: string) => `angelegt ${when} von ${who}`,
    used: (when: string) => `zuletzt benutzt ${when}`,
    never: "nie benutzt",
    revoked: (when: string) => `widerrufen ${when}`,
    revoke: "Widerrufen",
    revokeOf: (name: string) => `Den Schlüssel von ${name} widerrufen`,
    revokeHeading: (name: string) => `Den Schlüssel von ${name} widerrufen?`,
    revokeMore: "Das Programm kann ab jetzt nichts mehr damit tun, und er kommt nie wieder.",
    revokedNow: "Widerrufen.",
    keyHeading: "Der Schlüssel",
    keyMore: "Er wird nur dieses eine Mal gezeigt. Legen Sie ihn dorthin, wo das Programm seine " +
        "Geheimnisse hat: Wer ihn hat, kann tun, was er erlaubt.",
    key: "Schlüssel",
    copyKey: "Schlüssel kopieren",
};

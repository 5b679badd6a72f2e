import type * as en from "../sites";
import type { Translated } from "../said";

export const sites: Translated<typeof en.sites> = {
    heading: "Websites",
    intro: "Eine Seite, die ihre Besucher kennt, sagt dem Chat, wer da ist. So sehen Personen " +
        "ihre Tickets, ohne es noch einmal zu beweisen. Wie ihr Server das tut, steht in " +
        "docs/identity.md.",
    none: "Noch keine Website. Personen beweisen durch einen Code, wer sie sind, wo E-Mail " +
        "eingerichtet ist.",
    key: "Schlüssel",
    algorithm: "Signiert mit",
    secrets: (algorithm: string) => algorithm === "HS256" ? "Geheimnisse"
        : "Öffentliche Schlüssel",
    made: "angelegt",
    used: "zuletzt benutzt",
    never: "nie benutzt",
    add: "Website hinzufügen",
    addHeading: "Website hinzufügen",
    name: "Name",
    nameHint: "Wie Sie sie nennen: Intranet, Kundenportal.",
    needName: "Geben Sie der Website einen Namen.",
    how: "Womit ihre Token signiert werden",
    howHint: "Das lässt sich später nicht ändern.",
    bySecret: "Ein Geheimnis",
    bySecretMore: "Parley legt es an; beide Seiten haben es. Der einfache Weg.",
    byKey: "Ein Schlüsselpaar",
    byKeyMore: "Sie behalten den privaten Schlüssel; Parley bekommt den öffentlichen.",
    publicKey: "Öffentlicher Schlüssel",
    publicKeyHint: "PEM, von -----BEGIN PUBLIC KEY----- bis zum Ende, oder ein JWK. RSA ab 2048 " +
        "Bit, oder EC auf P-256.",
    needKey: "Fügen Sie den öffentlichen Schlüssel ein.",
    another: (algorithm: string) => algorithm === "HS256" ? "Zweites Geheimnis anlegen"
        : "Zweiten Schlüssel hinzufügen",
    anotherOf: (algorithm: string, name: string) => algorithm === "HS256"
        ? `Zweites Geheimnis für ${name} anlegen` : `Zweiten Schlüssel für ${name} hinzufügen`,
    anotherHeading: (name: string) => `Zweiter Nachweis für ${name}`,
    anotherMore: "Ab jetzt gelten beide. Wenn „zuletzt benutzt“ des alten stehen bleibt, " +
        "entfernen Sie ihn.",
    secretHeading: (name: string) => `Das Geheimnis von ${name}`,
    secretMore: "Es wird nur dieses eine Mal gezeigt. Legen Sie es auf den Server der Seite, nie " +
        "in die Seite selbst: Wer es hat, kann jeder sein.",
    secret: "Geheimnis",
    copySecret: "Geheimnis kopieren",
    keyOf: (key: string) => `Der Schlüssel der Website für das Tag der Seite ist ${key}.`,
    remove: "Entfernen",
    removeOf: (hint: string, name: string) => `${hint} von ${name} entfernen`,
    removeHeading: (hint: string) => `${hint} entfernen?`,
    removeMore: "Damit signierte Token werden sofort abgelehnt, und wer dadurch hereinkam, wird " +
        "abgemeldet.",
    removeSite: "Website entfernen",
    removeSiteOf: (name: string) => `Website ${name} entfernen`,
    removeSiteHeading: (name: string) => `${name} entfernen?`,
    removeSiteMore: "Ihre Token werden sofort abgelehnt, und wer dadurch hereinkam, wird " +
        "abgemeldet. Die Personen und was sie gesagt haben, bleiben.",
    removed: "Entfernt.",
    added: (name: string) => `${name} ist hinzugefügt.`,
};

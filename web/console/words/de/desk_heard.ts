// What the server says about tickets, hours, routing, keys and webhooks.

import type { Heard } from "../hearing";

const tickets = {
    "The ticket is not there any more": "Das Ticket gibt es nicht mehr.",
    "the conversation has another ticket by now, or one is being made: look again":
        "Die Unterhaltung hat inzwischen ein anderes Ticket, oder eines wird angelegt. Sehen Sie " +
        "noch einmal nach.",
    ["something is on its way to the PSA, and may be there already: try again when it is known " +
    "what became of it"]: "Etwas ist unterwegs zur PSA und vielleicht schon dort. Versuchen Sie " +
        "es noch einmal, wenn feststeht, was daraus wurde.",
    "another conversation is about this ticket already":
        "Zu diesem Ticket gehört schon eine andere Unterhaltung.",
    ["the PSA says that this is the ticket of somebody else in the same company: confirm that it " +
    "is meant"]: "Die PSA sagt, dass dies das Ticket von jemand anderem in derselben Firma ist. " +
        "Bestätigen Sie, dass es gemeint ist.",
    ["the PSA does not say that this ticket is of the person's company: confirm that it is " +
    "meant"]: "Die PSA sagt nicht, dass dieses Ticket zur Firma der Person gehört. Bestätigen " +
        "Sie, dass es gemeint ist.",
    "the conversation has this ticket": "Die Unterhaltung hat dieses Ticket schon.",
    "The tickets' subjects are longer than expected":
        "Die Betreffe der Tickets sind länger als erwartet.",
};

const inbox = {
    "targets are an object": "Antwortzeiten sind ein Objekt.",
    "priorities are a list": "Prioritäten sind eine Liste.",
    "there can be targets of at most {1} priorities":
        "Es kann Antwortzeiten für höchstens {1} Prioritäten geben.",
    "each priority is named once, in at most {1} bytes":
        "Jede Priorität wird einmal genannt, mit höchstens {1} Bytes.",
    "views are a list": "Ansichten sind eine Liste.",
    "there can be at most {1} views": "Es kann höchstens {1} Ansichten geben.",
    "each view has a name of its own, of at most {1} bytes":
        "Jede Ansicht hat einen eigenen Namen mit höchstens {1} Bytes.",
    "view is unassigned, mine, open, waiting or closed":
        "view ist unassigned, mine, open, waiting oder closed.",
    "a company or priority has at most {1} bytes":
        "Eine Firma oder Priorität hat höchstens {1} Bytes.",
    "this is not a tag": "Das ist kein Schlagwort.",
    "staff is an id, or nobody": "staff ist eine Kennung oder nobody.",
};

const hours = {
    "a day has at most {1} times from and to": "Ein Tag hat höchstens {1} Zeiten von und bis.",
    "a time is written like 08:30, until 24:00": "Eine Zeit schreibt sich wie 08:30, bis 24:00.",
    "the times of a day come one after the other, each from before to":
        "Die Zeiten eines Tages folgen aufeinander, jede mit von vor bis.",
    "say the times of all seven days, from Monday":
        "Nennen Sie die Zeiten aller sieben Tage, ab Montag.",
    "somebody has to be there at some time of the week":
        "Irgendwann in der Woche muss jemand da sein.",
    "there can be at most {1} holidays": "Es kann höchstens {1} Feiertage geben.",
    "holiday {1}: a day like 2026-12-25, or 12-25 for every year":
        "Feiertag {1}: ein Tag wie 2026-12-25, oder 12-25 für jedes Jahr.",
    "holiday {1}: its name has at most {2} bytes":
        "Feiertag {1}: Sein Name hat höchstens {2} Bytes.",
    "there is no such time zone: use a name like Europe/Berlin":
        "Diese Zeitzone gibt es nicht. Nehmen Sie einen Namen wie Europe/Berlin.",
    "the message has at most {1} bytes": "Die Nachricht hat höchstens {1} Bytes.",
    "a time zone is a name like Europe/Berlin": "Eine Zeitzone ist ein Name wie Europe/Berlin.",
    "{1} is a whole number from 0 to {2}": "{1} ist eine ganze Zahl von 0 bis {2}.",
    "at most {1} addresses can be told": "Höchstens {1} Adressen können Bescheid bekommen.",
    "{1} is not an email address": "{1} ist keine E-Mail-Adresse.",
    "one can have at most {1} skills": "Man kann höchstens {1} Kenntnisse haben.",
    "a skill is a tag: at most {1} bytes, no comma":
        "Eine Kenntnis ist ein Schlagwort: höchstens {1} Bytes, kein Komma.",
};

const reports = {
    "ask for days, or from and to, not for both":
        "Fragen Sie nach Tagen oder nach von und bis, nicht nach beidem.",
    "days is a number from 1 to {1}": "Tage sind eine Zahl von 1 bis {1}.",
    "a day is written like 2026-11-25": "Ein Tag schreibt sich wie 2026-11-25.",
    "the last day must not be before the first one":
        "Der letzte Tag darf nicht vor dem ersten liegen.",
    "choose at most {1} days": "Wählen Sie höchstens {1} Tage.",
    "there is too much in this period: choose a shorter one":
        "In diesem Zeitraum ist zu viel. Wählen Sie einen kürzeren.",
};

const programs = {
    "it answered with a redirect, which is not followed":
        "Die Antwort war eine Weiterleitung; ihr wird nicht gefolgt.",
    "it did not answer in 10 seconds": "In 10 Sekunden kam keine Antwort.",
    "its secret was sealed with another key: make a new one":
        "Das Geheimnis wurde mit einem anderen Schlüssel versiegelt. Legen Sie ein neues an.",
    "its address is not public": "Die Adresse ist nicht öffentlich.",
    "an address begins with https://": "Eine Adresse beginnt mit https://.",
    "an address has no part behind #": "Eine Adresse hat nichts nach einem #.",
    "this is no whole address": "Das ist keine vollständige Adresse.",
    "an address has neither spaces nor letters beyond ASCII":
        "Eine Adresse hat weder Leerzeichen noch Buchstaben jenseits von ASCII.",
    "an address names nobody before an @: the signature tells that it is us":
        "Eine Adresse nennt niemanden vor einem @: Dass wir es sind, sagt die Signatur.",
    "there are 50 keys: revoke one first": "Es gibt 50 Schlüssel. Widerrufen Sie zuerst einen.",
    "choose at least one right, each once": "Wählen Sie mindestens ein Recht, jedes einmal.",
    "there are 20 webhooks: remove one first": "Es gibt 20 Webhooks. Entfernen Sie zuerst einen.",
    "choose at least one event, each once": "Wählen Sie mindestens ein Ereignis, jedes einmal.",
};

const notify = {
    "days are a list of numbers from 1 (Monday) to 7":
        "Tage sind eine Liste von Zahlen von 1 (Montag) bis 7.",
    "the ways of an event are a list of browser, sound, digest":
        "Die Wege eines Ereignisses sind eine Liste aus browser, sound, digest.",
    "events are an object": "Ereignisse sind ein Objekt.",
    "quiet hours are an object": "Ruhezeiten sind ein Objekt.",
    "quiet hours have two times like 18:00, from and to":
        "Ruhezeiten haben zwei Zeiten wie 18:00, von und bis.",
    "quiet hours end at another time than they begin":
        "Ruhezeiten enden zu einer anderen Zeit, als sie beginnen.",
    "a digest is an object": "Eine E-Mail mit dem, was wartet, ist ein Objekt.",
    "the times of digests are a list": "Die Zeiten der E-Mails sind eine Liste.",
    "there can be at most {1} digests a day": "Am Tag gehen höchstens {1} E-Mails.",
    "a time is written like 08:30": "Eine Zeit wird wie 08:30 geschrieben.",
    "the times of digests come one after the other":
        "Die Zeiten der E-Mails folgen aufeinander.",
    "say in which time zone": "Sagen Sie, in welcher Zeitzone.",
    "what to tell is an object": "Was gemeldet wird, ist ein Objekt.",
    "the volume is a whole number from 0 to 100":
        "Die Lautstärke ist eine ganze Zahl von 0 bis 100.",
};

export const desk: Heard =
    { ...tickets, ...inbox, ...hours, ...reports, ...programs, ...notify };

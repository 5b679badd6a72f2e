// The events of a conversation, as the server writes them.

import type { Heard } from "../hearing";

export const told: Heard = {
    "{1} closed this conversation": "{1} hat diese Unterhaltung geschlossen.",
    "{1} opened this conversation again": "{1} hat diese Unterhaltung wieder geöffnet.",
    "{1}: this is solved": "{1}: Das ist gelöst.",
    "{1}: I still need help": "{1}: Ich brauche noch Hilfe.",
    "The ticket is open again": "Das Ticket ist wieder offen.",
    "The ticket was closed": "Das Ticket wurde geschlossen.",
    "The ticket was closed ({1})": "Das Ticket wurde geschlossen ({1}).",
    "The ticket was deleted, or merged into another. What you write next begins a new one":
        "Das Ticket wurde gelöscht oder mit einem anderen zusammengelegt. Was Sie als Nächstes " +
        "schreiben, beginnt ein neues.",
    "This conversation goes on without ticket #{1}":
        "Diese Unterhaltung geht ohne Ticket #{1} weiter.",
    "This conversation goes on without a ticket": "Diese Unterhaltung geht ohne Ticket weiter.",
    "A new ticket is made for this conversation. Until now it was about #{1}":
        "Für diese Unterhaltung wird ein neues Ticket angelegt. Bisher gehörte sie zu #{1}.",
    "A new ticket is made for this conversation":
        "Für diese Unterhaltung wird ein neues Ticket angelegt.",
    "This conversation is about ticket #{1} now": "Diese Unterhaltung gehört jetzt zu Ticket #{1}.",
    "Something said here was not added to the ticket: an administrator gave it up":
        "Etwas, das hier gesagt wurde, kam nicht in das Ticket: Ein Administrator hat es " +
        "aufgegeben.",
    "No ticket was made for what was said so far: an administrator gave it up":
        "Für das bisher Gesagte wurde kein Ticket angelegt: Ein Administrator hat es aufgegeben.",
};

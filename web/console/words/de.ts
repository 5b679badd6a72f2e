// The bundle console-de.js: what the console says in German. Laid over the English texts, of which
// each file here has those of the file of the same name; inbox.ts has those of strings.ts.

import * as acts from "./de/acts";
import * as cannedWords from "./de/canned";
import * as after from "./de/after";
import * as connectors from "./de/connectors";
import * as desk from "./de/desk";
import * as door from "./de/door";
import * as fileWords from "./de/files";
import { heard } from "./de/heard";
import * as inbox from "./de/inbox";
import * as views from "./de/views";
import * as keyWords from "./de/keys";
import * as tongue from "./de/language";
import * as letters from "./de/mail";
import * as linkWords from "./de/links";
import * as markdownWords from "./de/markdown";
import * as notifyWords from "./de/notify";
import * as office from "./de/office";
import * as people from "./de/people";
import * as reports from "./de/reports";
import * as routing from "./de/routing";
import * as setup from "./de/setup";
import * as sites from "./de/sites";
import * as tickets from "./de/statuses";
import * as talk from "./de/talk";
import * as ticketPanel from "./de/ticket";
import * as webhooks from "./de/webhooks";
import type { english } from "../strings";
import type { Translated } from "./said";

export const strings: Translated<typeof english> = {
    ...inbox,
    ...door,
    ...setup,
    ...linkWords,
    ...markdownWords,
    ...connectors,
    ...office,
    ...people,
    ...letters,
    ...notifyWords,
    ...tickets,
    ...sites,
    ...desk,
    ...views,
    ...acts,
    ...talk,
    ...after,
    ...fileWords,
    ...tongue,
    ...ticketPanel,
    ...routing,
    ...cannedWords,
    ...reports,
    ...keyWords,
    ...webhooks,
    heard,
};

/** What to tell a technician about an error code, when the server's own words are no help. */
export const refusals = new Map<string, string>([
    ["too_long", "Das ist zu lang."],
    ["empty", "Es steht nichts darin."],
    ["bad_file", "Eine Datei ist nicht angekommen. Entfernen Sie sie, und hängen Sie sie neu an."],
    ["not_found", "Die Unterhaltung gibt es nicht mehr."],
    ["moved_on", "Jemand anderes war schneller. Sehen Sie nach, wer es jetzt hat."],
    ["moved", "Diese Unterhaltung geht in einer anderen weiter. Antworten Sie dort."],
    ["crossed", "Jemand aus dem Team hat inzwischen geantwortet. Lesen Sie es, und senden Sie " +
        "noch einmal, wenn es noch passt."],
    ["written", "Die Person hat inzwischen geschrieben. Lesen Sie es, und schließen Sie dann, " +
        "wenn es noch passt."],
    ["not_allowed", "Das ist nicht erlaubt."],
    ["not_proved", "Die Person hat ihre Adresse nicht nachgewiesen."],
    ["under_way", "Eine E-Mail mit dem Gesagten ist schon unterwegs."],
    ["no_mail", "Dieser Server sendet keine E-Mails: Ein Administrator richtet das ein."],
    ["bad_frame", "Der Server hat es nicht verstanden."],
]);

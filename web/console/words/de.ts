// The bundle console-de.js: what the console says in German. Laid over the English texts, of which
// each file here has those of the file of the same name; inbox.ts has those of strings.ts.

import * as acts from "./de/acts";
import * as connectors from "./de/connectors";
import * as desk from "./de/desk";
import * as door from "./de/door";
import * as fileWords from "./de/files";
import { heard } from "./de/heard";
import * as inbox from "./de/inbox";
import * as keyWords from "./de/keys";
import * as tongue from "./de/language";
import * as letters from "./de/mail";
import * as notifyWords from "./de/notify";
import * as office from "./de/office";
import * as people from "./de/people";
import * as routing from "./de/routing";
import * as setup from "./de/setup";
import * as sites from "./de/sites";
import * as tickets from "./de/statuses";
import * as ticketPanel from "./de/ticket";
import * as webhooks from "./de/webhooks";
import type { english } from "../strings";
import type { Translated } from "./said";

export const strings: Translated<typeof english> = {
    ...inbox,
    ...door,
    ...setup,
    ...connectors,
    ...office,
    ...people,
    ...letters,
    ...notifyWords,
    ...tickets,
    ...sites,
    ...desk,
    ...acts,
    ...fileWords,
    ...tongue,
    ...ticketPanel,
    ...routing,
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
    ["not_allowed", "Das ist nicht erlaubt."],
    ["bad_frame", "Der Server hat es nicht verstanden."],
]);

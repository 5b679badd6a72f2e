// The bundle console-de.js: what the console says in German.

import * as desk from "./de/desk";
import * as tongue from "./de/language";

/** Laid over the English texts. */
export const strings = { ...desk, ...tongue };

/** What to tell a technician about an error code. */
export const refusals = new Map<string, string>([]);

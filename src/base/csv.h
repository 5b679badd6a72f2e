/* Fields of a table as text (RFC 4180). */
#ifndef PARLEY_CSV_H
#define PARLEY_CSV_H

#include "base/buf.h"

/* The text in quotes, then `after`: ',' , or '\n' for the end of the row, written as CR LF. What a
 * spreadsheet would take for a formula gets a ' before it. */
void csv_text(struct buf *to, const char *text, char after);

#endif

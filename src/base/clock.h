/* Time: int64_t milliseconds since 1970-01-01 UTC, and its text form. */
#ifndef PARLEY_CLOCK_H
#define PARLEY_CLOCK_H

#include "base/base.h"

#define CLOCK_TEXT_SIZE 25 /* "2026-11-24T07:59:08.123Z" and a NUL */

/* The machine's wall clock, in ms. Only struct env and the log may call it. */
int64_t clock_wall_ms(void);
/* A clock that never steps back, in ms. */
int64_t clock_mono_ms(void);

/* Write ISO 8601 with milliseconds and Z. Times before 1970 or after 9999 are clamped. */
void clock_format(int64_t ms, char text[CLOCK_TEXT_SIZE]);
/* Read ISO 8601: a date, optionally a time with or without fraction, then Z or an offset
 * (+01:00, -0700); without either, UTC. 0 and *ms, or -1 when it is not such a text.
 * Source: the forms listed in syncro-api.md, section 2. */
int clock_parse(const char *text, int64_t *ms) WARN_UNUSED;

#endif

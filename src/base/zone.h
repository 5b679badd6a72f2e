/* Time zones by their IANA names, on GLib's reading of the system's tz database. A thin layer: what
 * the clock on the wall shows at a moment, and at which moment it shows something. */
#ifndef PARLEY_ZONE_H
#define PARLEY_ZONE_H

#include "base/base.h"

#define ZONE_NAME_MAX    63
#define ZONE_DAY_MINUTES 1440
#define ZONE_YEAR_FIRST  1970
#define ZONE_YEAR_LAST   9998

struct zone;

/* A day of the calendar and a minute of it, as the clock on the wall shows them. */
struct zone_time {
    int year, month, day; /* month and day from 1 */
    int weekday;          /* 1 Monday ... 7 Sunday */
    int minute;           /* of the day, from 0 */
};

/* "Europe/Berlin", "UTC". NULL: the system's database has no such zone. Paths are not followed. */
struct zone *zone_new(const char *name) WARN_UNUSED;
void zone_free(struct zone *z);

/* What the clock shows; seconds are left out. What lies outside the years above counts as the
 * nearest year's. */
struct zone_time zone_local(const struct zone *z, int64_t ms);
/* The moment at which the clock shows this minute (weekday is not looked at; 1440 is the next day's
 * 0). What it shows twice is the first; what it leaves out, as in the night when summer time
 * begins, is the moment at which it jumps. The day must be one of the calendar (zone_is_day). */
int64_t zone_moment(const struct zone *z, int year, int month, int day, int minute);

bool zone_is_day(int year, int month, int day);
/* The day after (or, with -1, before): year, month, day and weekday move, minute stays. */
void zone_step(struct zone_time *t, int days);

#endif

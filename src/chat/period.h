/* Days that somebody asks about: whole days of a time zone's calendar. */
#ifndef PARLEY_CHAT_PERIOD_H
#define PARLEY_CHAT_PERIOD_H

#include "base/base.h"
#include "base/err.h"
#include "base/zone.h"

#define PERIOD_DAYS     400 /* at most */
#define PERIOD_DAY_SIZE 11  /* "2026-11-25" and a NUL */

struct period {
    char from[PERIOD_DAY_SIZE], to[PERIOD_DAY_SIZE]; /* the first day and the last */
    int64_t from_ms, to_ms;                          /* its begin; the end of the last */
};

/* Of what was asked, each "" for not: the first and the last day like 2026-11-25, or the last days
 * up to today by their number. Of nothing: the last 30. -1 with the sentence for who asked. */
int period_read(struct period *p, const struct zone *z, int64_t now_ms, const char *from,
                const char *to, const char *days, struct err *err) WARN_UNUSED;

#endif

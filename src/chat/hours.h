/* When somebody is there: the hours of each day of the week in a time zone, and the days on which
 * nobody comes. NULL hours are always open. Every function is bounded: it looks HOURS_DAYS ahead or
 * back and no further. */
#ifndef PARLEY_CHAT_HOURS_H
#define PARLEY_CHAT_HOURS_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"

#define HOURS_SPANS       4    /* of one day */
#define HOURS_HOLIDAYS    100  /* in all */
#define HOURS_NAME_MAX    80   /* bytes of a holiday's name */
#define HOURS_MESSAGE_MAX 2000 /* bytes of what people are told */
#define HOURS_DAYS        400

struct hours;

/* Of {"zone": NAME, "days": [[{"from": "08:00", "to": "17:00"}..] of Monday .. of Sunday],
 * "holidays": [{"date": "2026-12-25" or every year "12-25", "name"}], "message"}. Spans of a day
 * are in order and do not overlap; one ends at "24:00" at the latest; there is at least one. An
 * object without a zone means always open: *h is NULL. -1 with the sentence for who typed it. */
int hours_new(const struct json *value, struct hours **h, struct err *err) WARN_UNUSED;
void hours_free(struct hours *h);
/* The same as JSON, as it is kept and printed; {} for NULL. */
void hours_print(const struct hours *h, struct buf *to);

/* The minute of the day of "00:00" .. "24:00"; -1: it is none. NULL may be asked, too. */
int hours_minute(const char *text);

bool hours_is_open(const struct hours *h, int64_t ms);
/* The first moment from ms on at which it is open (or closed); 0: none within HOURS_DAYS. */
int64_t hours_next(const struct hours *h, int64_t ms, bool open);
/* How much of the time between the two is open; 0 when to is not after from. */
int64_t hours_between(const struct hours *h, int64_t from_ms, int64_t to_ms);
/* When so much open time has gone by since from; 0: not within HOURS_DAYS. */
int64_t hours_after(const struct hours *h, int64_t from_ms, int64_t open_ms);
/* The name of its time zone; "" for NULL. */
const char *hours_zone(const struct hours *h);
/* What the administrator has people told while it is closed; "": nothing. */
const char *hours_message(const struct hours *h);

#endif

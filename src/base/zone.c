#include "base/zone.h"

#include <assert.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define MS_MINUTE INT64_C(60000)
#define MS_DAY    INT64_C(86400000)

struct zone {
    GTimeZone *tz;
};

/* A plain name: a capital first, as all of IANA's have and other files beside them have not; parts
 * by slashes; nothing that leads elsewhere in the system. */
static bool is_name(const char *name)
{
    const size_t len = strlen(name);

    if (len == 0 || len > ZONE_NAME_MAX || !g_ascii_isupper(name[0]) || name[len - 1] == '/')
        return false;
    if (strstr(name, "//") != NULL)
        return false;
    for (const char *p = name; *p != '\0'; p++)
        if (!g_ascii_isalnum(*p) && strchr("/_+-", *p) == NULL)
            return false;
    return true;
}

struct zone *zone_new(const char *name)
{
    GTimeZone *tz = is_name(name) ? g_time_zone_new_identifier(name) : NULL;
    struct zone *z;

    if (tz == NULL)
        return NULL;
    z = calloc(1, sizeof(*z));
    if (z == NULL)
        abort();
    z->tz = tz;
    return z;
}

void zone_free(struct zone *z)
{
    if (z == NULL)
        return;
    g_time_zone_unref(z->tz);
    free(z);
}

/* ---- days, in the proleptic calendar of ISO 8601 ---- */

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap(year));
}

bool zone_is_day(int year, int month, int day)
{
    return year >= ZONE_YEAR_FIRST && year <= ZONE_YEAR_LAST && month >= 1 && month <= 12 &&
           day >= 1 && day <= days_of(year, month);
}

void zone_step(struct zone_time *t, int days)
{
    for (; days > 0; days--) {
        t->weekday = t->weekday % 7 + 1;
        if (++t->day <= days_of(t->year, t->month))
            continue;
        t->day = 1;
        if (++t->month > 12) {
            t->month = 1;
            t->year++;
        }
    }
    for (; days < 0; days++) {
        t->weekday = (t->weekday + 5) % 7 + 1;
        if (--t->day >= 1)
            continue;
        if (--t->month < 1) {
            t->month = 12;
            t->year--;
        }
        t->day = days_of(t->year, t->month);
    }
}

/* Days since 1970-01-01. */
static int64_t day_number(int year, int month, int day)
{
    int64_t n = 0;

    n = (int64_t)365 * (year - 1970) + (year - 1969) / 4 - (year - 1901) / 100 +
        (year - 1601) / 400;
    for (int m = 1; m < month; m++)
        n += days_of(year, m);
    return n + day - 1;
}

/* ---- the wall ---- */

static int64_t offset_ms(const struct zone *z, int64_t ms)
{
    const int64_t seconds = ms / 1000 - (ms % 1000 < 0);
    const int interval = g_time_zone_find_interval(z->tz, G_TIME_TYPE_UNIVERSAL, seconds);

    return interval < 0 ? 0 : g_time_zone_get_offset(z->tz, interval) * INT64_C(1000);
}

static int64_t within(int64_t ms)
{
    const int64_t most = day_number(ZONE_YEAR_LAST, 12, 30) * MS_DAY;

    return ms < MS_DAY ? MS_DAY : ms > most ? most : ms;
}

struct zone_time zone_local(const struct zone *z, int64_t ms)
{
    const int64_t wall = within(ms) + offset_ms(z, within(ms)), day = wall / MS_DAY;
    struct zone_time t = {.year = (int)(1970 + day / 366), .month = 1, .day = 1};

    while (day_number(t.year + 1, 1, 1) <= day)
        t.year++;
    while (t.month < 12 && day_number(t.year, t.month + 1, 1) <= day)
        t.month++;
    t.day = (int)(day - day_number(t.year, t.month, 1)) + 1;
    t.weekday = (int)((day + 3) % 7) + 1; /* 1970-01-01 was a Thursday */
    t.minute = (int)(wall % MS_DAY / MS_MINUTE);
    return t;
}

int64_t zone_moment(const struct zone *z, int year, int month, int day, int minute)
{
    const int64_t wall = day_number(year, month, day) * MS_DAY + minute * MS_MINUTE;
    int64_t low = wall - MS_DAY, high = wall + MS_DAY;

    assert(zone_is_day(year, month, day) && minute >= 0 && minute <= ZONE_DAY_MINUTES);
    /* An offset is less than a day, and changes at most once in these two days: the clock of before
     * shows the minute, or only that of after, or it jumps over it. */
    const int64_t before = offset_ms(z, low), after = offset_ms(z, high);

    if (offset_ms(z, wall - before) == before)
        return wall - before;
    if (offset_ms(z, wall - after) == after)
        return wall - after;
    while (high - low > 1000) { /* the second at which it jumps */
        const int64_t mid = low + (high - low) / 2000 * 1000;

        if (offset_ms(z, mid) == before)
            low = mid;
        else
            high = mid;
    }
    return high - high % 1000;
}

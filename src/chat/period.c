#include "chat/period.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

#define USUAL_DAYS 30

/* "2026-11-25" */
static bool read_day(const char *text, struct zone_time *to)
{
    static const char form[] = "dddd-dd-dd";
    int parts[3] = {0, 0, 0};
    size_t part = 0;

    if (strlen(text) != sizeof(form) - 1)
        return false;
    for (size_t i = 0; form[i] != '\0'; i++) {
        if (form[i] == '-' ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return false;
        if (form[i] == '-')
            part++;
        else
            parts[part] = parts[part] * 10 + text[i] - '0';
    }
    *to = (struct zone_time){.year = parts[0], .month = parts[1], .day = parts[2], .weekday = 1};
    /* In the last year of all there is no day after. */
    return to->year < ZONE_YEAR_LAST && zone_is_day(to->year, to->month, to->day);
}

static bool is_after(const struct zone_time *a, const struct zone_time *b)
{
    if (a->year != b->year)
        return a->year > b->year;
    return a->month != b->month ? a->month > b->month : a->day > b->day;
}

static void write_day(char text[PERIOD_DAY_SIZE], const struct zone_time *t)
{
    char whole[40];

    snprintf(whole, sizeof(whole), "%04d-%02d-%02d", t->year, t->month, t->day);
    if (str_copy(text, PERIOD_DAY_SIZE, whole) < 0)
        text[0] = '\0'; /* no year has five digits */
}

int period_read(struct period *p, const struct zone *z, int64_t now_ms, const char *from,
                const char *to, const char *days, struct err *err)
{
    struct zone_time first = zone_local(z, now_ms), last = first, most;
    int64_t number = USUAL_DAYS;

    if (days[0] != '\0' && (from[0] != '\0' || to[0] != '\0'))
        return err_set(err, "ask for days, or from and to, not for both");
    if (days[0] != '\0' && str_to_int(days, 1, PERIOD_DAYS, &number) < 0)
        return err_set(err, "days is a number from 1 to %d", PERIOD_DAYS);
    if (from[0] == '\0' && to[0] == '\0')
        zone_step(&first, 1 - (int)number);
    else if (!read_day(from, &first) || !read_day(to, &last))
        return err_set(err, "a day is written like 2026-11-25");
    most = first;
    zone_step(&most, PERIOD_DAYS - 1);
    if (is_after(&first, &last))
        return err_set(err, "the last day must not be before the first one");
    if (is_after(&last, &most))
        return err_set(err, "choose at most %d days", PERIOD_DAYS);
    write_day(p->from, &first);
    write_day(p->to, &last);
    p->from_ms = zone_moment(z, first.year, first.month, first.day, 0);
    p->to_ms = zone_moment(z, last.year, last.month, last.day, ZONE_DAY_MINUTES);
    return 0;
}

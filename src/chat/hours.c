#include "chat/hours.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/jw.h"
#include "base/str.h"
#include "base/zone.h"

#define MS_DAY INT64_C(86400000)

struct span {
    int from, to; /* minutes of the day */
};

struct holiday {
    int year, month, day; /* year 0: every year */
    char name[HOURS_NAME_MAX + 1];
};

struct hours {
    struct zone *zone;
    char zone_name[ZONE_NAME_MAX + 1];
    struct span spans[7][HOURS_SPANS];
    size_t span_count[7];
    struct holiday holidays[HOURS_HOLIDAYS];
    size_t holiday_count;
    char message[HOURS_MESSAGE_MAX + 1];
};

/* ---- reading ---- */

int hours_minute(const char *text)
{
    int hour, minute;

    if (text == NULL || strlen(text) != 5 || text[2] != ':' || strspn(text, "0123456789") != 2 ||
        strspn(text + 3, "0123456789") != 2)
        return -1;
    hour = (text[0] - '0') * 10 + text[1] - '0';
    minute = (text[3] - '0') * 10 + text[4] - '0';
    return minute > 59 || hour * 60 + minute > ZONE_DAY_MINUTES ? -1 : hour * 60 + minute;
}

static int read_day(struct hours *h, int day, const struct json *spans, struct err *err)
{
    int last = 0;

    if (json_kind(spans) != JSON_KIND_ARRAY || json_count(spans) > HOURS_SPANS)
        return err_set(err, "a day has at most %d times from and to", HOURS_SPANS);
    for (size_t i = 0; i < json_count(spans); i++) {
        const struct json *one = json_at(spans, i);
        const struct span s = {hours_minute(json_get_text(one, "from")),
                               hours_minute(json_get_text(one, "to"))};

        if (s.from < 0 || s.to < 0)
            return err_set(err, "a time is written like 08:30, until 24:00");
        if (s.from >= s.to || s.from < last)
            return err_set(err, "the times of a day come one after the other, each from before to");
        last = s.to;
        h->spans[day][h->span_count[day]++] = s;
    }
    return 0;
}

static int read_days(struct hours *h, const struct json *days, struct err *err)
{
    size_t all = 0;

    if (json_kind(days) != JSON_KIND_ARRAY || json_count(days) != 7)
        return err_set(err, "say the times of all seven days, from Monday");
    for (int day = 0; day < 7; day++) {
        if (read_day(h, day, json_at(days, (size_t)day), err) < 0)
            return -1;
        all += h->span_count[day];
    }
    return all > 0 ? 0 : err_set(err, "somebody has to be there at some time of the week");
}

/* The digits from..from+len of a date; they are digits already. */
static int number(const char *text, int from, int len)
{
    int n = 0;

    for (int i = from; i < from + len; i++)
        n = n * 10 + text[i] - '0';
    return n;
}

static int read_date(const char *text, struct holiday *to)
{
    const size_t len = text == NULL ? 0 : strlen(text);
    const char *form = len == 10 ? "dddd-dd-dd" : "dd-dd";

    if (len != 10 && len != 5)
        return -1;
    for (size_t i = 0; i < len; i++)
        if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != '-')
            return -1;
    to->year = len == 10 ? number(text, 0, 4) : 0;
    to->month = number(text, (int)len - 5, 2);
    to->day = number(text, (int)len - 2, 2);
    /* 29 February is a day of some years. */
    return zone_is_day(to->year == 0 ? 2000 : to->year, to->month, to->day) ? 0 : -1;
}

static int read_holidays(struct hours *h, const struct json *all, struct err *err)
{
    if (json_kind(all) > JSON_KIND_NULL && json_kind(all) != JSON_KIND_ARRAY)
        return err_set(err, "holidays are a list");
    if (json_count(all) > HOURS_HOLIDAYS)
        return err_set(err, "there can be at most %d holidays", HOURS_HOLIDAYS);
    for (size_t i = 0; i < json_count(all); i++) {
        struct holiday *to = &h->holidays[h->holiday_count];
        const char *name = json_get_text(json_at(all, i), "name");

        if (read_date(json_get_text(json_at(all, i), "date"), to) < 0)
            return err_set(err, "holiday %zu: a day like 2026-12-25, or 12-25 for every year",
                           i + 1);
        if (name != NULL && str_copy(to->name, sizeof(to->name), name) < 0)
            return err_set(err, "holiday %zu: its name has at most %d bytes", i + 1,
                           HOURS_NAME_MAX);
        h->holiday_count++;
    }
    return 0;
}

static int read_all(struct hours *h, const struct json *value, struct err *err)
{
    const char *zone = json_get_text(value, "zone"), *message = json_get_text(value, "message");

    if (str_copy(h->zone_name, sizeof(h->zone_name), zone) < 0 ||
        (h->zone = zone_new(zone)) == NULL)
        return err_set(err, "there is no such time zone: use a name like Europe/Berlin");
    if (read_days(h, json_get(value, "days"), err) < 0 ||
        read_holidays(h, json_get(value, "holidays"), err) < 0)
        return -1;
    if (message != NULL && str_copy(h->message, sizeof(h->message), message) < 0)
        return err_set(err, "the message has at most %d bytes", HOURS_MESSAGE_MAX);
    return 0;
}

int hours_new(const struct json *value, struct hours **h, struct err *err)
{
    const struct json *zone = json_get(value, "zone");

    *h = NULL;
    if (json_kind(value) != JSON_KIND_OBJECT)
        return err_set(err, "hours are an object");
    if (json_kind(zone) <= JSON_KIND_NULL || str_equal(json_text(zone), ""))
        return 0;
    if (json_text(zone) == NULL)
        return err_set(err, "a time zone is a name like Europe/Berlin");
    *h = calloc(1, sizeof(**h));
    if (*h == NULL)
        abort();
    if (read_all(*h, value, err) == 0)
        return 0;
    hours_free(*h);
    *h = NULL;
    return -1;
}

void hours_free(struct hours *h)
{
    if (h == NULL)
        return;
    zone_free(h->zone);
    free(h);
}

/* ---- writing ---- */

static void put_span(struct jw *w, const struct span *s)
{
    char text[16];

    jw_object(w, NULL);
    snprintf(text, sizeof(text), "%02d:%02d", s->from / 60, s->from % 60);
    jw_text(w, "from", text);
    snprintf(text, sizeof(text), "%02d:%02d", s->to / 60, s->to % 60);
    jw_text(w, "to", text);
    jw_object_end(w);
}

static void put_holiday(struct jw *w, const struct holiday *day)
{
    char text[40];

    if (day->year != 0)
        snprintf(text, sizeof(text), "%04d-%02d-%02d", day->year, day->month, day->day);
    else
        snprintf(text, sizeof(text), "%02d-%02d", day->month, day->day);
    jw_object(w, NULL);
    jw_text(w, "date", text);
    jw_text(w, "name", day->name);
    jw_object_end(w);
}

void hours_print(const struct hours *h, struct buf *to)
{
    struct jw w;

    jw_init(&w, to);
    jw_object(&w, NULL);
    if (h != NULL) {
        jw_text(&w, "zone", h->zone_name);
        jw_array(&w, "days");
        for (int day = 0; day < 7; day++) {
            jw_array(&w, NULL);
            for (size_t i = 0; i < h->span_count[day]; i++)
                put_span(&w, &h->spans[day][i]);
            jw_array_end(&w);
        }
        jw_array_end(&w);
        jw_array(&w, "holidays");
        for (size_t i = 0; i < h->holiday_count; i++)
            put_holiday(&w, &h->holidays[i]);
        jw_array_end(&w);
        jw_text(&w, "message", h->message);
    }
    jw_object_end(&w);
}

/* ---- time ---- */

static bool is_holiday(const struct hours *h, const struct zone_time *t)
{
    for (size_t i = 0; i < h->holiday_count; i++) {
        const struct holiday *one = &h->holidays[i];

        if (one->month == t->month && one->day == t->day &&
            (one->year == 0 || one->year == t->year))
            return true;
    }
    return false;
}

/* The spans from a day on, one after the other. Those that touch come as two. */
struct walk {
    const struct hours *h;
    struct zone_time day;
    size_t span;
    int days; /* left */
};

/* Begins a day early: what is shown twice in the night may be of the day before. */
static struct walk walk_from(const struct hours *h, int64_t ms)
{
    struct walk w = {.h = h, .day = zone_local(h->zone, ms - MS_DAY), .days = HOURS_DAYS + 1};

    return w;
}

static bool walk_next(struct walk *w, int64_t *from_ms, int64_t *to_ms)
{
    const struct hours *h = w->h;

    for (; w->days > 0; w->days--, w->span = 0, zone_step(&w->day, 1)) {
        const size_t day = (size_t)(w->day.weekday - 1);
        const struct span *s = &h->spans[day][w->span];

        if (w->span >= h->span_count[day] || is_holiday(h, &w->day) ||
            !zone_is_day(w->day.year, w->day.month, w->day.day))
            continue;
        w->span++;
        *from_ms = zone_moment(h->zone, w->day.year, w->day.month, w->day.day, s->from);
        *to_ms = zone_moment(h->zone, w->day.year, w->day.month, w->day.day, s->to);
        return true;
    }
    return false;
}

bool hours_is_open(const struct hours *h, int64_t ms)
{
    struct walk w;
    int64_t from, to;

    if (h == NULL)
        return true;
    w = walk_from(h, ms);
    while (walk_next(&w, &from, &to))
        if (from > ms)
            return false;
        else if (ms < to)
            return true;
    return false;
}

int64_t hours_next(const struct hours *h, int64_t ms, bool open)
{
    struct walk w;
    int64_t from, to, at = ms;

    if (h == NULL)
        return open ? ms : 0;
    w = walk_from(h, ms);
    while (walk_next(&w, &from, &to)) {
        if (to <= at)
            continue;
        if (open)
            return from > at ? from : at;
        if (from > at)
            return at; /* closed until then */
        at = to;
    }
    return 0;
}

int64_t hours_between(const struct hours *h, int64_t from_ms, int64_t to_ms)
{
    struct walk w;
    int64_t from, to, sum = 0;

    if (from_ms >= to_ms)
        return 0;
    if (h == NULL)
        return to_ms - from_ms;
    if (from_ms < to_ms - HOURS_DAYS * MS_DAY)
        from_ms = to_ms - HOURS_DAYS * MS_DAY;
    w = walk_from(h, from_ms);
    while (walk_next(&w, &from, &to) && from < to_ms) {
        from = from > from_ms ? from : from_ms;
        to = to < to_ms ? to : to_ms;
        sum += to > from ? to - from : 0;
    }
    return sum;
}

int64_t hours_after(const struct hours *h, int64_t from_ms, int64_t open_ms)
{
    struct walk w;
    int64_t from, to;

    if (h == NULL)
        return from_ms + open_ms;
    w = walk_from(h, from_ms);
    while (walk_next(&w, &from, &to)) {
        from = from > from_ms ? from : from_ms;
        if (to <= from)
            continue;
        if (to - from >= open_ms)
            return from + open_ms;
        open_ms -= to - from;
    }
    return 0;
}

const char *hours_zone(const struct hours *h)
{
    return h == NULL ? "" : h->zone_name;
}

const char *hours_message(const struct hours *h)
{
    return h == NULL ? "" : h->message;
}

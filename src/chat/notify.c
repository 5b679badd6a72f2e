#include "chat/notify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/jw.h"
#include "base/str.h"
#include "base/zone.h"
#include "chat/hours.h"

#define DAYS      7
#define ALL_DAYS  0x7F
#define NO_MINUTE (-1)
#define BOTH      (NOTIFY_BROWSER | NOTIFY_SOUND)

static const char *const events[NOTIFY_EVENTS] = {"assigned", "unassigned", "reply", "mention",
                                                  "escalation"};
static const char *const ways[] = {"browser", "sound", "digest"}; /* by their bits */

struct notify {
    unsigned ways[NOTIFY_EVENTS];
    bool text;
    int volume;
    struct zone *zone; /* NULL: none was said */
    char zone_name[ZONE_NAME_MAX + 1];
    int quiet_from, quiet_to; /* minutes of the day; NO_MINUTE: never */
    unsigned quiet_days;      /* a bit each, Monday the lowest */
    int times[NOTIFY_TIMES];
    size_t time_count;
    unsigned digest_days;
};

/* ---- reading ---- */

/* "00:00" .. "23:59"; NO_MINUTE: it is none. */
static int minute_of(const char *text)
{
    const int minute = hours_minute(text);

    return minute < ZONE_DAY_MINUTES ? minute : NO_MINUTE;
}

static int read_days(const struct json *days, unsigned *to, struct err *err)
{
    if (json_kind(days) <= JSON_KIND_NULL)
        return 0;
    *to = 0;
    if (json_kind(days) != JSON_KIND_ARRAY || json_count(days) > DAYS)
        return err_set(err, "days are a list of numbers from 1 (Monday) to 7");
    for (size_t i = 0; i < json_count(days); i++) {
        int64_t day;

        if (json_int(json_at(days, i), &day) < 0 || day < 1 || day > DAYS)
            return err_set(err, "days are a list of numbers from 1 (Monday) to 7");
        *to |= 1U << (day - 1);
    }
    return 0;
}

static int read_ways(const struct json *list, unsigned *to, struct err *err)
{
    if (json_kind(list) != JSON_KIND_ARRAY || json_count(list) > COUNT_OF(ways))
        return err_set(err, "the ways of an event are a list of browser, sound, digest");
    for (size_t i = 0; i < json_count(list); i++) {
        const char *word = json_text(json_at(list, i));
        size_t way = 0;

        while (way < COUNT_OF(ways) && (word == NULL || !str_equal(word, ways[way])))
            way++;
        if (way == COUNT_OF(ways))
            return err_set(err, "the ways of an event are a list of browser, sound, digest");
        *to |= 1U << way;
    }
    return 0;
}

static int read_events(struct notify *n, const struct json *all, struct err *err)
{
    if (json_kind(all) <= JSON_KIND_NULL)
        return 0;
    if (json_kind(all) != JSON_KIND_OBJECT)
        return err_set(err, "events are an object");
    for (size_t i = 0; i < NOTIFY_EVENTS; i++) {
        const struct json *list = json_get(all, events[i]);

        n->ways[i] = 0;
        if (json_kind(list) > JSON_KIND_NULL && read_ways(list, &n->ways[i], err) < 0)
            return -1;
    }
    return 0;
}

static int read_quiet(struct notify *n, const struct json *quiet, struct err *err)
{
    const char *from = json_get_text(quiet, "from"), *to = json_get_text(quiet, "to");
    const bool said = (from != NULL && from[0] != '\0') || (to != NULL && to[0] != '\0');

    if (json_kind(quiet) > JSON_KIND_NULL && json_kind(quiet) != JSON_KIND_OBJECT)
        return err_set(err, "quiet hours are an object");
    if (said) {
        n->quiet_from = minute_of(from);
        n->quiet_to = minute_of(to);
        if (n->quiet_from == NO_MINUTE || n->quiet_to == NO_MINUTE)
            return err_set(err, "quiet hours have two times like 18:00, from and to");
        if (n->quiet_from == n->quiet_to)
            return err_set(err, "quiet hours end at another time than they begin");
    }
    return read_days(json_get(quiet, "days"), &n->quiet_days, err);
}

static int read_digest(struct notify *n, const struct json *digest, struct err *err)
{
    const struct json *times = json_get(digest, "times");
    int last = NO_MINUTE;

    if (json_kind(digest) > JSON_KIND_NULL && json_kind(digest) != JSON_KIND_OBJECT)
        return err_set(err, "a digest is an object");
    if (json_kind(times) > JSON_KIND_NULL && json_kind(times) != JSON_KIND_ARRAY)
        return err_set(err, "the times of digests are a list");
    if (json_count(times) > NOTIFY_TIMES)
        return err_set(err, "there can be at most %d digests a day", NOTIFY_TIMES);
    for (size_t i = 0; i < json_count(times); i++) {
        const int at = minute_of(json_text(json_at(times, i)));

        if (at == NO_MINUTE)
            return err_set(err, "a time is written like 08:30");
        if (at <= last)
            return err_set(err, "the times of digests come one after the other");
        n->times[n->time_count++] = last = at;
    }
    return read_days(json_get(digest, "days"), &n->digest_days, err);
}

static int read_zone(struct notify *n, const char *zone, struct err *err)
{
    if (zone == NULL || zone[0] == '\0')
        return n->quiet_from == NO_MINUTE && n->quiet_days == 0 && n->time_count == 0
                   ? 0
                   : err_set(err, "say in which time zone");
    if (str_copy(n->zone_name, sizeof(n->zone_name), zone) < 0 ||
        (n->zone = zone_new(zone)) == NULL)
        return err_set(err, "there is no such time zone: use a name like Europe/Berlin");
    return 0;
}

static int read_all(struct notify *n, const struct json *value, struct err *err)
{
    const struct json *volume = json_get(value, "volume"), *zone = json_get(value, "zone");
    int64_t loud = n->volume;

    if (json_kind(value) != JSON_KIND_OBJECT)
        return err_set(err, "what to tell is an object");
    if (json_kind(volume) > JSON_KIND_NULL &&
        (json_int(volume, &loud) < 0 || loud < 0 || loud > 100))
        return err_set(err, "the volume is a whole number from 0 to 100");
    n->volume = (int)loud;
    n->text = json_get_bool(value, "text", false);
    if (json_kind(zone) > JSON_KIND_NULL && json_text(zone) == NULL)
        return err_set(err, "a time zone is a name like Europe/Berlin");
    if (read_events(n, json_get(value, "events"), err) < 0 ||
        read_quiet(n, json_get(value, "quiet"), err) < 0 ||
        read_digest(n, json_get(value, "digest"), err) < 0)
        return -1;
    return read_zone(n, json_text(zone), err);
}

int notify_new(const struct json *value, struct notify **n, struct err *err)
{
    struct notify *all = calloc(1, sizeof(*all));

    if (all == NULL)
        abort();
    *all = (struct notify){.ways = {[NOTIFY_ASSIGNED] = BOTH | NOTIFY_DIGEST,
                                    [NOTIFY_UNASSIGNED] = BOTH | NOTIFY_DIGEST,
                                    [NOTIFY_REPLY] = BOTH | NOTIFY_DIGEST,
                                    [NOTIFY_MENTION] = BOTH | NOTIFY_DIGEST,
                                    [NOTIFY_ESCALATION] = NOTIFY_BROWSER},
                           .volume = 50,
                           .quiet_from = NO_MINUTE,
                           .quiet_to = NO_MINUTE,
                           .digest_days = ALL_DAYS};
    if (read_all(all, value, err) == 0) {
        *n = all;
        return 0;
    }
    notify_free(all);
    *n = NULL;
    return -1;
}

void notify_free(struct notify *n)
{
    if (n == NULL)
        return;
    zone_free(n->zone);
    free(n);
}

/* ---- writing ---- */

static void put_time(struct jw *w, const char *key, int minute)
{
    char text[16] = "";

    if (minute != NO_MINUTE)
        snprintf(text, sizeof(text), "%02d:%02d", minute / 60, minute % 60);
    jw_text(w, key, text);
}

static void put_days(struct jw *w, unsigned days)
{
    jw_array(w, "days");
    for (int day = 0; day < DAYS; day++)
        if ((days & (1U << day)) != 0)
            jw_int(w, NULL, day + 1);
    jw_array_end(w);
}

static void put_events(struct jw *w, const struct notify *n)
{
    jw_object(w, "events");
    for (size_t i = 0; i < NOTIFY_EVENTS; i++) {
        jw_array(w, events[i]);
        for (size_t way = 0; way < COUNT_OF(ways); way++)
            if ((n->ways[i] & (1U << way)) != 0)
                jw_text(w, NULL, ways[way]);
        jw_array_end(w);
    }
    jw_object_end(w);
}

void notify_print(const struct notify *n, struct buf *to)
{
    struct jw w;

    jw_init(&w, to);
    jw_object(&w, NULL);
    put_events(&w, n);
    jw_bool(&w, "text", n->text);
    jw_int(&w, "volume", n->volume);
    jw_text(&w, "zone", n->zone_name);
    jw_object(&w, "quiet");
    put_time(&w, "from", n->quiet_from);
    put_time(&w, "to", n->quiet_to);
    put_days(&w, n->quiet_days);
    jw_object_end(&w);
    jw_object(&w, "digest");
    jw_array(&w, "times");
    for (size_t i = 0; i < n->time_count; i++)
        put_time(&w, NULL, n->times[i]);
    jw_array_end(&w);
    put_days(&w, n->digest_days);
    jw_object_end(&w);
    jw_object_end(&w);
}

/* ---- what follows ---- */

bool notify_wants(const struct notify *n, enum notify_event event, enum notify_way way)
{
    return (n->ways[event] & (unsigned)way) != 0;
}

/* The digests of one day, by the clock; those of the night in which it jumps may be one moment. */
static int64_t first_of_day(const struct notify *n, const struct zone_time *day, int64_t after_ms)
{
    if ((n->digest_days & (1U << (day->weekday - 1))) == 0 ||
        !zone_is_day(day->year, day->month, day->day))
        return 0;
    for (size_t i = 0; i < n->time_count; i++) {
        const int64_t at = zone_moment(n->zone, day->year, day->month, day->day, n->times[i]);

        if (at > after_ms)
            return at;
    }
    return 0;
}

int64_t notify_next(const struct notify *n, int64_t ms)
{
    struct zone_time day;

    if (n->time_count == 0 || n->zone == NULL)
        return 0;
    day = zone_local(n->zone, ms);
    for (int i = 0; i <= DAYS; i++, zone_step(&day, 1)) {
        const int64_t at = first_of_day(n, &day, ms);

        if (at != 0)
            return at;
    }
    return 0;
}

int64_t notify_due(const struct notify *n, int64_t since_ms, int64_t ms)
{
    int64_t due = 0;

    for (int64_t at = since_ms; (at = notify_next(n, at)) != 0 && at <= ms;)
        due = at;
    return due;
}

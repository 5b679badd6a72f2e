/* What staff want to hear: what is taken and refused, and when digests are due, over the changes of
 * summer time too. */
#include "chat/notify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/zone.h"

#define MINUTE INT64_C(60000)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

static struct notify *of(const char *json)
{
    struct err err = {""};
    struct json_doc *doc = json_parse(json, strlen(json), &err);
    struct notify *n = NULL;

    assert_non_null(doc);
    if (notify_new(json_root(doc), &n, &err) < 0)
        fail_msg("%s", err.text);
    json_free(doc);
    return n;
}

static void refused(const char *json, const char *why)
{
    struct err err = {""};
    struct json_doc *doc = json_parse(json, strlen(json), &err);
    struct notify *n;

    assert_non_null(doc);
    assert_int_equal(notify_new(json_root(doc), &n, &err), -1);
    if (strstr(err.text, why) == NULL)
        fail_msg("%s: %s", json, err.text);
    assert_null(n);
    json_free(doc);
}

static void printed(const char *json, const char *text)
{
    struct notify *n = of(json);
    struct buf b;

    buf_init(&b, NOTIFY_TEXT_MAX);
    notify_print(n, &b);
    assert_true(buf_ok(&b));
    assert_string_equal(b.ptr, text);
    buf_free(&b);
    notify_free(n);
}

static void test_read(void **state)
{
    struct notify *n = of("{}");

    (void)state;
    assert_true(notify_wants(n, NOTIFY_ASSIGNED, NOTIFY_BROWSER));
    assert_true(notify_wants(n, NOTIFY_MENTION, NOTIFY_DIGEST));
    assert_false(notify_wants(n, NOTIFY_ESCALATION, NOTIFY_DIGEST));
    assert_true(notify_next(n, DAY) == 0);
    notify_free(n);
    notify_free(NULL);
    n = of("{\"events\":{\"reply\":[\"digest\"],\"other\":5}}");
    assert_true(notify_wants(n, NOTIFY_REPLY, NOTIFY_DIGEST));
    assert_false(notify_wants(n, NOTIFY_REPLY, NOTIFY_SOUND));
    assert_false(notify_wants(n, NOTIFY_ASSIGNED, NOTIFY_BROWSER));
    notify_free(n);
    printed("{\"events\":{\"reply\":[\"digest\",\"sound\",\"sound\"]},\"text\":true,\"volume\":0,"
            "\"zone\":\"Europe/Berlin\",\"quiet\":{\"from\":\"18:00\",\"to\":\"08:00\",\"days\":"
            "[7,6,7]},\"digest\":{\"times\":[\"00:00\",\"23:59\"],\"days\":[]},\"more\":1}",
            "{\"events\":{\"assigned\":[],\"unassigned\":[],\"reply\":[\"sound\",\"digest\"],"
            "\"mention\":[],\"escalation\":[]},\"text\":true,\"volume\":0,\"zone\":"
            "\"Europe/Berlin\",\"quiet\":{\"from\":\"18:00\",\"to\":\"08:00\",\"days\":[6,7]},"
            "\"digest\":{\"times\":[\"00:00\",\"23:59\"],\"days\":[]}}");
}

static void test_refused(void **state)
{
    (void)state;
    refused("[]", "is an object");
    refused("{\"events\":[]}", "events are an object");
    refused("{\"events\":{\"reply\":\"sound\"}}", "list of browser");
    refused("{\"events\":{\"reply\":[\"smoke\"]}}", "list of browser");
    refused("{\"events\":{\"reply\":[5]}}", "list of browser");
    refused("{\"volume\":101}", "from 0 to 100");
    refused("{\"volume\":\"x\"}", "from 0 to 100");
    refused("{\"zone\":5}", "is a name");
    refused("{\"zone\":\"../etc/passwd\"}", "no such time zone");
    refused("{\"quiet\":5}", "are an object");
    refused("{\"zone\":\"UTC\",\"quiet\":{\"from\":\"18:00\"}}", "two times");
    refused("{\"zone\":\"UTC\",\"quiet\":{\"from\":\"18:00\",\"to\":\"24:00\"}}", "two times");
    refused("{\"zone\":\"UTC\",\"quiet\":{\"from\":\"8:00\",\"to\":\"09:00\"}}", "two times");
    refused("{\"zone\":\"UTC\",\"quiet\":{\"from\":\"08:00\",\"to\":\"08:00\"}}", "another time");
    refused("{\"zone\":\"UTC\",\"quiet\":{\"days\":[0]}}", "from 1 (Monday)");
    refused("{\"zone\":\"UTC\",\"quiet\":{\"days\":[1,2,3,4,5,6,7,1]}}", "from 1 (Monday)");
    refused("{\"quiet\":{\"days\":[6]}}", "which time zone");
    refused("{\"digest\":{\"times\":[\"08:00\"]}}", "which time zone");
    refused("{\"zone\":\"UTC\",\"digest\":{\"times\":\"08:00\"}}", "are a list");
    refused("{\"zone\":\"UTC\",\"digest\":{\"times\":[\"08:60\"]}}", "like 08:30");
    refused("{\"zone\":\"UTC\",\"digest\":{\"times\":[\"08:00\",\"08:00\"]}}", "one after the");
    refused("{\"zone\":\"UTC\",\"digest\":{\"times\":[\"01:00\",\"02:00\",\"03:00\",\"04:00\","
            "\"05:00\",\"06:00\",\"07:00\"]}}",
            "at most 6");
}

/* Monday 2026-11-23, noon in Berlin (11:00 UTC). */
#define NOON INT64_C(1795431600000)

static void test_due(void **state)
{
    struct notify *n = of("{\"zone\":\"Europe/Berlin\",\"digest\":{\"times\":[\"08:00\",\"13:00\"],"
                          "\"days\":[1,2,5]}}");

    (void)state;
    assert_true(notify_next(n, NOON) == NOON + HOUR);
    assert_true(notify_next(n, NOON + HOUR) == NOON + 20 * HOUR);
    assert_true(notify_next(n, NOON + HOUR - 1) == NOON + HOUR);
    assert_true(notify_next(n, NOON + 26 * HOUR) == NOON + 3 * DAY + 20 * HOUR); /* Friday */
    assert_true(notify_next(n, NOON + 5 * DAY) == NOON + 6 * DAY + 20 * HOUR);   /* Monday */
    assert_true(notify_due(n, NOON - 2 * HOUR, NOON) == 0);
    assert_true(notify_due(n, NOON - 5 * HOUR, NOON) == NOON - 4 * HOUR);
    assert_true(notify_due(n, NOON - 4 * HOUR, NOON) == 0);
    assert_true(notify_due(n, NOON - HOUR, NOON + HOUR) == NOON + HOUR);
    assert_true(notify_due(n, NOON - 5 * HOUR, NOON + HOUR) == NOON + HOUR); /* the last */
    assert_true(notify_due(n, NOON + HOUR, NOON) == 0);
    notify_free(n);
    n = of("{\"zone\":\"UTC\",\"digest\":{\"times\":[\"08:00\"],\"days\":[]}}");
    assert_true(notify_next(n, NOON) == 0);
    notify_free(n);
}

/* On 2027-03-28 the clock jumps from 02:00 to 03:00 (01:00 UTC), on 2027-10-31 back from 03:00 to
 * 02:00. */
#define SPRING INT64_C(1806195600000)
#define AUTUMN INT64_C(1824944400000)

static void test_summer_time(void **state)
{
    struct notify *n = of("{\"zone\":\"Europe/Berlin\",\"digest\":{\"times\":[\"01:59\",\"02:15\","
                          "\"02:30\",\"03:00\",\"08:00\"]}}");

    (void)state;
    /* What is left out, and what is at the jump, is one moment; eight o'clock is an hour early. */
    assert_true(notify_next(n, SPRING - HOUR) == SPRING - MINUTE);
    assert_true(notify_next(n, SPRING - MINUTE) == SPRING);
    assert_true(notify_next(n, SPRING) == SPRING + 5 * HOUR);
    /* What is shown twice is due the first time. */
    assert_true(notify_next(n, AUTUMN - HOUR) == AUTUMN - HOUR + 15 * MINUTE);
    assert_true(notify_next(n, AUTUMN - HOUR + 15 * MINUTE) == AUTUMN - HOUR + 30 * MINUTE);
    assert_true(notify_next(n, AUTUMN - 30 * MINUTE) == AUTUMN + HOUR);
    assert_true(notify_next(n, AUTUMN + HOUR) == AUTUMN + 6 * HOUR);
    notify_free(n);
}

/* Two years, in zones of all kinds: each day of the calendar has its digest, once. */
static void test_each_day_once(void **state)
{
    static const char *const zones[] = {"UTC",
                                        "America/New_York",
                                        "Australia/Lord_Howe",
                                        "Africa/Casablanca",
                                        "Asia/Kathmandu",
                                        "America/Santiago"};

    (void)state;
    for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
        struct zone *zone = zone_new(zones[i]);
        struct zone_time day;
        struct notify *n;
        char json[160];
        int64_t at = NOON;

        snprintf(json, sizeof(json), "{\"zone\":\"%s\",\"digest\":{\"times\":[\"00:30\"]}}",
                 zones[i]);
        n = of(json);
        day = zone_local(zone, at);
        for (int k = 0; k < 730; k++) {
            struct zone_time shown;

            at = notify_next(n, at);
            zone_step(&day, 1);
            shown = zone_local(zone, at);
            assert_int_equal(shown.day, day.day);
            assert_int_equal(shown.month, day.month);
            assert_true(shown.minute == 30 || shown.minute == 60); /* 60: it jumps at midnight */
        }
        notify_free(n);
        zone_free(zone);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),          cmocka_unit_test(test_refused),
        cmocka_unit_test(test_due),           cmocka_unit_test(test_summer_time),
        cmocka_unit_test(test_each_day_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Opening hours: known days, and properties that hold for hours and moments from a seed. */
#include "chat/hours.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define MINUTE INT64_C(60000)
#define HOUR   (60 * MINUTE)

static struct hours *of(const char *json)
{
    struct err err = {""};
    struct json_doc *doc = json_parse(json, strlen(json), &err);
    struct hours *h = NULL;

    assert_non_null(doc);
    if (hours_new(json_root(doc), &h, &err) < 0)
        fail_msg("%s", err.text);
    json_free(doc);
    return h;
}

static void refused(const char *json, const char *why)
{
    struct err err = {""};
    struct json_doc *doc = json_parse(json, strlen(json), &err);
    struct hours *h;

    assert_non_null(doc);
    assert_int_equal(hours_new(json_root(doc), &h, &err), -1);
    assert_non_null(strstr(err.text, why));
    assert_null(h);
    json_free(doc);
}

#define WEEK                                                                                       \
    "\"days\":[[{\"from\":\"08:00\",\"to\":\"17:00\"}],[{\"from\":\"08:00\",\"to\":\"17:00\"}],"   \
    "[{\"from\":\"08:00\",\"to\":\"17:00\"}],[{\"from\":\"08:00\",\"to\":\"12:00\"},"              \
    "{\"from\":\"13:00\",\"to\":\"17:00\"}],[{\"from\":\"08:00\",\"to\":\"17:00\"}],[],[]]"

/* Thursday 2026-12-24 12:30 in Berlin. */
#define EVE INT64_C(1798111800000)

static void test_week(void **state)
{
    struct hours *h = of("{\"zone\":\"Europe/Berlin\"," WEEK
                         ",\"holidays\":[{\"date\":\"12-25\",\"name\":\"Xmas\"},"
                         "{\"date\":\"2026-12-28\"}],\"message\":\"Back soon\"}");

    (void)state;
    assert_false(hours_is_open(h, EVE)); /* lunch */
    assert_int_equal(hours_next(h, EVE, true), EVE + HOUR / 2);
    assert_int_equal(hours_next(h, EVE, false), EVE);
    assert_true(hours_is_open(h, EVE + HOUR / 2));
    assert_int_equal(hours_next(h, EVE + HOUR, false), EVE + 9 * HOUR / 2);
    assert_false(hours_is_open(h, EVE + 9 * HOUR / 2)); /* 17:00 is closed */
    /* Friday and Monday are holidays: on Tuesday at eight. */
    assert_int_equal(hours_next(h, EVE + 5 * HOUR, true), EVE + 4 * 24 * HOUR + 39 * HOUR / 2);
    assert_int_equal(hours_between(h, EVE, EVE + 5 * 24 * HOUR), 4 * HOUR + 9 * HOUR / 2);
    assert_int_equal(hours_after(h, EVE, 4 * HOUR), EVE + 9 * HOUR / 2);
    assert_int_equal(hours_after(h, EVE, 5 * HOUR), EVE + 4 * 24 * HOUR + 41 * HOUR / 2);
    assert_string_equal(hours_message(h), "Back soon");
    hours_free(h);
}

static void test_always(void **state)
{
    struct hours *h = of("{\"zone\":\"UTC\",\"days\":[[{\"from\":\"00:00\",\"to\":\"24:00\"}],"
                         "[{\"from\":\"00:00\",\"to\":\"24:00\"}],[{\"from\":\"00:00\",\"to\":"
                         "\"24:00\"}],[{\"from\":\"00:00\",\"to\":\"24:00\"}],[{\"from\":\"00:00\","
                         "\"to\":\"24:00\"}],[{\"from\":\"00:00\",\"to\":\"24:00\"}],[{\"from\":"
                         "\"00:00\",\"to\":\"24:00\"}]]}");

    (void)state;
    assert_null(of("{}"));
    assert_null(of("{\"zone\":\"\"}"));
    assert_true(hours_is_open(NULL, EVE));
    assert_int_equal(hours_next(NULL, EVE, true), EVE);
    assert_int_equal(hours_next(NULL, EVE, false), 0);
    assert_int_equal(hours_after(NULL, EVE, 5), EVE + 5);
    assert_int_equal(hours_between(NULL, EVE, EVE + 7), 7);
    assert_string_equal(hours_message(NULL), "");
    assert_true(hours_is_open(h, EVE));
    assert_int_equal(hours_next(h, EVE, false), 0);
    assert_int_equal(hours_between(h, EVE, EVE + 100 * HOUR), 100 * HOUR);
    hours_free(h);
}

static void test_refused(void **state)
{
    char many[20000] = "{\"zone\":\"UTC\"," WEEK ",\"holidays\":[";

    (void)state;
    refused("{\"zone\":7}", "time zone is a name");
    refused("{\"zone\":\"Mars/Olympus\"}", "no such time zone");
    refused("{\"zone\":\"UTC\"}", "all seven days");
    refused("{\"zone\":\"UTC\",\"days\":[[],[],[],[],[],[],[]]}", "some time of the week");
    refused(
        "{\"zone\":\"UTC\",\"days\":[[{\"from\":\"8:00\",\"to\":\"09:00\"}],[],[],[],[],[],[]]}",
        "like 08:30");
    refused(
        "{\"zone\":\"UTC\",\"days\":[[{\"from\":\"09:00\",\"to\":\"09:00\"}],[],[],[],[],[],[]]}",
        "one after the other");
    refused(
        "{\"zone\":\"UTC\",\"days\":[[{\"from\":\"23:00\",\"to\":\"24:01\"}],[],[],[],[],[],[]]}",
        "like 08:30");
    refused("{\"zone\":\"UTC\"," WEEK ",\"holidays\":[{\"date\":\"2026-02-29\"}]}", "a day like");
    refused("{\"zone\":\"UTC\"," WEEK ",\"holidays\":[{\"date\":\"13-01\"}]}", "a day like");
    size_t len = strlen(many);
    for (int i = 0; i <= HOURS_HOLIDAYS; i++)
        len += (size_t)snprintf(many + len, sizeof(many) - len, "%s{\"date\":\"12-25\"}",
                                i == 0 ? "" : ",");
    snprintf(many + len, sizeof(many) - len, "]}");
    refused(many, "at most 100");
}

/* ---- properties ---- */

static uint64_t seed;

static int chance(int below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((seed >> 33) % (uint64_t)below);
}

static struct hours *any(void)
{
    static const char *const zones[] = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
                                        "Asia/Kolkata", "UTC"};
    char json[8192];
    int len = snprintf(json, sizeof(json), "{\"zone\":\"%s\",\"days\":[", zones[chance(5)]);

    for (int day = 0; day < 7; day++) {
        int at = 0;

        len += snprintf(json + len, sizeof(json) - (size_t)len, "%s[", day == 0 ? "" : ",");
        for (int n = chance(4) + (day == 0), i = 0; i < n && at < 1400; i++) {
            const int from = at + chance(1440 - at), to = from + 1 + chance(1440 - from);

            len += snprintf(json + len, sizeof(json) - (size_t)len,
                            "%s{\"from\":\"%02d:%02d\",\"to\":\"%02d:%02d\"}", i == 0 ? "" : ",",
                            from / 60, from % 60, to / 60, to % 60);
            at = to;
        }
        len += snprintf(json + len, sizeof(json) - (size_t)len, "]");
    }
    len += snprintf(json + len, sizeof(json) - (size_t)len, "],\"holidays\":[");
    for (int i = 0, n = chance(6); i < n; i++)
        len +=
            snprintf(json + len, sizeof(json) - (size_t)len, "%s{\"date\":\"%s%02d-%02d\"}",
                     i == 0 ? "" : ",", chance(2) ? "2026-" : "", 1 + chance(12), 1 + chance(28));
    snprintf(json + len, sizeof(json) - (size_t)len, "]}");
    return of(json);
}

/* All that is asked of hours is measured by the one question "is it open", minute by minute. */
static void test_agrees(void **state)
{
    (void)state;
    for (uint64_t n = 1; n < 400; n++) {
        seed = n * UINT64_C(0x9e3779b97f4a7c15);
        struct hours *h = any();
        /* Around the days on which clocks jump, as often as elsewhere. */
        static const int64_t around[] = {INT64_C(1774746000000), INT64_C(1792890000000),
                                         INT64_C(1772953200000), INT64_C(1782864000000)};
        const int64_t start = around[chance(4)] + (chance(4000) - 2000) * MINUTE;
        int64_t open_ms = 0, first_open = 0, first_shut = 0;
        const int minutes = 3000;

        for (int i = 0; i < minutes; i++) {
            const int64_t ms = start + i * MINUTE;
            const bool is_open = hours_is_open(h, ms);

            if (is_open && first_open == 0)
                first_open = ms;
            if (!is_open && first_shut == 0)
                first_shut = ms;
            open_ms += is_open ? MINUTE : 0;
        }
        const int64_t end = start + minutes * MINUTE;
        assert_int_equal(hours_between(h, start, end), open_ms);
        const int64_t opens = hours_next(h, start, true), shuts = hours_next(h, start, false);
        assert_true(first_open != 0 ? opens == first_open : opens == 0 || opens >= end);
        assert_true(first_shut != 0 ? shuts == first_shut : shuts == 0 || shuts >= end);
        const int64_t mid = start + chance(minutes) * MINUTE;
        assert_int_equal(hours_between(h, start, mid) + hours_between(h, mid, end), open_ms);
        if (open_ms > 0) {
            const int64_t want = 1 + chance((int)open_ms), at = hours_after(h, start, want);

            assert_true(at > start && at <= end);
            assert_int_equal(hours_between(h, start, at), want);
            assert_int_equal(hours_between(h, start, at - 1), want - 1);
        }
        hours_free(h);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_week),
        cmocka_unit_test(test_always),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_agrees),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

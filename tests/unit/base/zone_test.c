/* Clocks on walls: known moments, and that both ways agree in every hour of many years. */
#include "base/zone.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define HOUR INT64_C(3600000)

static void test_names(void **state)
{
    static const char *const bad[] = {
        "",       "Europe/Nowhere", "../../etc/passwd", "/etc/localtime",
        "Europe", "Europe/",        "leapseconds",      "+01:00",
        "a//b",   "Europe/Berlin ", "tzdata.zi"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_null(zone_new(bad[i]));
}

static void test_known(void **state)
{
    struct zone *z = zone_new("Europe/Berlin");
    struct zone_time t;

    (void)state;
    assert_non_null(z);
    /* 2026-03-29: 02:00 becomes 03:00 at 01:00 UTC; 2026-10-25: 03:00 becomes 02:00. */
    const int64_t spring = INT64_C(1774746000000), autumn = INT64_C(1792890000000);

    t = zone_local(z, spring - 1);
    assert_int_equal(t.minute, 119);
    t = zone_local(z, spring);
    assert_int_equal(t.minute, 180);
    assert_int_equal(t.weekday, 7);
    assert_int_equal(t.day, 29);
    assert_int_equal(zone_moment(z, 2026, 3, 29, 119), spring - 60000);
    assert_int_equal(zone_moment(z, 2026, 3, 29, 120), spring);
    assert_int_equal(zone_moment(z, 2026, 3, 29, 150), spring);
    assert_int_equal(zone_moment(z, 2026, 3, 29, 180), spring);
    assert_int_equal(zone_moment(z, 2026, 10, 25, 150), autumn - HOUR / 2); /* the first of two */
    assert_int_equal(zone_moment(z, 2026, 10, 25, 180), autumn + HOUR);
    assert_int_equal(zone_moment(z, 2026, 10, 25, 1440), zone_moment(z, 2026, 10, 26, 0));
    zone_free(z);
    zone_free(NULL);
}

/* A day of the calendar and its number agree, and steps go over every end of a month. */
static void test_days(void **state)
{
    struct zone *z = zone_new("UTC");
    struct zone_time t = zone_local(z, 24 * HOUR);

    (void)state;
    for (int64_t ms = 24 * HOUR; ms < INT64_C(4102444800000); ms += 24 * HOUR) {
        const struct zone_time now = zone_local(z, ms);

        assert_true(zone_is_day(now.year, now.month, now.day));
        assert_int_equal(now.day, t.day);
        assert_int_equal(now.month, t.month);
        assert_int_equal(now.year, t.year);
        assert_int_equal(now.weekday, t.weekday);
        assert_int_equal(zone_moment(z, t.year, t.month, t.day, 0), ms);
        zone_step(&t, 3);
        zone_step(&t, -2);
    }
    assert_false(zone_is_day(2026, 2, 29));
    assert_true(zone_is_day(2028, 2, 29));
    zone_free(z);
}

/* In zones with every kind of jump: what the clock shows at a moment leads back to it, or, in the
 * hour that comes twice, to the one before. */
static void test_both_ways(void **state)
{
    static const char *const names[] = {
        "Europe/Berlin", "America/New_York",   "Australia/Lord_Howe",
        "Asia/Kolkata",  "Pacific/Kiritimati", "America/St_Johns",
        "UTC",           "Africa/Casablanca"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct zone *z = zone_new(names[i]);

        assert_non_null(z);
        for (int64_t ms = INT64_C(1767225600000); ms < INT64_C(1830297600000); ms += HOUR / 2) {
            const struct zone_time t = zone_local(z, ms);
            const int64_t back = zone_moment(z, t.year, t.month, t.day, t.minute);

            assert_true(back == ms || back == ms - HOUR || back == ms - HOUR / 2);
            if (back != ms)
                assert_int_equal(zone_local(z, back).minute, t.minute);
        }
        zone_free(z);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_both_ways),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

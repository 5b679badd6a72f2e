/* Days that somebody asks about. */
#include "chat/period.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define HOUR INT64_C(3600000)
/* 1 November 2026, 0:30 in Berlin; in UTC it is the day before. */
#define NOW (INT64_C(1793487600000) + HOUR / 2)

static int read(struct period *p, const char *from, const char *to, const char *days)
{
    struct err err = {""};
    struct zone *z = zone_new("Europe/Berlin");
    const int result = period_read(p, z, NOW, from, to, days, &err);

    assert_int_equal(result == 0, err.text[0] == '\0');
    zone_free(z);
    return result;
}

static void test_good(void **state)
{
    struct period p;

    (void)state;
    assert_int_equal(read(&p, "", "", "1"), 0);
    assert_string_equal(p.from, "2026-11-01");
    assert_string_equal(p.to, "2026-11-01");
    assert_true(p.from_ms == NOW - HOUR / 2 && p.to_ms == p.from_ms + 24 * HOUR);
    assert_int_equal(read(&p, "", "", "8"), 0); /* with the day that has 25 hours */
    assert_string_equal(p.from, "2026-10-25");
    assert_true(p.to_ms - p.from_ms == (8 * 24 + 1) * HOUR);
    assert_int_equal(read(&p, "", "", ""), 0);
    assert_string_equal(p.from, "2026-10-03");
    assert_int_equal(read(&p, "2024-02-29", "2024-03-01", ""), 0);
    assert_true(p.to_ms - p.from_ms == 2 * 24 * HOUR);
    assert_int_equal(read(&p, "2025-01-01", "2026-02-04", ""), 0); /* 400 of them */
}

static void test_bad(void **state)
{
    static const char *const cases[][3] = {
        {"", "", "0"},
        {"", "", "401"},
        {"", "", "x"},
        {"", "", "-1"},
        {"2026-11-01", "", ""},
        {"", "2026-11-01", ""},
        {"2026-11-01", "2026-11-02", "3"},
        {"2026-11-02", "2026-11-01", ""},
        {"2025-01-01", "2026-02-05", ""},
        {"2026-02-29", "2026-03-01", ""},
        {"2026-13-01", "2026-13-01", ""},
        {"26-11-01", "2026-11-02", ""},
        {"2026-11-1x", "2026-11-12", ""},
        {"2026/11/01", "2026/11/02", ""},
        {"0000-01-01", "0000-01-01", ""},
        {"9998-12-31", "9998-12-31", ""},
        {"9999-12-31", "9999-12-31", ""},
    };
    struct period p;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (read(&p, cases[i][0], cases[i][1], cases[i][2]) == 0)
            fail_msg("taken: %s %s %s", cases[i][0], cases[i][1], cases[i][2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_good), cmocka_unit_test(test_bad)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}

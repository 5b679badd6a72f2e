/* Fields that people and companies are named by, as a spreadsheet gets them. */
#include "base/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void test_fields(void **state)
{
    static const char *const cases[][2] = {
        {"", "\"\","},
        {"Acme", "\"Acme\","},
        {"Acme, \"the\" firm", "\"Acme, \"\"the\"\" firm\","},
        {"two\r\nlines", "\"two\r\nlines\","},
        {"=1+1", "\"'=1+1\","},
        {"+49 30", "\"'+49 30\","},
        {"-cmd|' /C calc'!A0", "\"'-cmd|' /C calc'!A0\","},
        {"@SUM(A1)", "\"'@SUM(A1)\","},
        {"\t=1", "\"'\t=1\","},
        {"\r=1", "\"'\r=1\","},
        {"\n=1", "\"'\n=1\","},
        {"=\"a\"", "\"'=\"\"a\"\"\","},
        {"a=1", "\"a=1\","},
        {"Zürich", "\"Zürich\","},
    };
    struct buf b;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        buf_init(&b, 100);
        csv_text(&b, cases[i][0], ',');
        assert_true(buf_ok(&b));
        assert_string_equal(b.ptr, cases[i][1]);
        buf_free(&b);
    }
    buf_init(&b, 100);
    csv_text(&b, "last", '\n');
    assert_string_equal(b.ptr, "\"last\"\r\n");
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_fields)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "api/rest.h"

static bool fits(const char *pattern, const char *path, const char *first, const char *second)
{
    struct slice p[REST_PARAMS_MAX] = {{NULL, 0}};

    if (!rest_match(pattern, path, p))
        return false;
    for (int i = 0; i < 2; i++) {
        const char *want = i == 0 ? first : second;
        if (want == NULL)
            assert_null(p[i].ptr);
        else
            assert_true(p[i].len == strlen(want) && memcmp(p[i].ptr, want, p[i].len) == 0);
    }
    return true;
}

static void test_plain(void **state)
{
    (void)state;
    assert_true(fits("/v1/staff", "/v1/staff", NULL, NULL));
    assert_false(fits("/v1/staff", "/v1/staff/", NULL, NULL));
    assert_false(fits("/v1/staff", "/v1/staf", NULL, NULL));
    assert_false(fits("/v1/staff", "/v1/staffs", NULL, NULL));
    assert_false(fits("/v1/staff", "", NULL, NULL));
}

static void test_params(void **state)
{
    (void)state;
    assert_true(fits("/v1/staff/{id}", "/v1/staff/7", "7", NULL));
    assert_true(fits("/v1/staff/{id}/reset", "/v1/staff/7/reset", "7", NULL));
    assert_true(fits("/v1/{a}/x/{b}", "/v1/one/x/two", "one", "two"));
    assert_false(fits("/v1/staff/{id}", "/v1/staff/", NULL, NULL));
    assert_false(fits("/v1/staff/{id}", "/v1/staff/7/", NULL, NULL));
    assert_false(fits("/v1/staff/{id}/reset", "/v1/staff//reset", NULL, NULL));
    assert_false(fits("/v1/staff/{id}/reset", "/v1/staff/7", NULL, NULL));
    assert_false(fits("/{a}/{b}/{c}/{d}", "/1/2/3/4", NULL, NULL)); /* more than REST_PARAMS_MAX */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_params),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

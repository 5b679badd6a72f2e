/* Names of events, addresses of endpoints, and keys. */
#include "chat/event.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chat/key.h"

static void test_names(void **state)
{
    (void)state;
    for (size_t i = 0; event_name(i) != NULL; i++) {
        assert_true(event_is_name(event_name(i)));
        assert_null(strchr(event_name(i), ' '));
    }
    assert_false(event_is_name("ping"));
    assert_false(event_is_name(""));
    assert_false(event_is_name(NULL));
}

static void test_addresses(void **state)
{
    static const char *const good[] = {"https://a.example", "https://a.example:8443/in?x=1@2",
                                       "https://[2001:db8::1]/in"};
    static const char *const bad[] = {"",
                                      "https://",
                                      "https:///in",
                                      "https://:80/",
                                      "https://?x",
                                      "ftp://a.example/",
                                      "HTTPS://a.example/",
                                      "https://a.example/#x",
                                      "https://a@b.example/",
                                      "https://a:b@b.example/",
                                      "https://a.example/x y",
                                      "https://a.example/\n",
                                      "https://\xc3\xa4.example/",
                                      "javascript:alert(1)"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(good); i++)
        assert_null(event_url_wrong(good[i], false));
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_non_null(event_url_wrong(bad[i], false));
        assert_non_null(event_url_wrong(bad[i], true));
    }
    assert_non_null(event_url_wrong("http://a.example/", false));
    assert_null(event_url_wrong("http://a.example/", true));
}

static void test_keys(void **state)
{
    (void)state;
    assert_true(key_is_whole("ply_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN-_0"));
    assert_false(key_is_whole("ply_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN-_"));
    assert_false(key_is_whole("ply-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN-_0"));
    assert_false(key_is_whole("ply_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN-_+"));
    assert_false(key_is_whole(""));
    assert_true(key_is_right("read"));
    assert_false(key_is_right("admin"));
    assert_false(key_is_right(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

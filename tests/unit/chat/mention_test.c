#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "chat/mention.h"

static const char *const names[] = {"Ada Lovelace", "Ada Byron",  "Ben Ng",
                                    "Zoë",          "Ben Nguyen", "Max"};

/* The names that are hit, as letters of their places: "a" is the first. */
static const char *hits(const char *body)
{
    static char text[COUNT_OF(names) + 1];
    bool hit[COUNT_OF(names)];
    size_t len = 0;

    mention_find(body, names, COUNT_OF(names), hit);
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (hit[i])
            text[len++] = (char)('a' + i);
    text[len] = '\0';
    return text;
}

static void test_who_is_meant(void **state)
{
    static const struct {
        const char *body, *hits;
    } cases[] = {
        {"", ""},
        {"@", ""},
        {"nobody here", ""},
        {"@Max", "f"},
        {"please, @max, look", "f"},
        {"@Maximilian", ""},
        {"mail max@max.example", ""},
        {"(@Max)", "f"},
        {"@Ada", ""}, /* which? */
        {"@ada lovelace and @ADA BYRON!", "ab"},
        {"@Ada Lovelace", "a"},
        {"@Ada Lovelacey", ""},
        {"@Ben Ng: see", "c"},
        {"@Ben Nguyen", "e"},
        {"@Zo\xc3\xab", "d"},
        {"@Zo\xc3\xab"
         "n",
         ""},
        {"@@Max", "f"},
        {"a\xc3\xab@Max", ""},
        {"Max @ work", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(hits(cases[i].body), cases[i].hits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_who_is_meant)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}

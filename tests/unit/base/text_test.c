/* Text, time, names of things, and the log's lines. */
#include "cmocka_wrap.h"

#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/log.h"
#include "base/str.h"

static void utf8(void **state)
{
    (void)state;
    assert_true(str_is_utf8("gr\xc3\xbc\xc3\x9f", 6));
    assert_false(str_is_utf8("\xc0\xaf", 2));         /* overlong */
    assert_false(str_is_utf8("\xed\xa0\x80", 3));     /* surrogate */
    assert_false(str_is_utf8("\xf4\x90\x80\x80", 4)); /* past U+10FFFF */
    assert_false(str_is_utf8("a\0b", 3));
    assert_false(str_is_utf8("\xc3", 1));
    assert_int_equal(str_cut_utf8("a\xc3\xbc", 3, 2), 1);
    assert_int_equal(str_cut_utf8("a\xc3\xbc", 3, 3), 3);
}

static void numbers(void **state)
{
    int64_t n = 0;

    (void)state;
    assert_int_equal(str_to_int("-12", -20, 20, &n), 0);
    assert_int_equal(n, -12);
    assert_int_equal(str_to_int("21", -20, 20, &n), -1);
    assert_int_equal(str_to_int("", -20, 20, &n), -1);
    assert_int_equal(str_to_int("1x", -20, 20, &n), -1);
    assert_int_equal(str_to_int("99999999999999999999", INT64_MIN, INT64_MAX, &n), -1);
}

static void emails(void **state)
{
    static const char *const good[] = {"a@b.example", "first.last+tag@sub.example.org"};
    static const char *const bad[] = {
        "", "a", "@b.example", "a@", "a@@b.example", "a b@c.example", "a@b.example\n", "a@b."};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(good); i++)
        assert_true(str_is_email(good[i]));
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(str_is_email(bad[i]));
}

static void times(void **state)
{
    static const struct {
        const char *text;
        int64_t ms;
    } cases[] = {
        {"1970-01-01", 0},
        {"2019-11-04T08:59:31.034Z", 1572857971034},
        {"2019-11-04T01:59:31.034-07:00", 1572857971034},
        {"2019-11-04T09:59:31+0100", 1572857971000},
        {"2024-02-29T00:00:00Z", 1709164800000},
    };
    static const char *const bad[] = {
        "", "2019", "2019-13-01", "2023-02-29", "2019-11-04T25:00:00Z", "2019-11-04T08:59:31Zx"};
    char text[CLOCK_TEXT_SIZE];
    int64_t ms = 0;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(clock_parse(cases[i].text, &ms), 0);
        assert_true(ms == cases[i].ms);
    }
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_int_equal(clock_parse(bad[i], &ms), -1);
    clock_format(1572857971034, text);
    assert_string_equal(text, "2019-11-04T08:59:31.034Z");
}

static void ids(void **state)
{
    const uint8_t random[10] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    char text[ID_TEXT_SIZE];
    char reference[REFERENCE_SIZE];
    struct id parsed;

    (void)state;
    const struct id id = id_make(1572857971034, random);
    id_format(&id, text);
    assert_string_equal(text, "016e35a4-015a-7fff-bfff-ffffffffffff");
    assert_int_equal(id_parse(text, &parsed), 0);
    assert_true(id_equal(&id, &parsed));
    assert_int_equal(id_parse("016e35a4-015a-7fff-bfff-fffffffffff", &parsed), -1);
    assert_int_equal(id_parse("016e3586xfd5a-7fff-bfff-ffffffffffff", &parsed), -1);

    reference_make(random, reference);
    assert_string_equal(reference, "PLY-ZZZZZZZZ");
    assert_true(reference_is_valid(reference));
    assert_false(reference_is_valid("PLY-ZZZZZZZI"));
    assert_false(reference_is_valid("PLY-ZZZZZZZ"));
}

static char last_line[2000];

static void tap(const char *line, void *arg)
{
    (void)arg;
    assert_int_equal(str_copy(last_line, sizeof(last_line), line), 0);
}

static void log_lines(void **state)
{
    (void)state;
    log_set_tap(tap, NULL);
    log_event(LOG_WARN, "test", "said", LOG_S("text", "two words\nlevel=error"), LOG_N("n", 7));
    log_set_tap(NULL, NULL);
    assert_non_null(strstr(last_line, "level=warn"));
    assert_non_null(strstr(last_line, "event=said"));
    assert_non_null(strstr(last_line, "n=7"));
    assert_non_null(strstr(last_line, "text=\"two words\\nlevel=error\""));
    const char *end = strchr(last_line, '\n');
    assert_true(end == NULL || end[1] == '\0');
}

/* However much is cut off a line, the next one begins anew. */
static void log_lines_end(void **state)
{
    char text[2000], all[32768];
    int pipes[2];

    (void)state;
    memset(text, 1, sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    const int err = dup(STDERR_FILENO);
    assert_int_equal(pipe(pipes), 0);
    dup2(pipes[1], STDERR_FILENO);
    log_event(LOG_ERROR, "test", "long", LOG_S("a", text), LOG_S("b", text));
    log_event(LOG_ERROR, "test", "next");
    dup2(err, STDERR_FILENO);
    close(err);
    close(pipes[1]);
    size_t len = 0;
    for (ssize_t n; (n = read(pipes[0], all + len, sizeof(all) - 1 - len)) > 0;)
        len += (size_t)n;
    all[len] = '\0';
    close(pipes[0]);
    const char *second = strchr(all, '\n');
    assert_non_null(second);
    assert_memory_equal(second + 1, "time=", 5);
    assert_non_null(strstr(second, "event=next\n"));
}

static void unescape(void **state)
{
    static const struct {
        const char *in, *out; /* NULL: refused */
    } rows[] = {
        {"", ""},      {"a+b%20c", "a b c"}, {"%C3%BC%40", "\xc3\xbc@"},
        {"%", NULL},   {"%4", NULL},         {"%zz", NULL},
        {"%00", NULL}, {"%ff", NULL},        {"a%2", NULL},
    };
    char text[32];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_int_equal(str_copy(text, sizeof(text), rows[i].in), 0);
        assert_int_equal(str_unescape(text), rows[i].out == NULL ? -1 : 0);
        if (rows[i].out != NULL)
            assert_string_equal(text, rows[i].out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unescape),  cmocka_unit_test(utf8),          cmocka_unit_test(numbers),
        cmocka_unit_test(emails),    cmocka_unit_test(times),         cmocka_unit_test(ids),
        cmocka_unit_test(log_lines), cmocka_unit_test(log_lines_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

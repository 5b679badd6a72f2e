/* Targets and views of the inbox: what is taken is kept in full, what is wrong is said. */
#include "chat/inbox.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

typedef int print_fn(const struct json *value, struct buf *to, struct err *err);

static int print(print_fn *fn, const char *text, struct buf *to, struct err *err)
{
    struct json_doc *doc = json_parse(text, strlen(text), err);
    int rc;

    assert_non_null(doc);
    buf_init(to, 65536);
    rc = fn(json_root(doc), to, err);
    json_free(doc);
    return rc;
}

static void taken(print_fn *fn, const char *text, const char *kept)
{
    struct err err = {""};
    struct buf to;

    if (print(fn, text, &to, &err) < 0)
        fail_msg("%s", err.text);
    assert_true(buf_ok(&to));
    assert_string_equal(to.ptr, kept);
    buf_free(&to);
}

static void refused(print_fn *fn, const char *text, const char *why)
{
    struct err err = {""};
    struct buf to;

    assert_int_equal(print(fn, text, &to, &err), -1);
    assert_non_null(strstr(err.text, why));
    buf_free(&to);
}

static void targets(void **state)
{
    (void)state;
    taken(inbox_targets_print, "{}", "{\"first_minutes\":0,\"next_minutes\":0,\"priorities\":[]}");
    taken(inbox_targets_print,
          "{\"next_minutes\":43200,\"priorities\":[{\"priority\":\"Urgent\",\"first_minutes\":5}]}",
          "{\"first_minutes\":0,\"next_minutes\":43200,\"priorities\":[{\"priority\":\"Urgent\","
          "\"first_minutes\":5,\"next_minutes\":0}]}");
    refused(inbox_targets_print, "[]", "object");
    refused(inbox_targets_print, "{\"first_minutes\":43201}", "first_minutes");
    refused(inbox_targets_print, "{\"next_minutes\":-1}", "next_minutes");
    refused(inbox_targets_print, "{\"next_minutes\":\"soon\"}", "next_minutes");
    refused(inbox_targets_print, "{\"priorities\":{}}", "list");
    refused(inbox_targets_print, "{\"priorities\":[{\"priority\":\"\"}]}", "named once");
    refused(inbox_targets_print, "{\"priorities\":[{\"priority\":\"a\"},{\"priority\":\"a\"}]}",
            "named once");
}

static void views(void **state)
{
    (void)state;
    taken(inbox_views_print, "{\"views\":[{\"name\":\"VIP\",\"view\":\"mine\",\"tag\":\"vip\"}]}",
          "{\"views\":[{\"name\":\"VIP\",\"view\":\"mine\",\"company\":\"\",\"tag\":\"vip\","
          "\"priority\":\"\",\"staff\":\"\"}]}");
    refused(inbox_views_print, "{}", "list");
    refused(inbox_views_print, "{\"views\":[{\"view\":\"mine\"}]}", "name");
    refused(inbox_views_print, "{\"views\":[{\"name\":\"a\",\"view\":\"all\"}]}", "view is");
    refused(inbox_views_print,
            "{\"views\":[{\"name\":\"a\",\"view\":\"mine\"},{\"name\":\"a\",\"view\":\"open\"}]}",
            "name of its own");
    refused(inbox_views_print, "{\"views\":[{\"name\":\"a\",\"view\":\"mine\",\"tag\":\"b,c\"}]}",
            "not a tag");
    refused(inbox_views_print, "{\"views\":[{\"name\":\"a\",\"view\":\"mine\",\"staff\":\"x\"}]}",
            "an id, or nobody");
}

static void not_too_many(void **state)
{
    struct buf text;

    (void)state;
    buf_init(&text, 65536);
    buf_str(&text, "{\"views\":[");
    for (int i = 0; i <= INBOX_VIEWS; i++)
        buf_printf(&text, "%s{\"name\":\"%d\",\"view\":\"open\"}", i == 0 ? "" : ",", i);
    buf_str(&text, "]}");
    assert_true(buf_ok(&text));
    refused(inbox_views_print, text.ptr, "at most 20 views");
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(targets),
        cmocka_unit_test(views),
        cmocka_unit_test(not_too_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What a status means to a person. The lists are those of syncro-api.md, 5. */
#include "chat/status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_by_words(void **state)
{
    static const struct {
        const char *status;
        enum status_bucket bucket;
    } rows[] = {
        {"", STATUS_NEW},
        {" ", STATUS_NEW},
        {"New", STATUS_NEW},
        {"In Progress", STATUS_WORKING},
        {"Resolved", STATUS_SOLVED},
        {"Invoiced", STATUS_SOLVED},
        {"Waiting for Parts", STATUS_SCHEDULED},
        {"Waiting on Customer", STATUS_WAITING_YOU},
        {"Scheduled", STATUS_SCHEDULED},
        {"Customer Reply", STATUS_WAITING_US},
        {"On Hold (Technician)", STATUS_SCHEDULED},
        {"Waiting on Vendor", STATUS_SCHEDULED},
        {"Closed", STATUS_SOLVED},
        {"Billing", STATUS_WORKING},
        {"CANCELLED", STATUS_SOLVED},
        {"Complete", STATUS_SOLVED},
        {"Not Closed", STATUS_WORKING},
        {"Unresolved", STATUS_WORKING},
        {"Reopened", STATUS_WAITING_US},
        {"Escalated to the moon", STATUS_WORKING},
    };
    char longest[1000];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_int_equal(status_by_words(rows[i].status), rows[i].bucket);
        assert_int_equal(status_bucket(NULL, rows[i].status), rows[i].bucket);
    }
    memset(longest, 'x', sizeof(longest));
    longest[sizeof(longest) - 1] = '\0';
    assert_int_equal(status_by_words(longest), STATUS_WORKING);
}

static struct status_map *map_of(const char *json)
{
    return status_map_new(json, strlen(json));
}

static void test_the_map_says_it(void **state)
{
    struct status_map *map = map_of("{\"solved\":\"Closed\",\"help\":\"\",\"words\":["
                                    "{\"status\":\"Billing\",\"word\":\"waiting_us\"},"
                                    "{\"status\":\"In Progress\",\"word\":\"nonsense\"},1,{},"
                                    "{\"status\":\"new\",\"word\":\"scheduled\"}]}");

    (void)state;
    assert_int_equal(status_bucket(map, "Billing"), STATUS_WAITING_US);
    assert_int_equal(status_bucket(map, "billing"), STATUS_WAITING_US);
    assert_int_equal(status_bucket(map, "In Progress"), STATUS_WORKING);
    assert_int_equal(status_bucket(map, "New"), STATUS_SCHEDULED);
    assert_int_equal(status_bucket(map, "Resolved"), STATUS_SOLVED);
    assert_string_equal(status_map_act(map, STATUS_ACT_SOLVED), "Closed");
    assert_string_equal(status_map_act(map, STATUS_ACT_HELP), "");
    status_map_free(map);
    assert_null(map_of("{"));
    map = map_of("[1]");
    assert_int_equal(status_bucket(map, "Closed"), STATUS_SOLVED);
    status_map_free(map);
    status_map_free(NULL);
}

static void test_what_is_told(void **state)
{
    (void)state;
    assert_int_equal(status_told(NULL, "In Progress", true), STATUS_WORKING);
    assert_int_equal(status_told(NULL, "In Progress", false), STATUS_SOLVED);
    assert_int_equal(status_told(NULL, "Resolved", true), STATUS_WAITING_US);
    assert_int_equal(status_told(NULL, "Resolved", false), STATUS_SOLVED);
    struct status_map *map = map_of("{\"words\":[{\"status\":\"Billing\",\"word\":\"solved\"}]}");
    assert_int_equal(status_told(map, "Billing", true), STATUS_SOLVED);
    status_map_free(map);
    assert_true(status_is_closed("Invoiced"));
    assert_false(status_is_closed("Unresolved"));
}

static const char *act_of(const char *map_json, const char *list_json, enum status_act act)
{
    static char found[64];
    struct status_map *map = map_json == NULL ? NULL : map_of(map_json);
    struct json_doc *list = json_parse(list_json, strlen(list_json), NULL);
    const char *status = status_of_act(map, json_root(list), act);

    if (status != NULL)
        strncpy(found, status, sizeof(found) - 1);
    json_free(list);
    status_map_free(map);
    return status == NULL ? NULL : found;
}

static void test_acts(void **state)
{
    static const char list[] = "[\"New\",\"In Progress\",\"Invoiced\",\"Resolved\","
                               "\"Customer Reply\"]";
    static const char own[] = "[\"Fresh\",\"Doing\",\"Closed\"]";

    (void)state;
    assert_string_equal(act_of(NULL, list, STATUS_ACT_SOLVED), "Resolved");
    assert_string_equal(act_of(NULL, list, STATUS_ACT_HELP), "Customer Reply");
    assert_null(act_of(NULL, own, STATUS_ACT_SOLVED));
    assert_null(act_of(NULL, own, STATUS_ACT_HELP));
    assert_string_equal(act_of(NULL, "[\"In Progress\"]", STATUS_ACT_HELP), "In Progress");
    assert_string_equal(act_of("{\"solved\":\"closed\"}", own, STATUS_ACT_SOLVED), "Closed");
    assert_null(act_of("{\"solved\":\"Resolved\"}", own, STATUS_ACT_SOLVED));
    assert_null(act_of("{\"solved\":\"\",\"help\":\"\"}", list, STATUS_ACT_SOLVED));
    assert_null(act_of("{\"solved\":\"\",\"help\":\"\"}", list, STATUS_ACT_HELP));
    assert_null(act_of(NULL, "[]", STATUS_ACT_HELP));
}

static void test_words_of_buckets(void **state)
{
    (void)state;
    for (enum status_bucket b = STATUS_NEW; b <= STATUS_SOLVED; b++)
        assert_int_equal(status_read_word(status_word(b)), b);
    assert_int_equal(status_read_word("done"), 0);
    assert_int_equal(status_read_word(NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_words),         cmocka_unit_test(test_the_map_says_it),
        cmocka_unit_test(test_what_is_told),     cmocka_unit_test(test_acts),
        cmocka_unit_test(test_words_of_buckets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What every backend must do. Usage: contract_test sqlite|fake */
#include <stdio.h>

#include "base/log.h"
#include "bed.h"

int main(int argc, char **argv)
{
    static const struct {
        const struct CMUnitTest *tests;
        const size_t *count;
    } files[] = {
        {conversation_tests, &conversation_test_count},
        {outbox_tests, &outbox_test_count},
        {connector_tests, &connector_test_count},
        {desk_tests, &desk_test_count},
        {act_tests, &act_test_count},
        {turn_tests, &turn_test_count},
        {duty_tests, &duty_test_count},
        {digest_tests, &digest_test_count},
        {staff_tests, &staff_test_count},
        {access_tests, &access_test_count},
        {mail_tests, &mail_test_count},
        {hook_tests, &hook_test_count},
        {person_tests, &person_test_count},
        {change_tests, &change_test_count},
        {ticket_tests, &ticket_test_count},
        {canned_tests, &canned_test_count},
        {report_tests, &report_test_count},
        {after_tests, &after_test_count},
        {search_tests, &search_test_count},
        {talk_tests, &talk_test_count},
    };
    struct CMUnitTest all[256];
    size_t count = 0;

    if (argc != 2 || (strcmp(argv[1], "sqlite") != 0 && strcmp(argv[1], "fake") != 0)) {
        fprintf(stderr, "usage: %s sqlite|fake\n", argv[0]);
        return 2;
    }
    bed_use_fake = strcmp(argv[1], "fake") == 0;
    log_set_level(LOG_WARN);
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        if (count + *files[i].count > COUNT_OF(all))
            return 2;
        memcpy(all + count, files[i].tests, *files[i].count * sizeof(all[0]));
        count += *files[i].count;
    }
    return _cmocka_run_group_tests(argv[1], all, count, NULL, NULL);
}

/* What every backend must do. Usage: contract_test sqlite|fake */
#include <stdio.h>

#include "base/log.h"
#include "bed.h"

int main(int argc, char **argv)
{
    struct CMUnitTest all[64];
    const size_t count = conversation_test_count + outbox_test_count + connector_test_count;

    if (argc != 2 || (strcmp(argv[1], "sqlite") != 0 && strcmp(argv[1], "fake") != 0)) {
        fprintf(stderr, "usage: %s sqlite|fake\n", argv[0]);
        return 2;
    }
    bed_use_fake = strcmp(argv[1], "fake") == 0;
    log_set_level(LOG_WARN);
    if (count > COUNT_OF(all))
        return 2;
    memcpy(all, conversation_tests, conversation_test_count * sizeof(all[0]));
    memcpy(all + conversation_test_count, outbox_tests, outbox_test_count * sizeof(all[0]));
    memcpy(all + conversation_test_count + outbox_test_count, connector_tests,
           connector_test_count * sizeof(all[0]));
    return _cmocka_run_group_tests(argv[1], all, count, NULL, NULL);
}

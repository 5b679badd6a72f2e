/* What comes to the webhook: anybody who knows its address can send anything. */
#include <string.h>

#include "fuzz/fuzz.h"
#include "psa/syncro/syncro.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *exact = malloc(size + 1); /* so that a byte too far is noticed */

    MUST(exact != NULL);
    memcpy(exact, data, size);
    const int64_t ticket = syncro_hinted(exact, size);
    MUST(ticket >= 0 && ticket < INT64_C(1000000000000000));
    exact = realloc(exact, size > 0 ? size : 1);
    MUST(exact != NULL);
    MUST(syncro_hinted(exact, size) == ticket);
    free(exact);
    return 0;
}

/* What a webhook is about. Its body is never more than a hint: what happened is asked of the API.
 */
#include <string.h>

#include "base/base.h"
#include "psa/syncro/syncro.h"

static const char before[] = "tickets";

/* Behind "tickets" a slash, escaped or not; the number begins at the end of it. NULL: no slash. */
static const char *behind_slash(const char *at, const char *end)
{
    static const char *const slashes[] = {"/", "\\/", "%2F", "%2f"};

    for (size_t i = 0; i < COUNT_OF(slashes); i++) {
        const size_t len = strlen(slashes[i]);
        if ((size_t)(end - at) > len && memcmp(at, slashes[i], len) == 0)
            return at + len;
    }
    return NULL;
}

static int64_t number_at(const char *at, const char *end)
{
    int64_t n = 0;
    int digits = 0;

    for (; at < end && *at >= '0' && *at <= '9'; at++) {
        if (++digits > 15)
            return 0;
        n = 10 * n + (*at - '0');
    }
    return n;
}

int64_t syncro_hinted(const char *body, size_t len)
{
    const size_t word = sizeof(before) - 1;
    const char *end = body + len;

    for (const char *at = body; len >= word && at <= end - word; at++) {
        const char *behind = memcmp(at, before, word) == 0 ? behind_slash(at + word, end) : NULL;
        const int64_t n = behind != NULL ? number_at(behind, end) : 0;
        if (n > 0)
            return n;
    }
    return 0;
}

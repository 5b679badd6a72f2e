/* What an administrator sends as hours: whatever is taken is printed, read again and printed the
 * same, and what follows from it agrees with itself. */
#include "base/json.h"
#include "chat/hours.h"
#include "fuzz/fuzz.h"

#include <string.h>

static struct hours *read(const char *text, size_t len, bool *good)
{
    struct json_doc *doc = json_parse(text, len, NULL);
    struct hours *h = NULL;
    struct err err;

    *good = doc != NULL && hours_new(json_root(doc), &h, &err) == 0;
    json_free(doc);
    return h;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const int64_t now = INT64_C(1790000000000);
    struct hours *h, *again;
    struct buf first, second;
    bool good;

    h = read((const char *)data, size, &good);
    if (!good)
        return 0;
    buf_init(&first, 1 << 20);
    buf_init(&second, 1 << 20);
    hours_print(h, &first);
    MUST(buf_ok(&first));
    again = read(first.ptr, first.len, &good);
    MUST(good);
    hours_print(again, &second);
    MUST(first.len == second.len && memcmp(first.ptr, second.ptr, first.len) == 0);
    const int64_t opens = hours_next(h, now, true), shuts = hours_next(h, now, false);
    MUST(opens == 0 || (opens >= now && hours_is_open(h, opens)));
    MUST(shuts == 0 || (shuts >= now && !hours_is_open(h, shuts)));
    MUST(hours_is_open(h, now) == (opens == now));
    MUST(opens == 0 || hours_between(h, now, opens) == 0);
    buf_free(&first);
    buf_free(&second);
    hours_free(h);
    hours_free(again);
    return 0;
}

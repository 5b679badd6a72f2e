/* What an administrator sends as targets or views of the inbox: whatever is taken is printed, read
 * again and printed the same. */
#include "base/json.h"
#include "chat/inbox.h"
#include "fuzz/fuzz.h"

#include <string.h>

typedef int print_fn(const struct json *value, struct buf *to, struct err *err);

static bool print(print_fn *fn, const char *text, size_t len, struct buf *to)
{
    struct json_doc *doc = json_parse(text, len, NULL);
    struct err err;

    buf_init(to, 1 << 20);
    const bool good = doc != NULL && fn(json_root(doc), to, &err) == 0;
    json_free(doc);
    return good;
}

static void twice(print_fn *fn, const char *text, size_t len)
{
    struct buf first, second;

    if (print(fn, text, len, &first)) {
        MUST(buf_ok(&first));
        MUST(print(fn, first.ptr, first.len, &second));
        MUST(first.len == second.len && memcmp(first.ptr, second.ptr, first.len) == 0);
        buf_free(&second);
    }
    buf_free(&first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    twice(inbox_targets_print, (const char *)data, size);
    twice(inbox_views_print, (const char *)data, size);
    return 0;
}

/* What one of staff sends as what they want to hear: whatever is taken is printed within its room,
 * read again and printed the same, and what follows from it agrees with itself. */
#include "base/json.h"
#include "chat/notify.h"
#include "fuzz/fuzz.h"

#include <string.h>

static struct notify *read(const char *text, size_t len)
{
    struct json_doc *doc = json_parse(text, len, NULL);
    struct notify *n = NULL;
    struct err err;

    if (doc != NULL && notify_new(json_root(doc), &n, &err) < 0)
        MUST(n == NULL);
    json_free(doc);
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const int64_t now = INT64_C(1790000000000), day = INT64_C(86400000);
    struct notify *n = read((const char *)data, size), *again;
    struct buf first, second;
    int64_t next, due;

    if (n == NULL)
        return 0;
    buf_init(&first, NOTIFY_TEXT_MAX);
    buf_init(&second, NOTIFY_TEXT_MAX);
    notify_print(n, &first);
    MUST(buf_ok(&first));
    again = read(first.ptr, first.len);
    MUST(again != NULL);
    notify_print(again, &second);
    MUST(first.len == second.len && memcmp(first.ptr, second.ptr, first.len) == 0);
    next = notify_next(n, now);
    due = notify_due(n, now - day, now);
    MUST(next == 0 || (next > now && next <= now + 9 * day));
    MUST(due == 0 || (due > now - day && due <= now));
    MUST(next == 0 || notify_due(n, now, next) == next);
    MUST(due == 0 || notify_due(n, due, now) == 0);
    buf_free(&first);
    buf_free(&second);
    notify_free(n);
    notify_free(again);
    return 0;
}

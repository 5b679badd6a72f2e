/* What an administrator sends as routing: whatever is taken is printed, read again and printed the
 * same, and nobody is picked who is not there. */
#include "base/json.h"
#include "chat/route.h"
#include "fuzz/fuzz.h"

#include <string.h>

static struct route *read(const char *text, size_t len, bool *good)
{
    struct json_doc *doc = json_parse(text, len, NULL);
    struct route *r = NULL;
    struct err err;

    *good = doc != NULL && route_new(json_root(doc), &r, &err) == 0;
    json_free(doc);
    return r;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct route *r, *again;
    struct buf first, second;
    bool good;

    r = read((const char *)data, size, &good);
    if (!good)
        return 0;
    buf_init(&first, 1 << 20);
    buf_init(&second, 1 << 20);
    route_print(r, &first);
    MUST(buf_ok(&first));
    again = read(first.ptr, first.len, &good);
    MUST(good);
    route_print(again, &second);
    MUST(first.len == second.len && memcmp(first.ptr, second.ptr, first.len) == 0);
    const struct route_member members[] = {{.id = {.bytes = {1}}, .is_present = true},
                                           {.id = {.bytes = {2}}}};
    const size_t picked = route_pick(r, members, COUNT_OF(members), "network,Print");
    MUST(picked == 0 || picked == ROUTE_NOBODY);
    buf_free(&first);
    buf_free(&second);
    route_free(r);
    route_free(again);
    return 0;
}

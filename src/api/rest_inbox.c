/* Conversations as the console lists them, page by page; the closed ones above all, for the open
 * ones come over the socket. */
#include "api/rest_private.h"

#include <string.h>

#include "base/str.h"

#define PAGE_ROWS 50

static void listed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct jw *w = rest_list(r, result, "conversations");

    if (w == NULL)
        return;
    for (size_t i = 0; i < out->summaries.count; i++)
        print_summary_fields(r->api, w, NULL, &out->summaries.rows[i]);
    jw_array_end(w);
    jw_bool(w, "more", out->summaries.more);
    rest_done(r, 200);
}

/* False: answered. */
static bool read_id(struct rest *r, const char *key, struct id *id)
{
    const char *text = rest_query(r, key);

    if (text[0] == '\0' || id_parse(text, id) == 0)
        return true;
    rest_error(r, 400, "bad_field", key, "this is not an id");
    return false;
}

void rest_inbox(struct rest *r)
{
    struct store_inbox_list in = {.company = rest_query(r, "company"),
                                  .tag = rest_query(r, "tag"),
                                  .priority = rest_query(r, "priority"),
                                  .nobody = str_equal(rest_query(r, "staff"), "nobody"),
                                  .limit = PAGE_ROWS};
    const char *state = rest_query(r, "state");

    in.open = str_equal(state, "open");
    if (!in.open && !str_equal(state, "closed"))
        rest_error(r, 400, "bad_field", "state", "open or closed");
    else if (strlen(in.company) > STORE_TEXT_MAX || strlen(in.tag) > STORE_TEXT_MAX ||
             strlen(in.priority) > STORE_TEXT_MAX)
        rest_error(r, 400, "too_long", NULL, "this is too long: shorten it");
    else if ((in.nobody || read_id(r, "staff", &in.staff)) && read_id(r, "after", &in.after))
        r->op = store_inbox_list(r->api->set.store, &in, listed, r);
}

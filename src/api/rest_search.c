/* Words in all messages, for staff. */
#include "api/rest_private.h"

#include <string.h>

#include "base/str.h"

#define PAGE_ROWS 30

static void print_found(struct jw *w, const struct store_found *row)
{
    jw_object(w, NULL);
    print_id(w, "conversation", &row->conversation);
    jw_text(w, "reference", row->reference);
    jw_text(w, "subject", row->subject);
    jw_text(w, "person", row->person);
    jw_text(w, "company", row->company);
    jw_text(w, "number", row->number);
    jw_bool(w, "open", row->open);
    jw_int(w, "seq", row->seq);
    jw_int(w, "at", row->at_ms);
    jw_text(w, "from", row->seq == 0 ? "" : store_author_name(row->author));
    jw_text(w, "name", row->name);
    jw_array(w, "parts");
    for (size_t i = 0; i < row->part_count; i++)
        jw_text(w, NULL, row->parts[i]);
    jw_array_end(w);
    jw_object_end(w);
}

static void found(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct jw *w = rest_list(r, result, "found");

    if (w == NULL)
        return;
    for (size_t i = 0; i < out->found.count; i++)
        print_found(w, &out->found.rows[i]);
    jw_array_end(w);
    if (out->found.more)
        jw_int(w, "before", out->found.before);
    else
        jw_null(w, "before");
    jw_bool(w, "complete", out->found.complete);
    rest_done(r, 200);
}

void rest_search(struct rest *r)
{
    struct store_search in = {.query = rest_query(r, "query"), .limit = PAGE_ROWS};
    const char *before = rest_query(r, "before");

    if (strlen(in.query) > STORE_QUERY_MAX)
        rest_error(r, 400, "too_long", "query", "this is too long: shorten it");
    else if (before[0] != '\0' && str_to_int(before, 1, INT64_MAX, &in.before) != 0)
        rest_error(r, 400, "bad_field", "before", "this is what the page before ended with");
    else
        r->op = store_search(r->api->set.store, &in, found, r);
}

/* What needs somebody's attention; and companies and contacts of the PSA to choose from. */
#include <string.h>

#include "api/rest_connector_private.h"
#include "api/rest_people_private.h"

#define ROWS_MAX 100

static const char *kind_name(enum store_attention_kind kind)
{
    static const char *const names[] = {"?", "several", "nobody", "parked"};

    return (size_t)kind < COUNT_OF(names) ? names[kind] : "?";
}

static void print_row(struct jw *w, const struct store_attention *a)
{
    char id[ID_TEXT_SIZE];

    jw_object(w, NULL);
    jw_text(w, "kind", kind_name(a->kind));
    id_format(&a->person, id);
    jw_text(w, "person", id);
    jw_text(w, "name", a->name);
    jw_text(w, "email", a->email);
    jw_bool(w, "verified", a->is_verified);
    jw_raw(w, "candidates", a->candidates[0] != '\0' ? a->candidates : "[]");
    if (id_is_none(&a->conversation)) {
        jw_null(w, "conversation");
    } else {
        id_format(&a->conversation, id);
        jw_text(w, "conversation", id);
    }
    jw_text(w, "reference", a->reference);
    jw_text(w, "subject", a->subject);
    jw_text(w, "reason", a->reason);
    jw_int(w, "stopped", a->stopped);
    jw_int(w, "since", a->since_ms);
    jw_object_end(w);
}

static void read_all(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct jw *w = rest_list(r, result, "items");

    if (w == NULL)
        return;
    for (size_t i = 0; i < out->attention.count; i++)
        print_row(w, &out->attention.rows[i]);
    jw_array_end(w);
    jw_bool(w, "more", out->attention.more);
    rest_done(r, 200);
}

static void look(struct rest *r, const char *account)
{
    const struct store_attention_read in = {account, ROWS_MAX};

    r->op = store_attention_read(r->api->set.store, &in, read_all, r);
}

void rest_attention(struct rest *r)
{
    rest_account(r, false, look);
}

/* --- to choose from --- */

void rest_psa_companies(struct rest *r)
{
    const char *query = rest_text(r, "query", PSA_QUERY_MAX, true);

    if (query != NULL)
        r->act =
            desk_companies(r->api->set.desk, psa_kind_at(0)->kind, NULL, query, rest_desk_json, r);
}

void rest_psa_contacts(struct rest *r)
{
    int64_t customer;

    if (json_get_int(r->body, "customer", &customer) != 0 || customer <= 0)
        rest_error(r, 400, "bad_field", "customer", "choose a company from the list");
    else
        r->act = desk_contacts(r->api->set.desk, psa_kind_at(0)->kind, customer, rest_desk_json, r);
}

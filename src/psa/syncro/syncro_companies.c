/* Companies that words find, for an administrator to choose from. */
#include <string.h>

#include "psa/syncro/syncro_private.h"

static const char *text_of(const struct json *v, const char *key)
{
    const char *text = json_get_text(v, key);

    return text != NULL ? text : "";
}

static void on_customers(struct psa_call *c, const struct json *root, const struct json *document)
{
    size_t shown = 0;
    bool more = syncro_more_pages(document, json_count(root), 1);

    if (root == NULL) {
        syncro_call_end(c);
        return;
    }
    jw_init(&c->writer, &c->json);
    jw_object(&c->writer, NULL);
    jw_array(&c->writer, "companies");
    for (size_t i = 0; i < json_count(root); i++) {
        const struct json *v = json_at(root, i);
        const char *name = text_of(v, "business_then_name");
        int64_t id;

        if (json_get_int(v, "id", &id) != 0 || id <= 0)
            continue;
        if (shown == PSA_COMPANIES_MAX) {
            more = true;
            break;
        }
        shown++;
        jw_object(&c->writer, NULL);
        jw_int(&c->writer, "id", id);
        jw_text(&c->writer, "name", name[0] != '\0' ? name : text_of(v, "fullname"));
        jw_text(&c->writer, "email", text_of(v, "email"));
        jw_object_end(&c->writer);
    }
    jw_array_end(&c->writer);
    jw_bool(&c->writer, "more", more);
    jw_object_end(&c->writer);
    if (buf_ok(&c->json))
        syncro_call_end(c);
    else
        syncro_fail(c, PSA_REFUSED, "The companies' names are longer than expected");
}

struct psa_call *syncro_companies(struct psa_connector *base, const char *query, psa_done_fn *done,
                                  void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, BUDGET_INTERACTIVE, done, arg);
    struct buf path;

    buf_init(&path, URL_MAX / 2);
    buf_str(&path, "?query=");
    syncro_escape(&path, query);
    c->timeout_ms = CHECK_TIMEOUT_MS;
    /* Too long a query finds nothing that the words before it would not. */
    syncro_request(c, SYNCRO_CUSTOMERS_LIST, 0, query[0] != '\0' ? path.ptr : "", NULL,
                   on_customers);
    buf_free(&path);
    return c;
}

/* Tickets that a number or words find, for staff to choose from. A number is looked for among
 * numbers first: the search of words is not said to find them (syncro-api.md, 2.1). */
#include <string.h>

#include "base/str.h"
#include "psa/syncro/syncro_private.h"

static const char *text_of(const struct json *v, const char *key)
{
    const char *text = json_get_text(v, key);

    return text != NULL ? text : "";
}

static void write_row(struct jw *w, const struct json *v, int64_t id)
{
    const struct json *user = json_get(v, "user");
    int64_t number;

    jw_object(w, NULL);
    jw_int(w, "id", id);
    if (json_get_int(v, "number", &number) == 0)
        jw_int(w, "number", number);
    jw_text(w, "subject", text_of(v, "subject"));
    jw_text(w, "status", text_of(v, "status"));
    jw_text(w, "company", text_of(v, "customer_business_then_name"));
    jw_text(w, "contact", text_of(v, "contact_fullname"));
    jw_text(w, "assignee", text_of(user, "full_name"));
    jw_object_end(w);
}

static void ask(struct psa_call *c, const char *key);

static void on_tickets(struct psa_call *c, const struct json *root, const struct json *document)
{
    bool more = syncro_more_pages(document, json_count(root), 1);
    size_t shown = 0;
    int64_t id;

    if (root == NULL) {
        syncro_call_end(c);
        return;
    }
    if (json_count(root) == 0 && c->by_number) { /* perhaps it is a word of a subject */
        c->by_number = false;
        ask(c, "query");
        return;
    }
    jw_init(&c->writer, &c->json);
    jw_object(&c->writer, NULL);
    jw_array(&c->writer, "tickets");
    for (size_t i = 0; i < json_count(root); i++) {
        if (json_get_int(json_at(root, i), "id", &id) != 0 || id <= 0)
            continue;
        if (shown++ == PSA_FOUND_MAX) {
            more = true;
            break;
        }
        write_row(&c->writer, json_at(root, i), id);
    }
    jw_array_end(&c->writer);
    jw_bool(&c->writer, "more", more);
    jw_object_end(&c->writer);
    if (buf_ok(&c->json))
        syncro_call_end(c);
    else
        syncro_fail(c, PSA_REFUSED, "The tickets' subjects are longer than expected");
}

static void ask(struct psa_call *c, const char *key)
{
    struct buf path;

    buf_init(&path, URL_MAX / 2);
    buf_printf(&path, "?per_page=%d&%s=", PSA_FOUND_MAX + 1, key);
    syncro_escape(&path, c->subject);
    c->timeout_ms = CHECK_TIMEOUT_MS;
    syncro_request(c, SYNCRO_TICKETS_LIST, 0, path.ptr, NULL, on_tickets);
    buf_free(&path);
}

struct psa_call *syncro_search(struct psa_connector *base, const char *query, psa_done_fn *done,
                               void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, BUDGET_INTERACTIVE, done, arg);
    struct slice words = str_trim(query, strlen(query));

    if (words.len > 1 && words.ptr[0] == '#')
        words = (struct slice){words.ptr + 1, words.len - 1};
    /* Too long a query finds nothing that the words before it would not. */
    words.len = str_cut_utf8(words.ptr, words.len, sizeof(c->subject) - 1);
    memcpy(c->subject, words.ptr, words.len);
    c->subject[words.len] = '\0';
    c->by_number = words.len > 0 && strspn(c->subject, "0123456789") == words.len;
    ask(c, c->by_number ? "number" : "query");
    return c;
}

/* Files: Syncro fetches them by an address, some time after it said yes. */
#include <string.h>

#include "base/str.h"
#include "psa/syncro/syncro_private.h"

static void on_attached(struct psa_call *c, const struct json *root, const struct json *document)
{
    (void)document;
    c->result.gone = root == NULL && c->answer->status == 404;
    syncro_call_end(c);
}

struct psa_call *syncro_files_attach(struct psa_connector *base, const struct store_taken *taken,
                                     const char *const urls[], const struct budget_permit *permit,
                                     psa_done_fn *done, void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, BUDGET_INTERACTIVE, done, arg);

    syncro_files_body(taken, urls, &c->body);
    syncro_request(c, SYNCRO_FILES_ATTACH, taken->ticket_id, "", permit, on_attached);
    return c;
}

/* ---- are they there? ---- */

/* Does any text in it hold the mark? The keys of an attachment are not documented. */
static bool holds(const struct json *v, const char *mark, int depth)
{
    const struct json *member;
    const char *text = json_text(v);
    void *iter = NULL;

    if (text != NULL)
        return strstr(text, mark) != NULL;
    if (depth == 0)
        return false;
    if (json_kind(v) == JSON_KIND_OBJECT) {
        while (json_next(v, &iter, &member) != NULL)
            if (holds(member, mark, depth - 1))
                return true;
        return false;
    }
    for (size_t i = 0; i < json_count(v); i++)
        if (holds(json_at(v, i), mark, depth - 1))
            return true;
    return false;
}

static void on_ticket(struct psa_call *c, const struct json *root, const struct json *document)
{
    (void)document;
    c->result.gone = root == NULL && c->answer->status == 404;
    c->result.found = root != NULL && holds(json_get(root, "attachments"), c->mark, 3);
    syncro_call_end(c);
}

/* They were asked for in one call: one of them tells of all. */
struct psa_call *syncro_files_find(struct psa_connector *base, const struct store_taken *taken,
                                   enum budget_class class, psa_done_fn *done, void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, class, done, arg);

    syncro_file_mark(taken, 0, c->mark);
    c->mark[strlen(c->mark) - 1] = '\0'; /* without the number of the file */
    syncro_request(c, SYNCRO_TICKET_GET, taken->ticket_id, "", NULL, on_ticket);
    return c;
}

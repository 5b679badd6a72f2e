/* All that is kept of one person, as a JSON file: what the law asks for. */
#include <stdlib.h>
#include <string.h>

#include "api/rest_export.h"
#include "api/rest_people_private.h"

#define ROWS 8 /* of messages, at once: no more than a piece holds */

struct file {
    struct store_person_said in;
    bool begun; /* a message was written */
};

static struct store_op *read_rows(struct store *s, void *state, store_fn *fn, void *arg)
{
    return store_person_said(s, &((struct file *)state)->in, fn, arg);
}

static void put_row(struct buf *to, const struct store_said *m)
{
    struct jw w;

    jw_init(&w, to);
    jw_object(&w, NULL);
    jw_text(&w, "conversation", m->reference);
    jw_text(&w, "ticket", m->number);
    jw_int(&w, "seq", m->seq);
    jw_int(&w, "at", m->at_ms);
    jw_text(&w, "from", store_author_name(m->author));
    jw_text(&w, "name", m->name);
    jw_text(&w, "body", m->body);
    jw_raw(&w, "files", m->files);
    jw_object_end(&w);
}

static bool put_rows(void *state, const union store_out *out, struct buf *to)
{
    struct file *f = state;

    for (size_t i = 0; i < out->said.count; i++) {
        buf_str(to, f->begun ? ",\n" : "\n");
        f->begun = true;
        put_row(to, &out->said.rows[i]);
        f->in.after_conversation = out->said.rows[i].conversation;
        f->in.after_seq = out->said.rows[i].seq;
    }
    return out->said.more;
}

static void put_end(bool whole, struct buf *to)
{
    buf_str(to, whole ? "\n],\"complete\":true}\n" : "\n],\"complete\":false}\n");
}

static const struct export_source json = {.type = "application/json",
                                          .file = "parley-person.json",
                                          .read = read_rows,
                                          .put = put_rows,
                                          .end = put_end,
                                          .free = free};

static void begin(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct file *f;

    (void)out;
    r->op = NULL;
    if (result != STORE_OK || !export_may_start(r)) {
        rest_error_busy(r);
        return;
    }
    f = api_alloc(sizeof(*f));
    f->in.limit = ROWS;
    (void)!id_parse(r->param[0], &f->in.person);
    export_start(r, &json, f, &r->out);
}

/* Everything but the messages, which follow. */
static void page_read(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct store_audit audit = rest_audit(r, AUDIT_PERSON_EXPORTED, "");

    r->op = NULL;
    if (result == STORE_NOT_FOUND) {
        rest_error_not_found(r);
        return;
    }
    if (result != STORE_OK) {
        rest_error_busy(r);
        return;
    }
    rest_print_page(r->api, rest_begin(r), &out->person_page);
    buf_str(&r->out, ",\"messages\":[");
    audit.object = arena_strdup(r->arena, out->person_page.person.email);
    r->op = store_audit_add(r->api->set.store, &audit, begin, r);
}

static void page(struct rest *r, const char *account)
{
    struct store_person_key who = {.account = account};

    if (!rest_id(r, 0, &who.person))
        return;
    if (r->is_head) /* a stream would have a body */
        rest_empty(r);
    else
        r->op =
            store_person_read(r->api->set.store, &who, env_now_ms(r->api->set.env), page_read, r);
}

void rest_person_export(struct rest *r)
{
    rest_account(r, false, page);
}

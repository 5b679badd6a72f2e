/* The audit log: a page of it, and all of it as a file. */
#include "api/rest_export.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/csv.h"
#include "base/str.h"

#define PAGE_ROWS   50
#define EXPORT_ROWS 20

/* --- what is asked for --- */

static bool read_filter(struct rest *r, struct store_audit_read *in)
{
    const char *before = rest_query(r, "before");

    in->action = rest_query(r, "action");
    in->who = rest_query(r, "who");
    if (in->action[0] != '\0' && !audit_is_word(in->action)) {
        rest_error(r, 400, "bad_field", "action", "there is no such action");
        return false;
    }
    if (strlen(in->who) > CHAT_EMAIL_MAX) {
        rest_error(r, 400, "too_long", "who", "this is too long: shorten it");
        return false;
    }
    if (before[0] != '\0' && str_to_int(before, 1, INT64_MAX, &in->before) < 0) {
        rest_error(r, 400, "bad_field", "before", "this must be the id of a row");
        return false;
    }
    return true;
}

/* --- a page --- */

static void page_read(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct jw *w = rest_list(r, result, "rows");

    if (w == NULL)
        return;
    for (size_t i = 0; i < out->audits.count; i++) {
        const struct store_audit *a = &out->audits.rows[i];

        jw_object(w, NULL);
        jw_int(w, "id", a->id);
        jw_int(w, "at", a->at_ms);
        jw_text(w, "actor", a->actor);
        jw_text(w, "action", a->action);
        jw_text(w, "object", a->object);
        jw_text(w, "address", a->address);
        jw_text(w, "detail", a->detail);
        jw_object_end(w);
    }
    jw_array_end(w);
    jw_bool(w, "more", out->audits.more);
    rest_done(r, 200);
}

void rest_audit_page(struct rest *r)
{
    struct store_audit_read in = {.limit = PAGE_ROWS};

    if (read_filter(r, &in))
        r->op = store_audit_read(r->api->set.store, &in, page_read, r);
}

/* --- the file --- */

static void put_row(struct buf *to, const struct store_audit *a)
{
    char at[CLOCK_TEXT_SIZE];

    clock_format(a->at_ms, at);
    buf_printf(to, "%lld,", (long long)a->id);
    csv_text(to, at, ',');
    csv_text(to, a->actor, ',');
    csv_text(to, a->action, ',');
    csv_text(to, a->object, ',');
    csv_text(to, a->address, ',');
    csv_text(to, a->detail, '\n');
}

static struct store_op *read_rows(struct store *s, void *state, store_fn *fn, void *arg)
{
    return store_audit_read(s, state, fn, arg);
}

static bool put_rows(void *state, const union store_out *out, struct buf *to)
{
    struct store_audit_read *in = state;

    for (size_t i = 0; i < out->audits.count; i++)
        put_row(to, &out->audits.rows[i]);
    if (out->audits.more)
        in->before = out->audits.rows[out->audits.count - 1].id;
    return out->audits.more;
}

static void put_end(bool whole, struct buf *to)
{
    if (!whole)
        buf_str(to, "\"this list is not complete\"\r\n");
}

static void free_state(void *state)
{
    struct store_audit_read *in = state;

    free((char *)(uintptr_t)in->action);
    free((char *)(uintptr_t)in->who);
    free(in);
}

static const struct export_source csv = {.type = "text/csv; charset=utf-8",
                                         .file = "parley-audit.csv",
                                         .read = read_rows,
                                         .put = put_rows,
                                         .end = put_end,
                                         .free = free_state};

static void begin(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct store_audit_read *asked = r->state;
    struct store_audit_read *in;
    struct buf head;

    (void)out;
    r->op = NULL;
    if (result != STORE_OK || !export_may_start(r)) {
        rest_error_busy(r);
        return;
    }
    in = api_alloc(sizeof(*in));
    *in = *asked;
    in->action = api_strdup(asked->action);
    in->who = api_strdup(asked->who);
    buf_init(&head, 256);
    buf_str(&head, "id,at,actor,action,object,address,detail\r\n");
    export_start(r, &csv, in, &head);
    buf_free(&head);
}

void rest_audit_csv(struct rest *r)
{
    struct store_audit audit = rest_audit(r, AUDIT_AUDIT_EXPORTED, "audit log");
    struct store_audit_read in = {.limit = EXPORT_ROWS};

    if (!read_filter(r, &in))
        return;
    if (r->is_head) { /* a stream would have a body */
        rest_empty(r);
        return;
    }
    *(struct store_audit_read *)rest_state(r, sizeof(in), NULL) = in;
    audit.detail = arena_printf(r->arena, "%s %s", in.action, in.who);
    r->op = store_audit_add(r->api->set.store, &audit, begin, r);
}

/* The comments of one conversation's ticket: read, kept, told of. */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "psa/sync_private.h"

static void end(struct reading *r, bool good)
{
    struct sync *s = r->s;
    const struct id conversation = r->conversation;

    *r = (struct reading){.s = NULL};
    if (s->set.read != NULL)
        s->set.read(&conversation, good, s->set.arg);
    sync_reading_ended(s, good);
}

static void on_kept(enum store_result result, const union store_out *out, void *arg)
{
    struct reading *r = arg;
    struct sync *s = r->s;

    r->op = NULL;
    if (result == STORE_OK) {
        const struct store_synced *synced = &out->synced;

        if (synced->added > 0 || synced->edited_count > 0)
            s->moved_ms = env_mono_ms(s->set.env);
        if (synced->edited_count > 0 && s->set.edited != NULL)
            s->set.edited(&r->conversation, synced->edited, synced->edited_count, s->set.arg);
        if (s->set.changed != NULL)
            s->set.changed(&r->conversation, s->set.arg);
    } else if (result != STORE_CONFLICT) { /* a send is under way: it stays due */
        log_event(LOG_ERROR, "sync", "comments", LOG_S("result", store_result_name(result)));
    }
    end(r, result == STORE_OK || result == STORE_CONFLICT);
}

static void on_gone_kept(enum store_result result, const union store_out *out, void *arg)
{
    struct reading *r = arg;
    struct sync *s = r->s;

    r->op = NULL;
    if (result == STORE_OK && !id_is_none(&out->gone.conversation) && s->set.changed != NULL)
        s->set.changed(&out->gone.conversation, s->set.arg);
    end(r, true);
}

static void on_checked(enum store_result result, const union store_out *out, void *arg)
{
    struct reading *r = arg;

    r->op = NULL;
    if (result == STORE_OK)
        sync_tell(r->s, &out->sync_seen);
    end(r, result == STORE_OK);
}

/* Comments of a ticket that cannot be seen are one thing, a ticket that is not there another. */
static void on_ticket(const struct psa_result *result, void *arg)
{
    struct reading *r = arg;
    struct sync *s = r->s;

    r->call = NULL;
    if (result->verdict.outcome == PSA_DONE && r->is_check) {
        r->op = sync_keep(s, result, on_checked, r);
        return;
    }
    if (result->verdict.outcome == PSA_DONE || !result->gone) {
        end(r, false);
        return;
    }
    const struct store_sync_gone in = {.account = s->account,
                                       .ticket = r->ticket,
                                       .event = env_new_id(s->set.env),
                                       .text = PSA_GONE_TEXT,
                                       .now_ms = env_now_ms(s->set.env)};
    r->op = store_sync_gone(s->set.store, &in, on_gone_kept, r);
}

static void keep(struct reading *r, const struct psa_result *result)
{
    struct sync *s = r->s;
    struct store_psa_comment *rows = calloc(result->count + 1, sizeof(*rows));
    const struct store_sync_comments in = {.conversation = r->conversation,
                                           .account = s->account,
                                           .ticket = r->ticket,
                                           .updated_ms = r->updated_ms,
                                           .rows = rows,
                                           .count = result->count,
                                           .complete = !result->more,
                                           .began_ms = r->began_ms,
                                           .now_ms = env_now_ms(s->set.env)};

    if (rows == NULL)
        abort();
    for (size_t i = 0; i < result->count; i++) {
        const struct psa_comment *c = &result->comments[i];

        rows[i] = (struct store_psa_comment){.id = c->id,
                                             .created_ms = c->created_ms,
                                             .subject = c->subject,
                                             .body = c->body,
                                             .name = c->name,
                                             .hidden = c->hidden,
                                             .by_staff = c->by_staff,
                                             .message = env_new_id(s->set.env)};
    }
    r->op = store_sync_comments(s->set.store, &in, on_kept, r);
    free(rows);
}

static void on_comments(const struct psa_result *result, void *arg)
{
    struct reading *r = arg;
    struct psa_connector *c = r->s->set.connector;

    r->call = NULL;
    if (result->verdict.outcome == PSA_DONE)
        keep(r, result);
    else if (result->gone)
        r->call = c->ops->ticket(c, r->ticket, r->class, on_ticket, r);
    else
        end(r, false);
}

/* NULL: there is no place, or it is being read. */
static struct reading *find_place(struct sync *s, const struct store_sync_due_row *row,
                                  enum budget_class class)
{
    struct reading *r = NULL;

    for (size_t i = 0; i < SYNC_READINGS; i++) {
        if (s->readings[i].s == NULL)
            r = &s->readings[i];
        else if (id_equal(&s->readings[i].conversation, &row->conversation))
            return NULL;
    }
    if (r == NULL || s->stopped)
        return NULL;
    *r = (struct reading){.s = s,
                          .conversation = row->conversation,
                          .ticket = row->ticket,
                          .updated_ms = row->updated_ms,
                          .began_ms = env_now_ms(s->set.env),
                          .class = class};
    return r;
}

bool sync_read_start(struct sync *s, const struct store_sync_due_row *row, enum budget_class class)
{
    struct reading *r = find_place(s, row, class);

    if (r == NULL)
        return false;
    r->call = s->set.connector->ops->comments(s->set.connector, row->ticket, class, on_comments, r);
    return true;
}

void sync_check_start(struct sync *s, const struct store_sync_due_row *row)
{
    struct psa_connector *c = s->set.connector;
    struct reading *r = find_place(s, row, BUDGET_BACKGROUND);

    if (r == NULL)
        return;
    r->is_check = true;
    r->call = c->ops->ticket(c, row->ticket, r->class, on_ticket, r);
}

size_t sync_readings(const struct sync *s)
{
    size_t n = 0;

    for (size_t i = 0; i < SYNC_READINGS; i++)
        n += s->readings[i].s != NULL;
    return n;
}

void sync_reading_cancel(struct reading *r)
{
    if (r->s == NULL)
        return;
    store_cancel(r->s->set.store, &r->op);
    psa_cancel(r->s->set.connector, &r->call);
    *r = (struct reading){.s = NULL};
}

void sync_read(struct sync *s, const struct id *conversation, int64_t ticket)
{
    /* The time is not known here: should the ticket have changed meanwhile it is read once more. */
    const struct store_sync_due_row row = {.conversation = *conversation, .ticket = ticket};

    if (!sync_read_start(s, &row, BUDGET_INTERACTIVE))
        sync_hint(s, ticket);
}

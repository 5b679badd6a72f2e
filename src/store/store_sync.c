/* The public face of what store/sync.h is about. */
#include <assert.h>
#include <string.h>

#include "base/str.h"
#include "store/op_private.h"

#define TEXT(field) store_op_text(op, &op->in.field, STORE_TEXT_MAX)

/* What comes from the PSA is cut where it is longer than it should be. */
static void cut(struct store_op *op, const char **text, size_t max)
{
    const char *from = *text != NULL ? *text : "";

    *text = arena_strndup(op->arena, from, str_cut_utf8(from, strlen(from), max));
    assert(*text != NULL);
}

void store_op_cut_ticket(struct store_op *op, struct store_psa_ticket *t)
{
    cut(op, &t->number, 64);
    cut(op, &t->subject, STORE_TEXT_MAX);
    cut(op, &t->status, 128);
    cut(op, &t->priority, 128);
    cut(op, &t->assignee, 128);
    cut(op, &t->contact_name, 128);
    cut(op, &t->issue_type, 128);
}

struct store_op *store_sync_tickets(struct store *s, const struct store_sync_tickets *in,
                                    store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_SYNC_TICKETS, fn, arg);
    struct store_psa_ticket *rows =
        arena_alloc(op->arena, (in->count + 1) * sizeof(struct store_psa_ticket));

    assert(in->count <= STORE_SYNC_TICKETS && rows != NULL);
    op->in.sync_tickets = *in;
    TEXT(sync_tickets.account);
    TEXT(sync_tickets.reopen);
    for (size_t i = 0; i < in->count; i++) {
        rows[i] = in->rows[i];
        store_op_cut_ticket(op, &rows[i]);
    }
    op->in.sync_tickets.rows = rows;
    return store_op_submit(s, op);
}

struct store_op *store_sync_due(struct store *s, const char *account, size_t limit, store_fn *fn,
                                void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_SYNC_DUE, fn, arg);

    op->in.sync_due.account = account;
    op->in.sync_due.limit = limit < STORE_READ_MAX ? limit : STORE_READ_MAX;
    TEXT(sync_due.account);
    return store_op_submit(s, op);
}

struct store_op *store_sync_stale(struct store *s, const char *account, int64_t before_ms,
                                  int64_t now_ms, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_SYNC_STALE, fn, arg);

    op->in.sync_stale = (struct store_in_stale){account, before_ms, now_ms};
    TEXT(sync_stale.account);
    return store_op_submit(s, op);
}

struct store_op *store_sync_hint(struct store *s, const char *account, int64_t ticket,
                                 int64_t comment, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_SYNC_HINT, fn, arg);

    op->in.sync_hint = (struct store_in_hint){account, ticket, comment};
    TEXT(sync_hint.account);
    return store_op_submit(s, op);
}

struct store_op *store_sync_comments(struct store *s, const struct store_sync_comments *in,
                                     store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_SYNC_COMMENTS, fn, arg);
    struct store_psa_comment *rows =
        arena_alloc(op->arena, (in->count + 1) * sizeof(struct store_psa_comment));
    size_t bytes = 0;

    assert(in->count <= STORE_SYNC_COMMENTS && rows != NULL);
    op->in.sync_comments = *in;
    TEXT(sync_comments.account);
    for (size_t i = 0; i < in->count; i++) {
        /* All of them together fit in the operation's arena. */
        const size_t room = bytes < STORE_SYNC_BYTES ? STORE_BODY_MAX : 1000;

        rows[i] = in->rows[i];
        cut(op, &rows[i].subject, STORE_TEXT_MAX);
        cut(op, &rows[i].body, room);
        cut(op, &rows[i].name, 128);
        bytes += strlen(rows[i].body);
    }
    op->in.sync_comments.rows = rows;
    return store_op_submit(s, op);
}

struct store_op *store_sync_gone(struct store *s, const struct store_sync_gone *in, store_fn *fn,
                                 void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_SYNC_GONE, fn, arg);

    op->in.sync_gone = *in;
    TEXT(sync_gone.account);
    TEXT(sync_gone.text);
    return store_op_submit(s, op);
}

struct store_op *store_ticket_adopt(struct store *s, const struct store_ticket_adopt *in,
                                    store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_TICKET_ADOPT, fn, arg);

    assert(in->reference[0] != '\0' && (in->asker.is_staff || in->asker.now_ms > 0));
    op->in.ticket_adopt = *in;
    TEXT(ticket_adopt.account);
    return store_op_submit(s, op);
}

struct store_op *store_history(struct store *s, const struct store_history *in, store_fn *fn,
                               void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_HISTORY, fn, arg);

    op->in.history = *in;
    TEXT(history.account);
    return store_op_submit(s, op);
}

/* The public face of what store/people.h is about. */
#include <assert.h>
#include <string.h>

#include "store/op_private.h"

#define TEXT(field) store_op_text(op, &op->in.field, STORE_TEXT_MAX)

static bool is_whole(const struct store_asker *asker)
{
    return asker->is_staff || asker->now_ms > 0;
}

struct store_op *store_conversation_open(struct store *s, const struct store_conversation_open *in,
                                         store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_CONVERSATION_OPEN, fn, arg);

    assert(is_whole(&in->asker));
    op->in.conversation_open = *in;
    TEXT(conversation_open.account);
    return store_op_submit(s, op);
}

struct store_op *store_ticket_list(struct store *s, const struct store_ticket_list *in,
                                   store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_TICKET_LIST, fn, arg);

    assert(!in->asker.is_staff && in->asker.now_ms > 0);
    op->in.ticket_list = *in;
    TEXT(ticket_list.account);
    store_op_text(op, &op->in.ticket_list.query, STORE_QUERY_MAX);
    TEXT(ticket_list.before_key);
    if (in->limit > STORE_READ_MAX)
        op->in.ticket_list.limit = STORE_READ_MAX;
    return store_op_submit(s, op);
}

struct store_op *store_read_mark(struct store *s, const struct store_read_mark *in, store_fn *fn,
                                 void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_READ_MARK, fn, arg);

    assert(!in->asker.is_staff && in->asker.now_ms > 0);
    op->in.read_mark = *in;
    return store_op_submit(s, op);
}

struct store_op *store_unread(struct store *s, const struct store_unread_read *in, store_fn *fn,
                              void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_UNREAD, fn, arg);

    assert(!in->asker.is_staff && in->asker.now_ms > 0);
    op->in.unread = *in;
    TEXT(unread.account);
    return store_op_submit(s, op);
}

struct store_op *store_ticket_decide(struct store *s, const struct store_ticket_decide *in,
                                     store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_TICKET_DECIDE, fn, arg);

    assert(!in->asker.is_staff && in->asker.now_ms > 0);
    op->in.ticket_decide = *in;
    TEXT(ticket_decide.text);
    TEXT(ticket_decide.payload);
    TEXT(ticket_decide.sender);
    TEXT(ticket_decide.client_id);
    return store_op_submit(s, op);
}

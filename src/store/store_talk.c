/* The public face of what store/talk.h is about. */
#include <assert.h>

#include "store/op_private.h"

struct store_op *store_draft_put(struct store *s, const struct store_draft *in, store_fn *fn,
                                 void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_DRAFT_PUT, fn, arg);

    op->in.draft_put = *in;
    store_op_text(op, &op->in.draft_put.text, STORE_BODY_MAX);
    return store_op_submit(s, op);
}

struct store_op *store_talk_read(struct store *s, const struct id *conversation,
                                 const struct id *staff, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_TALK_READ, fn, arg);

    op->in.talk_read = (struct store_talk_read){.conversation = *conversation, .staff = *staff};
    return store_op_submit(s, op);
}

struct store_op *store_staff_read(struct store *s, const struct store_talk_read *in, store_fn *fn,
                                  void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_STAFF_READ, fn, arg);

    op->in.staff_read = *in;
    return store_op_submit(s, op);
}

struct store_op *store_staff_marks(struct store *s, const struct id *staff, size_t limit,
                                   store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_STAFF_MARKS, fn, arg);

    assert(limit <= STORE_READ_MAX);
    op->in.staff_marks = (struct store_in_staff){.staff = *staff, .limit = limit};
    return store_op_submit(s, op);
}

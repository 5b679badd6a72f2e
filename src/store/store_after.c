/* The public face of what store/after.h is about. */
#include <assert.h>

#include "store/op_private.h"

static struct store_op *after(struct store *s, enum store_op_kind kind,
                              const struct store_after *in, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(kind, fn, arg);

    assert(in->asker.is_staff == !id_is_none(&in->by));
    assert(in->asker.is_staff || in->asker.now_ms > 0);
    op->in.rate = *in; /* both have the same input */
    store_op_text(op, &op->in.rate.name, STORE_TEXT_MAX);
    store_op_text(op, &op->in.rate.client_id, STORE_TEXT_MAX);
    store_op_text(op, &op->in.rate.comment, STORE_RATING_COMMENT_MAX);
    return store_op_submit(s, op);
}

struct store_op *store_rate(struct store *s, const struct store_after *in, store_fn *fn, void *arg)
{
    assert(in->score >= 1 && in->score <= 5);
    return after(s, STORE_OP_RATE, in, fn, arg);
}

struct store_op *store_transcript(struct store *s, const struct store_after *in, store_fn *fn,
                                  void *arg)
{
    return after(s, STORE_OP_TRANSCRIPT, in, fn, arg);
}

/* The public face of what store/canned.h is about. */
#include <assert.h>

#include "store/op_private.h"

struct store_op *store_canned_list(struct store *s, const struct store_canned_read *in,
                                   store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_CANNED_LIST, fn, arg);

    assert(in->limit <= STORE_READ_MAX);
    op->in.canned_list = *in;
    return store_op_submit(s, op);
}

struct store_op *store_canned_put(struct store *s, const struct store_canned_put *in, store_fn *fn,
                                  void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_CANNED_PUT, fn, arg);

    op->in.canned_put = *in;
    store_op_text(op, &op->in.canned_put.shortcut, STORE_CANNED_WORD_MAX);
    store_op_text(op, &op->in.canned_put.name, STORE_CANNED_NAME_MAX);
    store_op_text(op, &op->in.canned_put.text, STORE_CANNED_TEXT_MAX);
    store_op_audit(op, &op->in.canned_put.audit);
    return store_op_submit(s, op);
}

struct store_op *store_canned_remove(struct store *s, const struct store_canned_remove *in,
                                     store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_CANNED_REMOVE, fn, arg);

    op->in.canned_remove = *in;
    store_op_audit(op, &op->in.canned_remove.audit);
    return store_op_submit(s, op);
}

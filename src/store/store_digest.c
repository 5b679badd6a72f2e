/* The public face of what store/digest.h is about. */
#include "store/op_private.h"

struct store_op *store_digest_list(struct store *s, store_fn *fn, void *arg)
{
    return store_op_submit(s, store_op_new(STORE_OP_DIGEST_LIST, fn, arg));
}

struct store_op *store_digest_send(struct store *s, const struct store_digest_send *in,
                                   store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_DIGEST_SEND, fn, arg);

    op->in.digest_send = *in;
    return store_op_submit(s, op);
}

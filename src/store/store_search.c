/* The public face of what store/search.h is about. */
#include "store/op_private.h"

struct store_op *store_search(struct store *s, const struct store_search *in, store_fn *fn,
                              void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_SEARCH, fn, arg);

    op->in.search = *in;
    store_op_text(op, &op->in.search.query, STORE_QUERY_MAX);
    if (in->limit > STORE_FOUND_MAX)
        op->in.search.limit = STORE_FOUND_MAX;
    return store_op_submit(s, op);
}

struct store_op *store_search_due(struct store *s, store_fn *fn, void *arg)
{
    return store_op_submit(s, store_op_new(STORE_OP_SEARCH_DUE, fn, arg));
}

struct store_op *store_search_index(struct store *s, store_fn *fn, void *arg)
{
    return store_op_submit(s, store_op_new(STORE_OP_SEARCH_INDEX, fn, arg));
}

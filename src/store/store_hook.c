/* The public face of what store/hook.h is about. */
#include <assert.h>

#include "store/op_private.h"

#define TEXT(field) store_op_text(op, &op->in.field, STORE_TEXT_MAX)

struct store_op *store_hook_list(struct store *s, store_fn *fn, void *arg)
{
    return store_op_submit(s, store_op_new(STORE_OP_HOOK_LIST, fn, arg));
}

struct store_op *store_hook_put(struct store *s, const struct store_hook_put *in, store_fn *fn,
                                void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_HOOK_PUT, fn, arg);

    op->in.hook_put = *in;
    TEXT(hook_put.url);
    TEXT(hook_put.events);
    TEXT(hook_put.sealed);
    store_op_audit(op, &op->in.hook_put.audit);
    return store_op_submit(s, op);
}

struct store_op *store_hook_remove(struct store *s, const struct store_hook_do *in, store_fn *fn,
                                   void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_HOOK_REMOVE, fn, arg);

    op->in.hook_remove = *in;
    store_op_audit(op, &op->in.hook_remove.audit);
    return store_op_submit(s, op);
}

struct store_op *store_hook_try(struct store *s, const struct store_hook_do *in, store_fn *fn,
                                void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_HOOK_TRY, fn, arg);

    op->in.hook_try = *in;
    store_op_audit(op, &op->in.hook_try.audit);
    return store_op_submit(s, op);
}

struct store_op *store_hook_begin(struct store *s, store_fn *fn, void *arg)
{
    return store_op_submit(s, store_op_new(STORE_OP_HOOK_BEGIN, fn, arg));
}

struct store_op *store_hook_due(struct store *s, int64_t now_ms, size_t limit, store_fn *fn,
                                void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_HOOK_DUE, fn, arg);

    assert(limit <= STORE_READ_MAX);
    op->in.hook_due = (struct store_in_limit){.limit = limit, .now_ms = now_ms};
    return store_op_submit(s, op);
}

struct store_op *store_delivery_take(struct store *s, int64_t n, int64_t now_ms, store_fn *fn,
                                     void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_DELIVERY_TAKE, fn, arg);

    op->in.delivery_take = (struct store_hook_do){.delivery = n, .now_ms = now_ms};
    return store_op_submit(s, op);
}

struct store_op *store_delivery_finish(struct store *s, const struct store_delivery_finish *in,
                                       store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_DELIVERY_FINISH, fn, arg);

    op->in.delivery_finish = *in;
    TEXT(delivery_finish.reason);
    return store_op_submit(s, op);
}

struct store_op *store_delivery_list(struct store *s, const struct store_delivery_read *in,
                                     store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_DELIVERY_LIST, fn, arg);

    assert(in->limit <= STORE_READ_MAX);
    op->in.delivery_list = *in;
    return store_op_submit(s, op);
}

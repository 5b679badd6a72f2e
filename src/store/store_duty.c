/* The public face of what store/duty.h is about. */
#include <assert.h>

#include "store/op_private.h"

#define TEXT(field) store_op_text(op, &op->in.field, STORE_TEXT_MAX)

struct store_op *store_duty_look(struct store *s, int64_t now_ms, size_t skip, size_t limit,
                                 store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_DUTY_LOOK, fn, arg);

    assert(limit <= STORE_READ_MAX);
    op->in.duty_look = (struct store_in_limit){.limit = limit, .skip = skip, .now_ms = now_ms};
    return store_op_submit(s, op);
}

struct store_op *store_duty_samples(struct store *s, int64_t since_ms, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_DUTY_SAMPLES, fn, arg);

    op->in.duty_samples = (struct store_in_limit){.limit = STORE_DUTY_SAMPLES, .now_ms = since_ms};
    return store_op_submit(s, op);
}

struct store_op *store_duty_tell(struct store *s, const struct store_duty_tell *in, store_fn *fn,
                                 void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_DUTY_TELL, fn, arg);

    assert(in->to_count <= STORE_DUTY_EMAILS && (in->escalate || in->to_count == 0));
    op->in.duty_tell = *in;
    store_op_text(op, &op->in.duty_tell.text, STORE_BODY_MAX);
    for (size_t i = 0; i < in->to_count; i++)
        TEXT(duty_tell.to[i]);
    return store_op_submit(s, op);
}

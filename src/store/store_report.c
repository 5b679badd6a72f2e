/* The public face of what store/report.h is about. */
#include "store/op_private.h"

struct store_op *store_report(struct store *s, const struct store_report_read *in, store_fn *fn,
                              void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_REPORT, fn, arg);

    op->in.report = *in;
    store_op_text(op, &op->in.report.zone, STORE_TEXT_MAX);
    return store_op_submit(s, op);
}

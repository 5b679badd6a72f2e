/* The public face of what store/mail.h is about. */
#include <assert.h>

#include "store/op_private.h"

#define TEXT(field) store_op_text(op, &op->in.field, STORE_TEXT_MAX)

void store_op_mail(struct store_op *op, struct store_mail *mail)
{
    assert(mail->kind == 0 || mail->kind == STORE_MAIL_CODE || mail->kind == STORE_MAIL_TEST);
    store_op_text(op, &mail->to, STORE_TEXT_MAX);
    store_op_text(op, &mail->sealed, STORE_MAIL_SEALED_MAX);
}

struct store_op *store_mail_add(struct store *s, const struct store_mail_add *in, store_fn *fn,
                                void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_MAIL_ADD, fn, arg);

    op->in.mail_add = *in;
    store_op_mail(op, &op->in.mail_add.mail);
    store_op_audit(op, &op->in.mail_add.audit);
    return store_op_submit(s, op);
}

struct store_op *store_mail_begin(struct store *s, const struct store_mail_begin *in, store_fn *fn,
                                  void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_MAIL_BEGIN, fn, arg);

    op->in.mail_begin = *in;
    return store_op_submit(s, op);
}

struct store_op *store_mail_due(struct store *s, int64_t now_ms, size_t limit, store_fn *fn,
                                void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_MAIL_DUE, fn, arg);

    assert(limit <= STORE_READ_MAX);
    op->in.mail_due = (struct store_in_limit){.limit = limit, .now_ms = now_ms};
    return store_op_submit(s, op);
}

struct store_op *store_mail_take(struct store *s, int64_t id, int64_t now_ms, store_fn *fn,
                                 void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_MAIL_TAKE, fn, arg);

    op->in.mail_take = (struct store_in_mail){.id = id, .now_ms = now_ms};
    return store_op_submit(s, op);
}

struct store_op *store_mail_finish(struct store *s, const struct store_mail_finish *in,
                                   store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_MAIL_FINISH, fn, arg);

    op->in.mail_finish = *in;
    TEXT(mail_finish.reason);
    return store_op_submit(s, op);
}

struct store_op *store_mail_overview(struct store *s, const char *test_to, int64_t now_ms,
                                     size_t limit, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_MAIL_OVERVIEW, fn, arg);

    assert(limit <= STORE_READ_MAX);
    op->in.mail_overview = (struct store_in_mail){.to = test_to, .now_ms = now_ms, .limit = limit};
    TEXT(mail_overview.to);
    return store_op_submit(s, op);
}

struct store_op *store_mail_decide(struct store *s, const struct store_mail_decide *in,
                                   store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_MAIL_DECIDE, fn, arg);

    op->in.mail_decide = *in;
    store_op_audit(op, &op->in.mail_decide.audit);
    return store_op_submit(s, op);
}

struct store_op *store_mail_off(struct store *s, const struct store_mail_off *in, store_fn *fn,
                                void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_MAIL_OFF, fn, arg);

    op->in.mail_off = *in;
    return store_op_submit(s, op);
}

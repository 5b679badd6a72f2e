/* The public face of the operations on staff. */
#include <assert.h>
#include <string.h>

#include "base/str.h"
#include "store/op_private.h"

#define TEXT(field) store_op_text(op, &op->in.field, STORE_TEXT_MAX)

/* Emails are kept and compared in lower case. */
static void email(struct store_op *op, const char **text)
{
    store_op_text(op, text, STORE_TEXT_MAX);
    str_lower((char *)(uintptr_t)*text); /* our own copy */
}

static void session(struct store_op *op, struct store_session_new *in)
{
    store_op_text(op, &in->address, STORE_TEXT_MAX);
    store_op_text(op, &in->agent, STORE_TEXT_MAX);
}

struct store_op *store_staff_add(struct store *s, const struct store_staff_add *in, store_fn *fn,
                                 void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_STAFF_ADD, fn, arg);

    assert(in->role == STORE_ADMIN || in->role == STORE_TECHNICIAN);
    op->in.staff_add = *in;
    TEXT(staff_add.name);
    email(op, &op->in.staff_add.email);
    store_op_audit(op, &op->in.staff_add.audit);
    return store_op_submit(s, op);
}

struct store_op *store_staff_change(struct store *s, const struct store_staff_change *in,
                                    store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_STAFF_CHANGE, fn, arg);

    op->in.staff_change = *in;
    email(op, &op->in.staff_change.who.email);
    TEXT(staff_change.name);
    store_op_audit(op, &op->in.staff_change.audit);
    return store_op_submit(s, op);
}

struct store_op *store_staff_reset(struct store *s, const struct store_staff_reset *in,
                                   store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_STAFF_RESET, fn, arg);

    op->in.staff_reset = *in;
    email(op, &op->in.staff_reset.who.email);
    store_op_audit(op, &op->in.staff_reset.audit);
    return store_op_submit(s, op);
}

struct store_op *store_staff_get(struct store *s, const struct store_staff_key *who, store_fn *fn,
                                 void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_STAFF_GET, fn, arg);

    op->in.staff_get = *who;
    email(op, &op->in.staff_get.email);
    return store_op_submit(s, op);
}

struct store_op *store_staff_list(struct store *s, store_fn *fn, void *arg)
{
    return store_op_submit(s, store_op_new(STORE_OP_STAFF_LIST, fn, arg));
}

struct store_op *store_staff_counts(struct store *s, store_fn *fn, void *arg)
{
    return store_op_submit(s, store_op_new(STORE_OP_STAFF_COUNTS, fn, arg));
}

struct store_op *store_setup_link(struct store *s, const struct store_setup_link *in, store_fn *fn,
                                  void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_SETUP_LINK, fn, arg);

    op->in.setup_link = *in;
    return store_op_submit(s, op);
}

struct store_op *store_link_read(struct store *s, const uint8_t hash[STORE_HASH_SIZE],
                                 int64_t now_ms, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_LINK_READ, fn, arg);

    memcpy(op->in.link_read.hash, hash, STORE_HASH_SIZE);
    op->in.link_read.now_ms = now_ms;
    return store_op_submit(s, op);
}

struct store_op *store_link_use(struct store *s, const struct store_link_use *in, store_fn *fn,
                                void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_LINK_USE, fn, arg);

    op->in.link_use = *in;
    TEXT(link_use.password);
    TEXT(link_use.name);
    email(op, &op->in.link_use.email);
    session(op, &op->in.link_use.session);
    store_op_audit(op, &op->in.link_use.audit);
    return store_op_submit(s, op);
}

static void oidc(struct store_op *op, struct store_oidc *in)
{
    store_op_text(op, &in->issuer, STORE_TEXT_MAX);
    store_op_text(op, &in->subject, STORE_TEXT_MAX);
}

struct store_op *store_oidc_find(struct store *s, const struct store_oidc_find *in, store_fn *fn,
                                 void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_OIDC_FIND, fn, arg);

    op->in.oidc_find = *in;
    oidc(op, &op->in.oidc_find.who);
    email(op, &op->in.oidc_find.email);
    return store_op_submit(s, op);
}

struct store_op *store_sign_in(struct store *s, const struct store_sign_in *in, store_fn *fn,
                               void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_SIGN_IN, fn, arg);

    op->in.sign_in = *in;
    TEXT(sign_in.password);
    oidc(op, &op->in.sign_in.oidc);
    session(op, &op->in.sign_in.session);
    store_op_audit(op, &op->in.sign_in.audit);
    store_op_audit(op, &op->in.sign_in.used);
    return store_op_submit(s, op);
}

struct store_op *store_session_check(struct store *s, const uint8_t hash[STORE_HASH_SIZE],
                                     int64_t now_ms, int64_t idle_ms, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_SESSION_CHECK, fn, arg);

    memcpy(op->in.session_check.hash, hash, STORE_HASH_SIZE);
    op->in.session_check.now_ms = now_ms;
    op->in.session_check.idle_ms = idle_ms;
    return store_op_submit(s, op);
}

struct store_op *store_session_seen(struct store *s, const uint8_t hash[STORE_HASH_SIZE],
                                    int64_t now_ms, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_SESSION_SEEN, fn, arg);

    memcpy(op->in.session_seen.hash, hash, STORE_HASH_SIZE);
    op->in.session_seen.now_ms = now_ms;
    return store_op_submit(s, op);
}

struct store_op *store_session_end(struct store *s, const struct store_session_end *in,
                                   store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_SESSION_END, fn, arg);

    assert(!in->all || !id_is_none(&in->staff));
    op->in.session_end = *in;
    store_op_audit(op, &op->in.session_end.audit);
    return store_op_submit(s, op);
}

struct store_op *store_session_list(struct store *s, const struct id *staff, int64_t now_ms,
                                    int64_t idle_ms, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_SESSION_LIST, fn, arg);

    op->in.session_list.staff = *staff;
    op->in.session_list.now_ms = now_ms;
    op->in.session_list.idle_ms = idle_ms;
    return store_op_submit(s, op);
}

struct store_op *store_password_set(struct store *s, const struct store_password_set *in,
                                    store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_PASSWORD_SET, fn, arg);

    op->in.password_set = *in;
    TEXT(password_set.old);
    TEXT(password_set.password);
    store_op_audit(op, &op->in.password_set.audit);
    return store_op_submit(s, op);
}

struct store_op *store_totp_set(struct store *s, const struct store_totp_set *in, store_fn *fn,
                                void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_TOTP_SET, fn, arg);

    assert(in->recovery_count <= STORE_RECOVERY_MAX);
    op->in.totp_set = *in;
    TEXT(totp_set.totp);
    store_op_audit(op, &op->in.totp_set.audit);
    return store_op_submit(s, op);
}

struct store_op *store_audit_add(struct store *s, const struct store_audit *in, store_fn *fn,
                                 void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_AUDIT_ADD, fn, arg);

    op->in.audit_add = *in;
    store_op_audit(op, &op->in.audit_add);
    return store_op_submit(s, op);
}

struct store_op *store_audit_read(struct store *s, const struct store_audit_read *in, store_fn *fn,
                                  void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_AUDIT_READ, fn, arg);

    op->in.audit_read = *in;
    TEXT(audit_read.action);
    TEXT(audit_read.who);
    if (in->limit > STORE_READ_MAX)
        op->in.audit_read.limit = STORE_READ_MAX;
    return store_op_submit(s, op);
}

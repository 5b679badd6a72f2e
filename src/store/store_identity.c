/* The public face of what store/identity.h is about. */
#include <assert.h>
#include <string.h>

#include "store/op_private.h"

#define TEXT(field) store_op_text(op, &op->in.field, STORE_TEXT_MAX)

struct store_op *store_site_list(struct store *s, store_fn *fn, void *arg)
{
    return store_op_submit(s, store_op_new(STORE_OP_SITE_LIST, fn, arg));
}

struct store_op *store_site_add(struct store *s, const struct store_site_add *in, store_fn *fn,
                                void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_SITE_ADD, fn, arg);

    op->in.site_add = *in;
    TEXT(site_add.key);
    TEXT(site_add.name);
    TEXT(site_add.algorithm);
    store_op_text(op, &op->in.site_add.secret.kept, STORE_KEPT_MAX);
    TEXT(site_add.secret.hint);
    store_op_audit(op, &op->in.site_add.audit);
    return store_op_submit(s, op);
}

struct store_op *store_site_remove(struct store *s, const struct store_site_remove *in,
                                   store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_SITE_REMOVE, fn, arg);

    op->in.site_remove = *in;
    TEXT(site_remove.key);
    store_op_audit(op, &op->in.site_remove.audit);
    return store_op_submit(s, op);
}

struct store_op *store_code_ask(struct store *s, const struct store_code_ask *in, store_fn *fn,
                                void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_CODE_ASK, fn, arg);

    assert(in->expires_ms > in->now_ms);
    op->in.code_ask = *in;
    TEXT(code_ask.issuer);
    TEXT(code_ask.subject);
    TEXT(code_ask.email);
    store_op_mail(op, &op->in.code_ask.mail);
    return store_op_submit(s, op);
}

struct store_op *store_person_verify(struct store *s, const struct store_person_verify *in,
                                     store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_PERSON_VERIFY, fn, arg);

    assert(in->expires_ms > in->now_ms && !id_is_none(&in->person));
    op->in.person_verify = *in;
    TEXT(person_verify.code_email);
    TEXT(person_verify.issuer);
    TEXT(person_verify.subject);
    TEXT(person_verify.email);
    TEXT(person_verify.name);
    TEXT(person_verify.via);
    TEXT(person_verify.agent);
    return store_op_submit(s, op);
}

struct store_op *store_person_language(struct store *s, const struct store_person_language *in,
                                       store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_PERSON_LANGUAGE, fn, arg);

    op->in.person_language = *in;
    return store_op_submit(s, op);
}

struct store_op *store_visitor_seen(struct store *s, const struct store_visitor_seen *in,
                                    store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_VISITOR_SEEN, fn, arg);

    op->in.visitor_seen = *in;
    return store_op_submit(s, op);
}

struct store_op *store_visitor_check(struct store *s, const uint8_t hash[STORE_HASH_SIZE],
                                     int64_t now_ms, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_VISITOR_CHECK, fn, arg);

    memcpy(op->in.visitor_check.hash, hash, STORE_HASH_SIZE);
    op->in.visitor_check.now_ms = now_ms;
    return store_op_submit(s, op);
}

struct store_op *store_visitor_end(struct store *s, const struct store_visitor_end *in,
                                   store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_VISITOR_END, fn, arg);

    op->in.visitor_end = *in;
    store_op_audit(op, &op->in.visitor_end.audit);
    return store_op_submit(s, op);
}

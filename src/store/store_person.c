/* The public face of what store/person.h is about. */
#include <assert.h>
#include <string.h>

#include "store/op_private.h"

#define TEXT(field) store_op_text(op, &op->in.field, STORE_TEXT_MAX)
#define BODY(field) store_op_text(op, &op->in.field, STORE_BODY_MAX)

static size_t limit_of(size_t limit)
{
    return limit < STORE_READ_MAX ? limit : STORE_READ_MAX;
}

struct store_op *store_person_matched(struct store *s, const struct store_person_matched *in,
                                      store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_PERSON_MATCHED, fn, arg);

    op->in.person_matched = *in;
    TEXT(person_matched.account);
    TEXT(person_matched.email);
    TEXT(person_matched.company);
    BODY(person_matched.candidates);
    return store_op_submit(s, op);
}

static struct store_op *by_key(struct store *s, enum store_op_kind kind,
                               const struct store_person_key *who, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(kind, fn, arg);

    op->in.person_look = *who; /* all of them have the same input */
    TEXT(person_look.account);
    return store_op_submit(s, op);
}

struct store_op *store_person_look(struct store *s, const struct store_person_key *who,
                                   store_fn *fn, void *arg)
{
    return by_key(s, STORE_OP_PERSON_LOOK, who, fn, arg);
}

struct store_op *store_person_doubt(struct store *s, const struct store_person_key *who,
                                    store_fn *fn, void *arg)
{
    return by_key(s, STORE_OP_PERSON_DOUBT, who, fn, arg);
}

struct store_op *store_person_choose(struct store *s, const struct store_person_choose *in,
                                     store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_PERSON_CHOOSE, fn, arg);

    assert(in->choice != STORE_CHOOSE || in->psa_customer > 0);
    op->in.person_choose = *in;
    TEXT(person_choose.account);
    TEXT(person_choose.company);
    store_op_audit(op, &op->in.person_choose.audit);
    return store_op_submit(s, op);
}

struct store_op *store_person_change(struct store *s, const struct store_person_change *in,
                                     store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_PERSON_CHANGE, fn, arg);

    op->in.person_change = *in;
    store_op_audit(op, &op->in.person_change.audit);
    return store_op_submit(s, op);
}

struct store_op *store_person_erase(struct store *s, const struct store_person_erase *in,
                                    store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_PERSON_ERASE, fn, arg);

    op->in.person_erase = *in;
    TEXT(person_erase.email);
    TEXT(person_erase.said);
    store_op_audit(op, &op->in.person_erase.audit);
    return store_op_submit(s, op);
}

struct store_op *store_people_read(struct store *s, const struct store_people_read *in,
                                   store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_PEOPLE_READ, fn, arg);

    op->in.people_read = *in;
    TEXT(people_read.account);
    store_op_text(op, &op->in.people_read.query, STORE_QUERY_MAX);
    op->in.people_read.limit = limit_of(in->limit);
    return store_op_submit(s, op);
}

struct store_op *store_person_read(struct store *s, const struct store_person_key *who,
                                   int64_t now_ms, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_PERSON_READ, fn, arg);

    op->in.person_read = (struct store_in_person){who->person, who->account, now_ms};
    TEXT(person_read.account);
    return store_op_submit(s, op);
}

struct store_op *store_person_said(struct store *s, const struct store_person_said *in,
                                   store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_PERSON_SAID, fn, arg);

    op->in.person_said = *in;
    op->in.person_said.limit = limit_of(in->limit);
    return store_op_submit(s, op);
}

struct store_op *store_attention_read(struct store *s, const struct store_attention_read *in,
                                      store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_ATTENTION_READ, fn, arg);

    op->in.attention_read = *in;
    TEXT(attention_read.account);
    op->in.attention_read.limit = limit_of(in->limit);
    return store_op_submit(s, op);
}

static struct store_op *domain(struct store *s, enum store_op_kind kind,
                               const struct store_domain *in, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(kind, fn, arg);

    op->in.domain_put = *in; /* all of them have the same input */
    TEXT(domain_put.account);
    store_op_text(op, &op->in.domain_put.domain, STORE_DOMAIN_BYTES);
    TEXT(domain_put.company);
    store_op_audit(op, &op->in.domain_put.audit);
    return store_op_submit(s, op);
}

struct store_op *store_domain_list(struct store *s, const char *account, store_fn *fn, void *arg)
{
    return domain(s, STORE_OP_DOMAIN_LIST, &(struct store_domain){.account = account}, fn, arg);
}

struct store_op *store_domain_put(struct store *s, const struct store_domain *in, store_fn *fn,
                                  void *arg)
{
    return domain(s, STORE_OP_DOMAIN_PUT, in, fn, arg);
}

struct store_op *store_domain_remove(struct store *s, const struct store_domain *in, store_fn *fn,
                                     void *arg)
{
    return domain(s, STORE_OP_DOMAIN_REMOVE, in, fn, arg);
}

/* What the connector remembers. */
#include <string.h>

#include "base/str.h"
#include "store/fake/fake_private.h"

struct fake_match *fake_find_match(struct fake *f, const char *account, const char *email)
{
    for (size_t i = 0; i < f->match.count; i++)
        if (strcmp(f->match.row[i].account, account) == 0 &&
            str_equal_nocase(f->match.row[i].email, email))
            return &f->match.row[i];
    return NULL;
}

enum store_result fake_run_psa_match_get(struct fake *f, struct store_op *op)
{
    const struct store_psa_match *in = &op->in.psa_match_get;
    const struct fake_match *m = fake_find_match(f, in->account, in->email);

    if (m == NULL)
        return STORE_NOT_FOUND;
    op->out.psa_match = (struct store_psa_match){
        .account = fake_text(op, m->account),
        .email = fake_text(op, m->email),
        .psa_contact = m->psa_contact,
        .psa_customer = m->psa_customer,
        .company = fake_text(op, m->company),
        .fetched_ms = m->fetched_ms,
    };
    return STORE_OK;
}

enum store_result fake_run_psa_match_put(struct fake *f, struct store_op *op)
{
    const struct store_psa_match *in = &op->in.psa_match_put;
    struct fake_match *m = fake_find_match(f, in->account, in->email);

    if (m == NULL) {
        m = FAKE_ADD(&f->match);
        m->account = fake_own(in->account);
        m->email = fake_own(in->email);
        str_lower(m->email);
    }
    m->psa_contact = in->psa_contact;
    m->psa_customer = in->psa_customer;
    m->fetched_ms = in->fetched_ms;
    fake_set(&m->company, in->company);
    return STORE_OK;
}

static struct fake_value *find_value(struct fake *f, const char *key)
{
    for (size_t i = 0; i < f->value.count; i++)
        if (strcmp(f->value.row[i].key, key) == 0)
            return &f->value.row[i];
    return NULL;
}

enum store_result fake_run_value_get(struct fake *f, struct store_op *op)
{
    const struct fake_value *v = find_value(f, op->in.value_get.key);

    if (v == NULL)
        return STORE_NOT_FOUND;
    op->out.value = (struct store_value){
        .key = fake_text(op, v->key), .text = fake_text(op, v->text), .changed_ms = v->changed_ms};
    return STORE_OK;
}

void fake_value_set(struct fake *f, const char *key, const char *text, int64_t now_ms)
{
    struct fake_value *v = find_value(f, key);

    if (v == NULL) {
        v = FAKE_ADD(&f->value);
        v->key = fake_own(key);
    }
    fake_set(&v->text, text);
    v->changed_ms = now_ms;
}

enum store_result fake_run_value_put(struct fake *f, struct store_op *op)
{
    const struct store_value *in = &op->in.value_put;

    fake_value_set(f, in->key, in->text, in->changed_ms);
    fake_audit(f, &in->audit);
    return STORE_OK;
}

/* Sum and soonest end of the leases that run at now_ms. */
static void sum_leases(const struct fake *f, const char *kind, int64_t now_ms,
                       struct store_lease *out)
{
    for (size_t i = 0; i < f->lease.count; i++) {
        const struct fake_lease *l = &f->lease.row[i];
        if (l->count == 0 || l->expires_ms <= now_ms || strcmp(l->kind, kind) != 0)
            continue;
        out->sum += l->count;
        if (out->next_ms == 0 || l->expires_ms < out->next_ms)
            out->next_ms = l->expires_ms;
    }
}

enum store_result fake_run_lease_take(struct fake *f, struct store_op *op)
{
    const struct store_lease_take *in = &op->in.lease_take;
    struct store_lease *out = &op->out.lease;

    for (size_t i = 0; i < f->lease.count; i++) {
        struct fake_lease *l = &f->lease.row[i];
        if (strcmp(l->kind, in->kind) != 0)
            continue;
        if (in->renew || l->expires_ms > in->expires_ms)
            l->expires_ms = in->expires_ms;
        if (l->expires_ms <= in->now_ms)
            l->count = 0;
    }
    *out = (struct store_lease){0};
    sum_leases(f, in->kind, in->now_ms, out);
    const int64_t room = in->ceiling > out->sum ? in->ceiling - out->sum : 0;
    out->granted = in->count < room ? in->count : room;
    if (out->granted == 0 || in->expires_ms <= in->now_ms) {
        out->granted = 0;
        return STORE_OK;
    }
    struct fake_lease *l = FAKE_ADD(&f->lease);
    *l = (struct fake_lease){++f->last_lease, out->granted, in->expires_ms, fake_own(in->kind)};
    out->id = l->id;
    out->sum += l->count;
    if (out->next_ms == 0 || l->expires_ms < out->next_ms)
        out->next_ms = l->expires_ms;
    return STORE_OK;
}

enum store_result fake_run_lease_return(struct fake *f, struct store_op *op)
{
    for (size_t i = 0; i < f->lease.count; i++) {
        struct fake_lease *l = &f->lease.row[i];
        if (l->id != op->in.lease_return.id || l->count == 0)
            continue;
        l->count -= op->in.lease_return.granted < l->count ? op->in.lease_return.granted : l->count;
        return STORE_OK;
    }
    return STORE_NOT_FOUND;
}

enum store_result fake_run_lease_sum(struct fake *f, struct store_op *op)
{
    op->out.lease = (struct store_lease){0};
    sum_leases(f, op->in.lease_sum.kind, op->in.lease_sum.now_ms, &op->out.lease);
    return STORE_OK;
}

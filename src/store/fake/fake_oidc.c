/* Coming in by a provider of OpenID Connect. */
#include <string.h>

#include "store/fake/fake_private.h"

static struct fake_oidc *named(struct fake *f, const struct store_oidc *who)
{
    for (size_t i = 0; i < f->oidc.count; i++) {
        struct fake_oidc *o = &f->oidc.row[i];

        if (!id_is_none(&o->staff) && strcmp(o->issuer, who->issuer) == 0 &&
            strcmp(o->subject, who->subject) == 0)
            return o;
    }
    return NULL;
}

static bool has_name(struct fake *f, const char *issuer, const struct id *staff)
{
    for (size_t i = 0; i < f->oidc.count; i++)
        if (id_equal(&f->oidc.row[i].staff, staff) && strcmp(f->oidc.row[i].issuer, issuer) == 0)
            return true;
    return false;
}

enum store_result fake_run_oidc_find(struct fake *f, struct store_op *op)
{
    const struct store_oidc_find *in = &op->in.oidc_find;
    const struct fake_oidc *o = named(f, &in->who);
    struct store_staff_key key = {.email = in->email};
    const struct fake_staff *s;

    if (o != NULL)
        key.id = o->staff;
    s = o == NULL && in->email[0] == '\0' ? NULL : fake_find_staff(f, &key);
    if (s == NULL)
        return STORE_NOT_FOUND;
    if (o == NULL && has_name(f, in->who.issuer, &s->id))
        return STORE_CONFLICT;
    fake_staff_out(op, s, &op->out.staff);
    return STORE_OK;
}

bool fake_oidc_fits(struct fake *f, const struct store_oidc *who, const struct id *staff)
{
    const struct fake_oidc *o = named(f, who);

    return o != NULL ? id_equal(&o->staff, staff) : !has_name(f, who->issuer, staff);
}

void fake_oidc_bind(struct fake *f, const struct store_oidc *who, const struct id *staff)
{
    struct fake_oidc *o;

    if (named(f, who) != NULL)
        return;
    o = FAKE_ADD(&f->oidc);
    o->issuer = fake_own(who->issuer);
    o->subject = fake_own(who->subject);
    o->staff = *staff;
}

void fake_oidc_drop(struct fake *f, const struct id *staff)
{
    for (size_t i = 0; i < f->oidc.count; i++)
        if (id_equal(&f->oidc.row[i].staff, staff))
            f->oidc.row[i].staff = (struct id){{0}};
}

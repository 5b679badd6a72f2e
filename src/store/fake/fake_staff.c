/* Accounts and the audit log. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "store/fake/fake_private.h"

void fake_free_staff(struct fake *f)
{
    for (size_t i = 0; i < f->staff.count; i++) {
        free(f->staff.row[i].name);
        free(f->staff.row[i].email);
        free(f->staff.row[i].password);
        free(f->staff.row[i].totp);
    }
    for (size_t i = 0; i < f->oidc.count; i++) {
        free(f->oidc.row[i].issuer);
        free(f->oidc.row[i].subject);
    }
    for (size_t i = 0; i < f->session.count; i++) {
        free(f->session.row[i].address);
        free(f->session.row[i].agent);
    }
    for (size_t i = 0; i < f->audit.count; i++) {
        free(f->audit.row[i].actor);
        free(f->audit.row[i].action);
        free(f->audit.row[i].object);
        free(f->audit.row[i].address);
        free(f->audit.row[i].detail);
    }
    free(f->staff.row);
    free(f->oidc.row);
    free(f->link.row);
    free(f->session.row);
    free(f->recovery.row);
    free(f->audit.row);
}

/* ---- the audit log ---- */

void fake_audit(struct fake *f, const struct store_audit *audit)
{
    struct fake_audit *a;

    if (audit->action[0] == '\0')
        return;
    a = FAKE_ADD(&f->audit);
    a->at_ms = audit->at_ms;
    a->actor = fake_own(audit->actor);
    a->action = fake_own(audit->action);
    a->object = fake_own(audit->object);
    a->address = fake_own(audit->address);
    a->detail = fake_own(audit->detail);
}

enum store_result fake_run_audit_add(struct fake *f, struct store_op *op)
{
    fake_audit(f, &op->in.audit_add);
    return STORE_OK;
}

static bool audit_matches(const struct fake_audit *a, const struct store_audit_read *in)
{
    if (in->action[0] != '\0' && strcmp(in->action, a->action) != 0)
        return false;
    return strcasestr(a->actor, in->who) != NULL || strcasestr(a->object, in->who) != NULL;
}

enum store_result fake_run_audit_read(struct fake *f, struct store_op *op)
{
    const struct store_audit_read *in = &op->in.audit_read;
    struct store_audit *rows = fake_room(op, in->limit, sizeof(*rows));
    struct store_audits *out = &op->out.audits;
    size_t i = f->audit.count;

    *out = (struct store_audits){.rows = rows};
    if (in->before > 0 && (size_t)in->before <= i)
        i = (size_t)in->before - 1;
    while (i-- > 0) {
        const struct fake_audit *a = &f->audit.row[i];

        if (!audit_matches(a, in))
            continue;
        if (out->count == in->limit) {
            out->more = true;
            break;
        }
        rows[out->count++] = (struct store_audit){.id = (int64_t)i + 1,
                                                  .at_ms = a->at_ms,
                                                  .actor = fake_text(op, a->actor),
                                                  .action = fake_text(op, a->action),
                                                  .object = fake_text(op, a->object),
                                                  .address = fake_text(op, a->address),
                                                  .detail = fake_text(op, a->detail)};
    }
    return STORE_OK;
}

/* ---- reads ---- */

struct fake_staff *fake_find_staff(struct fake *f, const struct store_staff_key *who)
{
    for (size_t i = 0; i < f->staff.count; i++) {
        struct fake_staff *s = &f->staff.row[i];

        if (id_is_none(&who->id) ? strcmp(s->email, who->email) == 0 : id_equal(&s->id, &who->id))
            return s;
    }
    return NULL;
}

void fake_staff_out(struct store_op *op, const struct fake_staff *s, struct store_staff *to)
{
    *to = (struct store_staff){.id = s->id,
                               .name = fake_text(op, s->name),
                               .email = fake_text(op, s->email),
                               .role = s->role,
                               .password = fake_text(op, s->password),
                               .totp = fake_text(op, s->totp),
                               .totp_step = s->totp_step,
                               .created_ms = s->created_ms,
                               .disabled_ms = s->disabled_ms,
                               .seen_ms = s->seen_ms};
}

enum store_result fake_run_staff_get(struct fake *f, struct store_op *op)
{
    const struct fake_staff *s = fake_find_staff(f, &op->in.staff_get);

    if (s == NULL)
        return STORE_NOT_FOUND;
    fake_staff_out(op, s, &op->out.staff);
    return STORE_OK;
}

static int by_name(const void *a, const void *b)
{
    const struct store_staff *x = a, *y = b;
    const int order = strcasecmp(x->name, y->name);

    return order != 0 ? order : strcmp(x->email, y->email);
}

enum store_result fake_run_staff_list(struct fake *f, struct store_op *op)
{
    struct store_staff *rows = fake_room(op, f->staff.count, sizeof(*rows));
    const size_t count = f->staff.count;

    for (size_t i = 0; i < count; i++)
        fake_staff_out(op, &f->staff.row[i], &rows[i]);
    if (count > 0)
        qsort(rows, count, sizeof(*rows), by_name);
    op->out.staff_list = (struct store_staff_list){
        rows, count > STORE_READ_MAX ? STORE_READ_MAX : count, count > STORE_READ_MAX};
    return STORE_OK;
}

enum store_result fake_run_staff_counts(struct fake *f, struct store_op *op)
{
    op->out.staff_counts.admins = 0;
    for (size_t i = 0; i < f->staff.count; i++)
        if (f->staff.row[i].role == STORE_ADMIN && f->staff.row[i].seen_ms != 0)
            op->out.staff_counts.admins++;
    return STORE_OK;
}

/* ---- changes ---- */

static void drop_links(struct fake *f, const struct id *staff)
{
    for (size_t i = 0; i < f->link.count; i++)
        if (id_equal(&f->link.row[i].staff, staff))
            f->link.row[i].kind = 0;
}

static void add_link(struct fake *f, const struct id *staff, const struct store_link_new *in,
                     enum store_link_kind kind)
{
    struct fake_link *link;

    drop_links(f, staff);
    link = FAKE_ADD(&f->link);
    memcpy(link->hash, in->hash, STORE_HASH_SIZE);
    link->kind = kind;
    link->staff = *staff;
    link->expires_ms = in->expires_ms;
}

static void drop_codes(struct fake *f, const struct id *staff)
{
    for (size_t i = 0; i < f->recovery.count; i++)
        if (id_equal(&f->recovery.row[i].staff, staff))
            f->recovery.row[i].staff = (struct id){{0}};
}

enum store_result fake_run_staff_add(struct fake *f, struct store_op *op)
{
    const struct store_staff_add *in = &op->in.staff_add;
    const struct store_staff_key key = {.email = in->email};
    struct fake_staff *s;

    if (fake_find_staff(f, &key) != NULL)
        return STORE_CONFLICT;
    s = FAKE_ADD(&f->staff);
    s->id = in->id;
    s->name = fake_own(in->name);
    s->email = fake_own(in->email);
    s->password = fake_own("");
    s->totp = fake_own("");
    s->role = in->role;
    s->created_ms = in->now_ms;
    add_link(f, &in->id, &in->link, STORE_LINK_INVITE);
    fake_audit(f, &in->audit);
    return STORE_OK;
}

static bool can_administer(const struct fake_staff *s)
{
    return s->role == STORE_ADMIN && s->disabled_ms == 0 && s->seen_ms != 0;
}

static bool has_other_admin(struct fake *f, const struct fake_staff *but)
{
    for (size_t i = 0; i < f->staff.count; i++)
        if (&f->staff.row[i] != but && can_administer(&f->staff.row[i]))
            return true;
    return false;
}

enum store_result fake_run_staff_change(struct fake *f, struct store_op *op)
{
    const struct store_staff_change *in = &op->in.staff_change;
    struct fake_staff *s = fake_find_staff(f, &in->who), after;

    if (s == NULL)
        return STORE_NOT_FOUND;
    after = *s;
    if (in->role != 0)
        after.role = in->role;
    if (in->set_disabled && !in->disabled)
        after.disabled_ms = 0;
    else if (in->set_disabled && s->disabled_ms == 0)
        after.disabled_ms = in->now_ms;
    if (can_administer(s) && !can_administer(&after) && !has_other_admin(f, s))
        return STORE_CONFLICT;
    *s = after;
    if (in->name[0] != '\0')
        fake_set(&s->name, in->name);
    if (s->disabled_ms != 0) {
        fake_sessions_end(f, &s->id, NULL);
        drop_links(f, &s->id);
    }
    fake_audit(f, &in->audit);
    fake_staff_out(op, s, &op->out.staff);
    return STORE_OK;
}

enum store_result fake_run_staff_reset(struct fake *f, struct store_op *op)
{
    const struct store_staff_reset *in = &op->in.staff_reset;
    struct fake_staff *s = fake_find_staff(f, &in->who);

    if (s == NULL)
        return STORE_NOT_FOUND;
    fake_set(&s->password, "");
    fake_set(&s->totp, "");
    fake_oidc_drop(f, &s->id);
    fake_sessions_end(f, &s->id, NULL);
    drop_codes(f, &s->id);
    add_link(f, &s->id, &in->link, s->seen_ms == 0 ? STORE_LINK_INVITE : STORE_LINK_RESET);
    fake_audit(f, &in->audit);
    fake_staff_out(op, s, &op->out.staff);
    return STORE_OK;
}

enum store_result fake_run_password_set(struct fake *f, struct store_op *op)
{
    const struct store_password_set *in = &op->in.password_set;
    const struct store_staff_key key = {.id = in->staff};
    struct fake_staff *s = fake_find_staff(f, &key);

    if (s == NULL)
        return STORE_NOT_FOUND;
    if (strcmp(s->password, in->old) != 0)
        return STORE_CONFLICT;
    fake_set(&s->password, in->password);
    fake_sessions_end(f, &s->id, in->keep);
    fake_audit(f, &in->audit);
    return STORE_OK;
}

enum store_result fake_run_totp_set(struct fake *f, struct store_op *op)
{
    const struct store_totp_set *in = &op->in.totp_set;
    const struct store_staff_key key = {.id = in->staff};
    struct fake_staff *s = fake_find_staff(f, &key);

    if (s == NULL)
        return STORE_NOT_FOUND;
    fake_set(&s->totp, in->totp);
    if (in->step > s->totp_step)
        s->totp_step = in->step;
    drop_codes(f, &s->id);
    for (size_t i = 0; i < in->recovery_count; i++) {
        struct fake_recovery *r = FAKE_ADD(&f->recovery);

        r->staff = in->staff;
        memcpy(r->hash, in->recovery[i], STORE_HASH_SIZE);
    }
    fake_audit(f, &in->audit);
    return STORE_OK;
}

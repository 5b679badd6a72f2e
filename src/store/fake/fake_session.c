/* Coming in: links, sessions, the second step. */
#include <string.h>

#include "store/fake/fake_private.h"

static struct fake_staff *staff_of(struct fake *f, const struct id *id)
{
    const struct store_staff_key key = {.id = *id};

    return id_is_none(id) ? NULL : fake_find_staff(f, &key);
}

/* ---- sessions ---- */

static struct fake_session *find_session(struct fake *f, const uint8_t *hash)
{
    for (size_t i = 0; i < f->session.count; i++)
        if (!f->session.row[i].ended && memcmp(f->session.row[i].hash, hash, STORE_HASH_SIZE) == 0)
            return &f->session.row[i];
    return NULL;
}

void fake_sessions_end(struct fake *f, const struct id *staff, const uint8_t *keep)
{
    for (size_t i = 0; i < f->session.count; i++) {
        struct fake_session *s = &f->session.row[i];

        if (id_equal(&s->staff, staff) &&
            (keep == NULL || memcmp(s->hash, keep, STORE_HASH_SIZE) != 0))
            s->ended = true;
    }
}

/* The oldest goes when there are too many. */
static void make_room(struct fake *f, const struct id *staff)
{
    struct fake_session *oldest = NULL;
    size_t count = 0;

    for (size_t i = 0; i < f->session.count; i++) {
        struct fake_session *s = &f->session.row[i];

        if (s->ended || !id_equal(&s->staff, staff))
            continue;
        count++;
        if (oldest == NULL || s->created_ms < oldest->created_ms)
            oldest = s;
    }
    if (count >= STORE_SESSIONS_MAX)
        oldest->ended = true;
}

void fake_session_add(struct fake *f, struct fake_staff *staff, const struct store_session_new *in)
{
    struct fake_session *s;

    make_room(f, &staff->id);
    s = FAKE_ADD(&f->session);
    memcpy(s->hash, in->hash, STORE_HASH_SIZE);
    s->staff = staff->id;
    s->created_ms = s->seen_ms = in->now_ms;
    s->expires_ms = in->expires_ms;
    s->address = fake_own(in->address);
    s->agent = fake_own(in->agent);
    staff->seen_ms = in->now_ms;
}

static void session_out(struct fake *f, struct store_op *op, const struct fake_session *s,
                        struct store_session *to)
{
    const struct fake_staff *staff = staff_of(f, &s->staff);

    *to = (struct store_session){.staff = s->staff,
                                 .name = fake_text(op, staff->name),
                                 .email = fake_text(op, staff->email),
                                 .role = staff->role,
                                 .totp = staff->totp[0] != '\0',
                                 .created_ms = s->created_ms,
                                 .seen_ms = s->seen_ms,
                                 .expires_ms = s->expires_ms,
                                 .address = fake_text(op, s->address),
                                 .agent = fake_text(op, s->agent)};
    memcpy(to->hash, s->hash, STORE_HASH_SIZE);
}

void fake_session_out(struct fake *f, struct store_op *op, const uint8_t *hash)
{
    session_out(f, op, find_session(f, hash), &op->out.session);
}

static bool runs(const struct fake_session *s, const struct store_in_session *in)
{
    return !s->ended && s->expires_ms > in->now_ms && s->seen_ms > in->now_ms - in->idle_ms;
}

enum store_result fake_run_session_check(struct fake *f, struct store_op *op)
{
    const struct store_in_session *in = &op->in.session_check;
    const struct fake_session *s = find_session(f, in->hash);

    if (s == NULL || !runs(s, in) || staff_of(f, &s->staff)->disabled_ms != 0)
        return STORE_NOT_FOUND;
    session_out(f, op, s, &op->out.session);
    return STORE_OK;
}

enum store_result fake_run_session_seen(struct fake *f, struct store_op *op)
{
    const struct store_in_hash *in = &op->in.session_seen;
    struct fake_session *s = find_session(f, in->hash);

    if (s == NULL)
        return STORE_NOT_FOUND;
    struct fake_staff *staff = staff_of(f, &s->staff);
    if (in->now_ms > s->seen_ms)
        s->seen_ms = in->now_ms;
    if (in->now_ms > staff->seen_ms)
        staff->seen_ms = in->now_ms;
    return STORE_OK;
}

enum store_result fake_run_session_end(struct fake *f, struct store_op *op)
{
    const struct store_session_end *in = &op->in.session_end;
    struct fake_session *s = find_session(f, in->hash);

    if (in->all) {
        fake_sessions_end(f, &in->staff, in->hash);
    } else {
        if (s == NULL || (!id_is_none(&in->staff) && !id_equal(&s->staff, &in->staff)))
            return STORE_NOT_FOUND;
        s->ended = true;
    }
    fake_audit(f, &in->audit);
    return STORE_OK;
}

enum store_result fake_run_session_list(struct fake *f, struct store_op *op)
{
    const struct store_in_session *in = &op->in.session_list;
    struct store_session *rows = fake_room(op, STORE_SESSIONS_MAX, sizeof(*rows));
    size_t count = 0;

    for (size_t i = f->session.count; i-- > 0 && count < STORE_SESSIONS_MAX;)
        if (id_equal(&f->session.row[i].staff, &in->staff) && runs(&f->session.row[i], in))
            session_out(f, op, &f->session.row[i], &rows[count++]);
    op->out.sessions = (struct store_sessions){rows, count};
    return STORE_OK;
}

/* ---- links ---- */

static bool has_admin(const struct fake *f)
{
    for (size_t i = 0; i < f->staff.count; i++)
        if (f->staff.row[i].role == STORE_ADMIN && f->staff.row[i].seen_ms != 0)
            return true;
    return false;
}

/* One that can be used now. */
static struct fake_link *find_link(struct fake *f, const uint8_t *hash, int64_t now_ms)
{
    for (size_t i = 0; i < f->link.count; i++) {
        struct fake_link *l = &f->link.row[i];
        const struct fake_staff *s = staff_of(f, &l->staff);

        if (l->kind == 0 || l->expires_ms <= now_ms || memcmp(l->hash, hash, STORE_HASH_SIZE) != 0)
            continue;
        if (l->kind == STORE_LINK_SETUP ? has_admin(f) : s->disabled_ms != 0)
            return NULL;
        return l;
    }
    return NULL;
}

enum store_result fake_run_link_read(struct fake *f, struct store_op *op)
{
    const struct store_in_hash *in = &op->in.link_read;
    const struct fake_link *l = find_link(f, in->hash, in->now_ms);

    if (l == NULL)
        return STORE_NOT_FOUND;
    const struct fake_staff *s = staff_of(f, &l->staff);
    op->out.link = (struct store_link){.kind = l->kind,
                                       .staff = l->staff,
                                       .name = fake_text(op, s != NULL ? s->name : ""),
                                       .email = fake_text(op, s != NULL ? s->email : "")};
    return STORE_OK;
}

static struct fake_staff *first_admin(struct fake *f, const struct store_link_use *in)
{
    struct fake_staff *s = FAKE_ADD(&f->staff);

    s->id = in->id;
    s->name = fake_own(in->name);
    s->email = fake_own(in->email);
    s->password = fake_own("");
    s->totp = fake_own("");
    s->role = STORE_ADMIN;
    s->created_ms = in->session.now_ms;
    fake_value_set(f, STORE_VALUE_SETUP, "brand", in->session.now_ms);
    return s;
}

enum store_result fake_run_link_use(struct fake *f, struct store_op *op)
{
    const struct store_link_use *in = &op->in.link_use;
    struct fake_link *l = find_link(f, in->hash, in->session.now_ms);
    const struct store_staff_key key = {.email = in->email};
    struct fake_staff *s;

    if (l == NULL)
        return STORE_NOT_FOUND;
    if (l->kind == STORE_LINK_SETUP) {
        if (fake_find_staff(f, &key) != NULL)
            return STORE_CONFLICT;
        s = first_admin(f, in);
    } else {
        s = staff_of(f, &l->staff);
        for (size_t i = 0; i < f->link.count; i++)
            if (id_equal(&f->link.row[i].staff, &s->id))
                f->link.row[i].kind = 0;
    }
    l->kind = 0;
    fake_set(&s->password, in->password);
    fake_session_add(f, s, &in->session);
    fake_audit(f, &in->audit);
    fake_session_out(f, op, in->session.hash);
    return STORE_OK;
}

enum store_result fake_run_setup_link(struct fake *f, struct store_op *op)
{
    const struct store_setup_link *in = &op->in.setup_link;
    struct fake_link *link;

    if (has_admin(f))
        return STORE_CONFLICT;
    for (size_t i = 0; i < f->link.count; i++)
        if (f->link.row[i].kind == STORE_LINK_SETUP)
            f->link.row[i].kind = 0;
    link = FAKE_ADD(&f->link);
    memcpy(link->hash, in->link.hash, STORE_HASH_SIZE);
    link->kind = STORE_LINK_SETUP;
    link->expires_ms = in->link.expires_ms;
    return STORE_OK;
}

/* ---- without a link ---- */

static struct fake_recovery *find_code(struct fake *f, const struct store_sign_in *in)
{
    for (size_t i = 0; i < f->recovery.count; i++)
        if (id_equal(&f->recovery.row[i].staff, &in->staff) &&
            memcmp(f->recovery.row[i].hash, in->recovery, STORE_HASH_SIZE) == 0)
            return &f->recovery.row[i];
    return NULL;
}

enum store_result fake_run_sign_in(struct fake *f, struct store_op *op)
{
    const struct store_sign_in *in = &op->in.sign_in;
    struct fake_staff *s = staff_of(f, &in->staff);
    struct fake_recovery *code = in->use_recovery ? find_code(f, in) : NULL;
    const bool by_provider = in->oidc.issuer[0] != '\0';

    if (s == NULL || s->disabled_ms != 0)
        return STORE_NOT_FOUND;
    if ((in->password[0] != '\0' && strcmp(in->password, s->password) != 0) ||
        (in->totp_step != 0 && in->totp_step <= s->totp_step) ||
        (in->use_recovery && code == NULL) ||
        (by_provider && !fake_oidc_fits(f, &in->oidc, &in->staff)))
        return STORE_CONFLICT;
    if (in->totp_step != 0)
        s->totp_step = in->totp_step;
    if (code != NULL) {
        code->staff = (struct id){{0}};
        fake_audit(f, &in->used);
    }
    if (by_provider)
        fake_oidc_bind(f, &in->oidc, &in->staff);
    fake_session_add(f, s, &in->session);
    fake_audit(f, &in->audit);
    fake_session_out(f, op, in->session.hash);
    return STORE_OK;
}

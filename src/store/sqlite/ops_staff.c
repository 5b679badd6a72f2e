/* Accounts. */
#include <string.h>

#include "store/sqlite/ops_private.h"

#define STAFF_COLUMNS                                                                              \
    "id, name, email, role, password, totp, totp_step, created_ms, disabled_ms, seen_ms "

static void read_staff(struct store_op *op, sqlite3_stmt *st, struct store_staff *to)
{
    db_id(st, 0, &to->id);
    to->name = db_text(op, st, 1);
    to->email = db_text(op, st, 2);
    to->role = (enum store_role)db_int(st, 3);
    to->password = db_text(op, st, 4);
    to->totp = db_text(op, st, 5);
    to->totp_step = db_int(st, 6);
    to->created_ms = db_int(st, 7);
    to->disabled_ms = db_int(st, 8);
    to->seen_ms = db_int(st, 9);
}

enum store_result ops_staff_find(struct db *db, struct store_op *op,
                                 const struct store_staff_key *who, struct store_staff *to)
{
    sqlite3_stmt *st =
        id_is_none(&who->id)
            ? db_query(db, "SELECT " STAFF_COLUMNS "FROM staff WHERE email = ?", DB_T(who->email))
            : db_query(db, "SELECT " STAFF_COLUMNS "FROM staff WHERE id = ?", DB_ID(&who->id));
    const enum store_result result = ops_one_row(db, st);

    if (result == STORE_OK)
        read_staff(op, st, to);
    return result;
}

enum store_result ops_staff_get(struct db *db, struct store_op *op)
{
    return ops_staff_find(db, op, &op->in.staff_get, &op->out.staff);
}

enum store_result ops_staff_list(struct db *db, struct store_op *op)
{
    struct store_staff *rows = arena_alloc(op->arena, (STORE_READ_MAX + 1) * sizeof(*rows));
    size_t count = 0;
    int found;
    sqlite3_stmt *st = db_query(db,
                                "SELECT " STAFF_COLUMNS "FROM staff ORDER BY name COLLATE NOCASE, "
                                "email LIMIT ?",
                                DB_N(STORE_READ_MAX + 1));

    if (rows == NULL)
        return STORE_FAILED;
    while ((found = db_step(db, st)) == 1)
        read_staff(op, st, &rows[count++]);
    op->out.staff_list = (struct store_staff_list){
        rows, count > STORE_READ_MAX ? STORE_READ_MAX : count, count > STORE_READ_MAX};
    return found < 0 ? STORE_FAILED : STORE_OK;
}

enum store_result ops_staff_counts(struct db *db, struct store_op *op)
{
    sqlite3_stmt *st = db_query(db, "SELECT count(*) FROM staff WHERE role = 1 AND seen_ms <> 0");
    const enum store_result result = ops_one_row(db, st);

    if (result == STORE_OK)
        op->out.staff_counts.admins = db_int(st, 0);
    return result;
}

/* ---- changes ---- */

static enum store_result add_link(struct db *db, const struct id *staff,
                                  const struct store_link_new *link, enum store_link_kind kind)
{
    enum store_result result = db_run(db, "DELETE FROM staff_link WHERE staff = ?", DB_ID(staff));

    if (result == STORE_OK)
        result = db_run(db,
                        "INSERT INTO staff_link (hash, kind, staff, expires_ms) "
                        "VALUES (?, ?, ?, ?)",
                        DB_HASH(link->hash), DB_N(kind), DB_ID(staff), DB_N(link->expires_ms));
    return result;
}

enum store_result ops_staff_add(struct db *db, struct store_op *op)
{
    const struct store_staff_add *in = &op->in.staff_add;
    enum store_result result =
        db_run(db,
               "INSERT INTO staff (id, name, email, role, created_ms) "
               "VALUES (?, ?, ?, ?, ?)",
               DB_ID(&in->id), DB_T(in->name), DB_T(in->email), DB_N(in->role), DB_N(in->now_ms));

    if (result == STORE_OK)
        result = add_link(db, &in->id, &in->link, STORE_LINK_INVITE);
    return result == STORE_OK ? ops_audit(db, &in->audit) : result;
}

static enum store_result take_away_all(struct db *db, const struct id *staff)
{
    static const uint8_t none[STORE_HASH_SIZE];
    enum store_result result = ops_sessions_end(db, staff, none);

    if (result == STORE_OK)
        result = db_run(db, "DELETE FROM staff_link WHERE staff = ?", DB_ID(staff));
    return result;
}

/* Is there one who can administer besides this one? */
static enum store_result other_admin(struct db *db, const struct id *staff)
{
    return ops_one_row(db, db_query(db,
                                    "SELECT 1 FROM staff WHERE role = 1 AND disabled_ms = 0 AND "
                                    "seen_ms <> 0 AND id <> ? LIMIT 1",
                                    DB_ID(staff)));
}

enum store_result ops_staff_change(struct db *db, struct store_op *op)
{
    const struct store_staff_change *in = &op->in.staff_change;
    struct store_staff *s = &op->out.staff;
    enum store_result result = ops_staff_find(db, op, &in->who, s);

    if (result != STORE_OK)
        return result;
    const bool was_admin = s->role == STORE_ADMIN && s->disabled_ms == 0 && s->seen_ms != 0;
    if (in->name[0] != '\0')
        s->name = in->name;
    if (in->role != 0)
        s->role = in->role;
    if (in->set_disabled && !in->disabled)
        s->disabled_ms = 0;
    else if (in->set_disabled && s->disabled_ms == 0)
        s->disabled_ms = in->now_ms;
    if (was_admin && (s->role != STORE_ADMIN || s->disabled_ms != 0)) {
        result = other_admin(db, &s->id);
        if (result != STORE_OK)
            return result == STORE_NOT_FOUND ? STORE_CONFLICT : result;
    }
    result = db_run(db, "UPDATE staff SET name = ?, role = ?, disabled_ms = ? WHERE id = ?",
                    DB_T(s->name), DB_N(s->role), DB_N(s->disabled_ms), DB_ID(&s->id));
    if (result == STORE_OK && s->disabled_ms != 0)
        result = take_away_all(db, &s->id);
    return result == STORE_OK ? ops_audit(db, &in->audit) : result;
}

static enum store_result remove_codes(struct db *db, const struct id *staff)
{
    return db_run(db, "DELETE FROM recovery_code WHERE staff = ?", DB_ID(staff));
}

enum store_result ops_staff_reset(struct db *db, struct store_op *op)
{
    const struct store_staff_reset *in = &op->in.staff_reset;
    struct store_staff *s = &op->out.staff;
    enum store_result result = ops_staff_find(db, op, &in->who, s);

    if (result != STORE_OK)
        return result;
    s->password = s->totp = "";
    result = db_run(db, "UPDATE staff SET password = '', totp = '' WHERE id = ?", DB_ID(&s->id));
    if (result == STORE_OK)
        result = db_run(db, "DELETE FROM staff_oidc WHERE staff = ?", DB_ID(&s->id));
    if (result == STORE_OK)
        result = take_away_all(db, &s->id);
    if (result == STORE_OK)
        result = remove_codes(db, &s->id);
    if (result == STORE_OK)
        result =
            add_link(db, &s->id, &in->link, s->seen_ms == 0 ? STORE_LINK_INVITE : STORE_LINK_RESET);
    return result == STORE_OK ? ops_audit(db, &in->audit) : result;
}

enum store_result ops_password_set(struct db *db, struct store_op *op)
{
    const struct store_password_set *in = &op->in.password_set;
    const struct store_staff_key who = {.id = in->staff};
    struct store_staff s;
    enum store_result result = ops_staff_find(db, op, &who, &s);

    if (result != STORE_OK)
        return result;
    if (strcmp(s.password, in->old) != 0)
        return STORE_CONFLICT;
    result = db_run(db, "UPDATE staff SET password = ? WHERE id = ?", DB_T(in->password),
                    DB_ID(&in->staff));
    if (result == STORE_OK)
        result = ops_sessions_end(db, &in->staff, in->keep);
    return result == STORE_OK ? ops_audit(db, &in->audit) : result;
}

enum store_result ops_totp_set(struct db *db, struct store_op *op)
{
    const struct store_totp_set *in = &op->in.totp_set;
    enum store_result result =
        db_run(db, "UPDATE staff SET totp = ?, totp_step = max(totp_step, ?) WHERE id = ?",
               DB_T(in->totp), DB_N(in->step), DB_ID(&in->staff));

    if (result == STORE_OK && db_changes(db) == 0)
        return STORE_NOT_FOUND;
    if (result == STORE_OK)
        result = remove_codes(db, &in->staff);
    for (size_t i = 0; result == STORE_OK && i < in->recovery_count; i++)
        result = db_run(db, "INSERT INTO recovery_code (staff, hash) VALUES (?, ?)",
                        DB_ID(&in->staff), DB_HASH(in->recovery[i]));
    return result == STORE_OK ? ops_audit(db, &in->audit) : result;
}

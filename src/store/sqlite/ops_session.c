/* Coming in: links, sessions, the second step. */
#include <string.h>

#include "store/sqlite/ops_private.h"

/* ---- sessions ---- */

enum store_result ops_sessions_end(struct db *db, const struct id *staff,
                                   const uint8_t keep[STORE_HASH_SIZE])
{
    return db_run(db, "DELETE FROM staff_session WHERE staff = ? AND hash <> ?", DB_ID(staff),
                  DB_HASH(keep));
}

enum store_result ops_session_add(struct db *db, const struct id *staff,
                                  const struct store_session_new *in)
{
    enum store_result result =
        db_run(db, "DELETE FROM staff_session WHERE expires_ms <= ?", DB_N(in->now_ms));

    if (result == STORE_OK)
        result = db_run(db,
                        "DELETE FROM staff_session WHERE staff = ?1 AND hash NOT IN (SELECT hash "
                        "FROM staff_session WHERE staff = ?1 ORDER BY created_ms DESC LIMIT ?2)",
                        DB_ID(staff), DB_N(STORE_SESSIONS_MAX - 1));
    if (result == STORE_OK)
        result = db_run(db,
                        "INSERT INTO staff_session (hash, staff, created_ms, seen_ms, expires_ms, "
                        "address, agent) VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6)",
                        DB_HASH(in->hash), DB_ID(staff), DB_N(in->now_ms), DB_N(in->expires_ms),
                        DB_T(in->address), DB_T(in->agent));
    if (result == STORE_OK)
        result =
            db_run(db, "UPDATE staff SET seen_ms = ? WHERE id = ?", DB_N(in->now_ms), DB_ID(staff));
    return result;
}

void ops_read_session(struct store_op *op, sqlite3_stmt *st, struct store_session *to)
{
    const void *hash = sqlite3_column_blob(st, 0);

    memset(to, 0, sizeof(*to));
    if (hash != NULL && sqlite3_column_bytes(st, 0) == STORE_HASH_SIZE)
        memcpy(to->hash, hash, STORE_HASH_SIZE);
    db_id(st, 1, &to->staff);
    to->name = db_text(op, st, 2);
    to->email = db_text(op, st, 3);
    to->role = (enum store_role)db_int(st, 4);
    to->totp = db_int(st, 5) != 0;
    to->created_ms = db_int(st, 6);
    to->seen_ms = db_int(st, 7);
    to->expires_ms = db_int(st, 8);
    to->address = db_text(op, st, 9);
    to->agent = db_text(op, st, 10);
}

enum store_result ops_session_out(struct db *db, struct store_op *op,
                                  const uint8_t hash[STORE_HASH_SIZE])
{
    sqlite3_stmt *st = db_query(db,
                                "SELECT " SESSION_COLUMNS "FROM staff_session s JOIN staff f ON "
                                "f.id = s.staff WHERE s.hash = ?",
                                DB_HASH(hash));
    const enum store_result result = ops_one_row(db, st);

    if (result == STORE_OK)
        ops_read_session(op, st, &op->out.session);
    return result;
}

enum store_result ops_session_check(struct db *db, struct store_op *op)
{
    const struct store_in_session *in = &op->in.session_check;
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT " SESSION_COLUMNS "FROM staff_session s JOIN staff f ON "
                 "f.id = s.staff WHERE s.hash = ? AND s.expires_ms > ? AND "
                 "s.seen_ms > ? AND f.disabled_ms = 0",
                 DB_HASH(in->hash), DB_N(in->now_ms), DB_N(in->now_ms - in->idle_ms));
    const enum store_result result = ops_one_row(db, st);

    if (result == STORE_OK)
        ops_read_session(op, st, &op->out.session);
    return result;
}

enum store_result ops_session_seen(struct db *db, struct store_op *op)
{
    const struct store_in_hash *in = &op->in.session_seen;
    enum store_result result =
        db_run(db, "UPDATE staff_session SET seen_ms = max(seen_ms, ?) WHERE hash = ?",
               DB_N(in->now_ms), DB_HASH(in->hash));

    if (result == STORE_OK && db_changes(db) == 0)
        return STORE_NOT_FOUND;
    if (result == STORE_OK)
        result = db_run(db,
                        "UPDATE staff SET seen_ms = max(seen_ms, ?) WHERE id = (SELECT staff FROM "
                        "staff_session WHERE hash = ?)",
                        DB_N(in->now_ms), DB_HASH(in->hash));
    return result;
}

enum store_result ops_session_end(struct db *db, struct store_op *op)
{
    const struct store_session_end *in = &op->in.session_end;
    const bool any = id_is_none(&in->staff);
    enum store_result result;

    if (in->all)
        result = ops_sessions_end(db, &in->staff, in->hash);
    else if (any)
        result = db_run(db, "DELETE FROM staff_session WHERE hash = ?", DB_HASH(in->hash));
    else
        result = db_run(db, "DELETE FROM staff_session WHERE hash = ? AND staff = ?",
                        DB_HASH(in->hash), DB_ID(&in->staff));
    if (result == STORE_OK && !in->all && db_changes(db) == 0)
        return STORE_NOT_FOUND;
    return result == STORE_OK ? ops_audit(db, &in->audit) : result;
}

enum store_result ops_session_list(struct db *db, struct store_op *op)
{
    const struct store_in_session *in = &op->in.session_list;
    struct store_session *rows = arena_alloc(op->arena, STORE_SESSIONS_MAX * sizeof(*rows));
    size_t count = 0;
    int found;
    sqlite3_stmt *st = db_query(db,
                                "SELECT " SESSION_COLUMNS "FROM staff_session s JOIN staff f ON "
                                "f.id = s.staff WHERE s.staff = ? AND s.expires_ms > ? AND "
                                "s.seen_ms > ? ORDER BY s.created_ms DESC LIMIT ?",
                                DB_ID(&in->staff), DB_N(in->now_ms), DB_N(in->now_ms - in->idle_ms),
                                DB_N(STORE_SESSIONS_MAX));

    if (rows == NULL)
        return STORE_FAILED;
    while ((found = db_step(db, st)) == 1)
        ops_read_session(op, st, &rows[count++]);
    op->out.sessions = (struct store_sessions){rows, count};
    return found < 0 ? STORE_FAILED : STORE_OK;
}

/* ---- links ---- */

enum store_result ops_link_read(struct db *db, struct store_op *op)
{
    const struct store_in_hash *in = &op->in.link_read;
    struct store_link *out = &op->out.link;
    sqlite3_stmt *st = db_query(
        db,
        "SELECT l.kind, f.id, f.name, f.email FROM staff_link l LEFT JOIN staff f ON "
        "f.id = l.staff WHERE l.hash = ? AND l.expires_ms > ? AND coalesce(f.disabled_ms, 0) = 0 "
        "AND (l.kind <> 1 OR NOT EXISTS (SELECT 1 FROM staff WHERE role = 1 AND seen_ms <> 0))",
        DB_HASH(in->hash), DB_N(in->now_ms));
    const enum store_result result = ops_one_row(db, st);

    if (result != STORE_OK)
        return result;
    out->kind = (enum store_link_kind)db_int(st, 0);
    db_id(st, 1, &out->staff);
    out->name = db_text(op, st, 2);
    out->email = db_text(op, st, 3);
    return STORE_OK;
}

static enum store_result first_admin(struct db *db, const struct store_link_use *in)
{
    enum store_result result = db_run(db,
                                      "INSERT INTO staff (id, name, email, role, created_ms) "
                                      "VALUES (?, ?, ?, ?, ?)",
                                      DB_ID(&in->id), DB_T(in->name), DB_T(in->email),
                                      DB_N(STORE_ADMIN), DB_N(in->session.now_ms));

    if (result == STORE_OK)
        result = db_run(db,
                        "INSERT OR REPLACE INTO value (key, changed_ms, text) "
                        "VALUES ('" STORE_VALUE_SETUP "', ?, 'brand')",
                        DB_N(in->session.now_ms));
    return result;
}

enum store_result ops_link_use(struct db *db, struct store_op *op)
{
    const struct store_link_use *in = &op->in.link_use;
    const struct store_in_hash what = {.now_ms = in->session.now_ms};
    struct store_op link = {.arena = op->arena, .in.link_read = what};
    struct id staff;
    enum store_result result;

    memcpy(link.in.link_read.hash, in->hash, STORE_HASH_SIZE);
    result = ops_link_read(db, &link);
    if (result != STORE_OK)
        return result;
    staff = link.out.link.staff;
    if (link.out.link.kind == STORE_LINK_SETUP) {
        staff = in->id;
        result = first_admin(db, in);
    }
    /* Every link of theirs, so that an older one does not open again. */
    if (result == STORE_OK)
        result = db_run(db, "DELETE FROM staff_link WHERE hash = ? OR staff = ?", DB_HASH(in->hash),
                        DB_ID(&staff));
    if (result == STORE_OK)
        result = db_run(db, "UPDATE staff SET password = ? WHERE id = ?", DB_T(in->password),
                        DB_ID(&staff));
    if (result == STORE_OK)
        result = ops_session_add(db, &staff, &in->session);
    if (result == STORE_OK)
        result = ops_audit(db, &in->audit);
    return result == STORE_OK ? ops_session_out(db, op, in->session.hash) : result;
}

enum store_result ops_setup_link(struct db *db, struct store_op *op)
{
    const struct store_setup_link *in = &op->in.setup_link;
    enum store_result result = ops_one_row(
        db, db_query(db, "SELECT 1 FROM staff WHERE role = 1 AND seen_ms <> 0 LIMIT 1"));

    if (result != STORE_NOT_FOUND)
        return result == STORE_OK ? STORE_CONFLICT : result;
    result =
        db_run(db, "DELETE FROM staff_link WHERE kind = 1 OR expires_ms <= ?", DB_N(in->now_ms));
    if (result == STORE_OK)
        result = db_run(db, "INSERT INTO staff_link (hash, kind, expires_ms) VALUES (?, 1, ?)",
                        DB_HASH(in->link.hash), DB_N(in->link.expires_ms));
    return result;
}

/* ---- without a link ---- */

static enum store_result use_codes(struct db *db, const struct store_sign_in *in)
{
    enum store_result result = STORE_OK;

    if (in->totp_step != 0) {
        result = db_run(db, "UPDATE staff SET totp_step = ?1 WHERE id = ?2 AND totp_step < ?1",
                        DB_N(in->totp_step), DB_ID(&in->staff));
        if (result == STORE_OK && db_changes(db) == 0)
            return STORE_CONFLICT;
    }
    if (result == STORE_OK && in->use_recovery) {
        result = db_run(db, "DELETE FROM recovery_code WHERE staff = ? AND hash = ?",
                        DB_ID(&in->staff), DB_HASH(in->recovery));
        if (result == STORE_OK && db_changes(db) == 0)
            return STORE_CONFLICT;
        if (result == STORE_OK)
            result = ops_audit(db, &in->used);
    }
    return result;
}

enum store_result ops_sign_in(struct db *db, struct store_op *op)
{
    const struct store_sign_in *in = &op->in.sign_in;
    sqlite3_stmt *st = db_query(db, "SELECT password FROM staff WHERE id = ? AND disabled_ms = 0",
                                DB_ID(&in->staff));
    enum store_result result = ops_one_row(db, st);

    if (result != STORE_OK)
        return result;
    if (in->password[0] != '\0' && strcmp(in->password, db_text(op, st, 0)) != 0)
        return STORE_CONFLICT;
    result = use_codes(db, in);
    if (result == STORE_OK && in->oidc.issuer[0] != '\0')
        result = ops_oidc_bind(db, &in->oidc, &in->staff);
    if (result == STORE_OK)
        result = ops_session_add(db, &in->staff, &in->session);
    if (result == STORE_OK)
        result = ops_audit(db, &in->audit);
    return result == STORE_OK ? ops_session_out(db, op, in->session.hash) : result;
}

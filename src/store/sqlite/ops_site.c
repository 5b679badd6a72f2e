/* Sites that sign tokens, and what their tokens are checked with. */
#include <string.h>

#include "store/sqlite/ops_private.h"

static void read_secret(struct store_op *op, sqlite3_stmt *st, int at, struct store_site_secret *to)
{
    *to = (struct store_site_secret){
        .kept = db_text(op, st, at + 1),
        .hint = db_text(op, st, at + 2),
        .created_ms = db_int(st, at + 3),
        .used_ms = db_int(st, at + 4),
    };
    db_id(st, at, &to->id);
}

static void read_site(struct store_op *op, sqlite3_stmt *st, struct store_site *to)
{
    *to = (struct store_site){
        .key = db_text(op, st, 0),
        .name = db_text(op, st, 1),
        .algorithm = db_text(op, st, 2),
        .created_ms = db_int(st, 3),
    };
}

enum store_result ops_site_list(struct db *db, struct store_op *op)
{
    struct store_sites *out = &op->out.sites;
    struct store_site *rows = arena_alloc(op->arena, STORE_SITES_MAX * sizeof(*rows));
    sqlite3_stmt *st;
    int found;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_sites){.rows = rows};
    st = db_query(db,
                  "SELECT s.key, s.name, s.algorithm, s.created_ms, x.id, x.kept, x.hint, "
                  "x.created_ms, x.used_ms FROM site s LEFT JOIN site_secret x ON x.site = s.key "
                  "ORDER BY s.name COLLATE NOCASE, s.key, x.created_ms, x.id");
    while ((found = db_step(db, st)) == 1) {
        const char *key = db_text(op, st, 0);
        struct store_site *last = out->count > 0 ? &rows[out->count - 1] : NULL;

        if (last == NULL || strcmp(last->key, key) != 0) {
            if (out->count == STORE_SITES_MAX)
                break;
            last = &rows[out->count++];
            read_site(op, st, last);
        }
        if (sqlite3_column_type(st, 4) != SQLITE_NULL && last->secret_count < STORE_SECRETS_MAX)
            read_secret(op, st, 4, &last->secrets[last->secret_count++]);
    }
    return found < 0 ? STORE_FAILED : STORE_OK;
}

static enum store_result count_of(struct db *db, sqlite3_stmt *st, int64_t *count)
{
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    *count = db_int(st, 0);
    return STORE_OK;
}

static enum store_result add_site(struct db *db, const struct store_site_add *in)
{
    int64_t count = 0;
    const enum store_result result =
        count_of(db, db_query(db, "SELECT count(*) FROM site"), &count);

    if (result != STORE_OK)
        return result;
    if (count >= STORE_SITES_MAX)
        return STORE_CONFLICT;
    return db_run(db, "INSERT INTO site (key, name, algorithm, created_ms) VALUES (?, ?, ?, ?)",
                  DB_T(in->key), DB_T(in->name), DB_T(in->algorithm), DB_N(in->now_ms));
}

/* What is done to a site is told by its name. */
static enum store_result audit_site(struct db *db, struct store_op *op,
                                    const struct store_audit *audit, const char *key)
{
    struct store_audit named = *audit;
    sqlite3_stmt *st = db_query(db, "SELECT name FROM site WHERE key = ?", DB_T(key));
    const enum store_result result = ops_one_row(db, st);

    if (result != STORE_OK)
        return result;
    named.object = db_text(op, st, 0);
    return ops_audit(db, &named);
}

enum store_result ops_site_add(struct db *db, struct store_op *op)
{
    const struct store_site_add *in = &op->in.site_add;
    int64_t count = 0;
    enum store_result result = in->name[0] != '\0' ? add_site(db, in) : STORE_OK;

    if (result == STORE_OK)
        result = audit_site(db, op, &in->audit, in->key);
    if (result != STORE_OK || in->secret.kept[0] == '\0')
        return result;
    result = count_of(
        db, db_query(db, "SELECT count(*) FROM site_secret WHERE site = ?", DB_T(in->key)), &count);
    if (result != STORE_OK)
        return result;
    if (count >= STORE_SECRETS_MAX)
        return STORE_CONFLICT;
    return db_run(db,
                  "INSERT INTO site_secret (id, site, kept, hint, created_ms) "
                  "VALUES (?, ?, ?, ?, ?)",
                  DB_ID(&in->secret.id), DB_T(in->key), DB_T(in->secret.kept),
                  DB_T(in->secret.hint), DB_N(in->now_ms));
}

enum store_result ops_site_remove(struct db *db, struct store_op *op)
{
    const struct store_site_remove *in = &op->in.site_remove;
    const bool whole = id_is_none(&in->secret);
    enum store_result result = audit_site(db, op, &in->audit, in->key);

    if (result == STORE_OK)
        result = db_run(db,
                        "DELETE FROM visitor WHERE secret IN (SELECT id FROM site_secret WHERE "
                        "site = ?1 AND (?2 OR id = ?3))",
                        DB_T(in->key), DB_N(whole), DB_ID(&in->secret));
    if (result == STORE_OK)
        result = db_run(db, "DELETE FROM site_secret WHERE site = ?1 AND (?2 OR id = ?3)",
                        DB_T(in->key), DB_N(whole), DB_ID(&in->secret));
    if (result == STORE_OK && !whole)
        return db_changes(db) > 0 ? STORE_OK : STORE_NOT_FOUND;
    if (result == STORE_OK)
        result =
            db_run(db, "DELETE FROM person_identity WHERE kind = 2 AND issuer = ?", DB_T(in->key));
    if (result == STORE_OK)
        result = db_run(db, "DELETE FROM site WHERE key = ?", DB_T(in->key));
    return result;
}

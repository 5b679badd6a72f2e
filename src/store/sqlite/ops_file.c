/* Files: what there is, whose it is, and which message it belongs to. */
#include <string.h>

#include "store/sqlite/ops_private.h"

#define FILE_COLUMNS                                                                               \
    "f.id, f.path, f.sender, f.name, f.type, f.sha256, f.size, f.got, f.width, f.height, f.seq, "  \
    "f.created_ms, c.id, f.conversation "
#define FILE_TABLES "FROM file f LEFT JOIN conversation c ON c.n = f.conversation "

static void read_file(struct store_op *op, sqlite3_stmt *st, struct store_file *to)
{
    *to = (struct store_file){.path = db_text(op, st, 1),
                              .sender = db_text(op, st, 2),
                              .name = db_text(op, st, 3),
                              .type = db_text(op, st, 4),
                              .sha256 = db_text(op, st, 5),
                              .size = db_int(st, 6),
                              .got = db_int(st, 7),
                              .width = db_int(st, 8),
                              .height = db_int(st, 9),
                              .seq = db_int(st, 10),
                              .created_ms = db_int(st, 11)};
    db_id(st, 0, &to->id);
    if (sqlite3_column_type(st, 12) != SQLITE_NULL)
        db_id(st, 12, &to->conversation);
}

/* ---- coming ---- */

/* Who has not been met yet may send the files of a first message; who is blocked or whose session
 * has run out may not. */
static enum store_result may_begin(struct db *db, const struct store_file_begin *in, int64_t *n)
{
    enum store_result result;

    *n = 0;
    if (!id_is_none(&in->conversation))
        return ops_find(db, &in->conversation, &in->asker, n);
    if (in->asker.is_staff)
        return STORE_NOT_FOUND; /* staff start no conversation */
    result = ops_one_row(db, db_query(db,
                                      "SELECT 1 FROM visitor v JOIN person vp ON vp.id = v.person "
                                      "WHERE v.token_hash = ?1 AND NOT (" ACCESS_RUNS("?2") ")",
                                      DB_HASH(in->asker.token_hash), DB_N(in->asker.now_ms)));
    return result == STORE_OK ? STORE_NOT_FOUND : result == STORE_NOT_FOUND ? STORE_OK : result;
}

static enum store_result number(struct db *db, sqlite3_stmt *st, int64_t *to)
{
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    *to = db_int(st, 0);
    return STORE_OK;
}

/* Is there room for it? What is announced counts as if it were there. */
static enum store_result has_room(struct db *db, const struct store_file_begin *in, int64_t n,
                                  enum store_file_no *no)
{
    int64_t all = 0, here = 0, loose = 0;
    enum store_result result =
        number(db, db_query(db, "SELECT coalesce(sum(size), 0) FROM file"), &all);

    if (result == STORE_OK && n != 0)
        result = number(
            db,
            db_query(db, "SELECT coalesce(sum(size), 0) FROM file WHERE conversation = ?", DB_N(n)),
            &here);
    if (result == STORE_OK)
        result = number(db,
                        db_query(db, "SELECT count(*) FROM file WHERE sender = ? AND seq = 0",
                                 DB_T(in->sender)),
                        &loose);
    if (all + in->size > in->disk_max)
        *no = STORE_FILE_DISK_FULL;
    else if (here + in->size > in->conversation_max)
        *no = STORE_FILE_CONVERSATION_FULL;
    else if (loose >= in->loose_max)
        *no = STORE_FILE_TOO_MANY;
    return result;
}

enum store_result ops_file_begin(struct db *db, struct store_op *op)
{
    const struct store_file_begin *in = &op->in.file_begin;
    const struct db_arg none = {.kind = DB_NULL};
    int64_t n;
    enum store_result result = may_begin(db, in, &n);
    sqlite3_stmt *st;

    op->out.file = (struct store_file_out){.no = STORE_FILE_YES};
    if (result != STORE_OK)
        return result;
    st = db_query(db, "SELECT " FILE_COLUMNS FILE_TABLES "WHERE f.sender = ? AND f.client_id = ?",
                  DB_T(in->sender), DB_T(in->client_id));
    result = ops_one_row(db, st);
    if (result == STORE_OK) {
        read_file(op, st, &op->out.file.file);
        return op->out.file.file.size == in->size &&
                       (db_int(st, 13) == n || op->out.file.file.seq != 0)
                   ? STORE_OK
                   : STORE_CONFLICT;
    }
    if (result == STORE_NOT_FOUND)
        result = has_room(db, in, n, &op->out.file.no);
    if (result != STORE_OK || op->out.file.no != STORE_FILE_YES)
        return result;
    op->out.file.file = (struct store_file){.id = in->id,
                                            .conversation = in->conversation,
                                            .path = in->path,
                                            .sender = in->sender,
                                            .name = in->name,
                                            .type = "",
                                            .sha256 = "",
                                            .size = in->size,
                                            .created_ms = in->now_ms};
    return db_run(db,
                  "INSERT INTO file (id, path, sender, client_id, name, size, conversation, "
                  "created_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                  DB_ID(&in->id), DB_T(in->path), DB_T(in->sender), DB_T(in->client_id),
                  DB_T(in->name), DB_N(in->size), n == 0 ? none : DB_N(n), DB_N(in->now_ms));
}

enum store_result ops_file_append(struct db *db, struct store_op *op)
{
    const struct store_file_append *in = &op->in.file_append;
    const enum store_result result =
        db_run(db,
               "UPDATE file SET got = ?3, sha256 = ?4, type = ?5, width = ?6, height = ?7 "
               "WHERE id = ?1 AND got = ?2 AND seq = 0 AND ?3 <= size",
               DB_ID(&in->id), DB_N(in->from), DB_N(in->to), DB_T(in->sha256), DB_T(in->type),
               DB_N(in->width), DB_N(in->height));

    return result == STORE_OK && db_changes(db) == 0 ? STORE_CONFLICT : result;
}

enum store_result ops_file_drop(struct db *db, struct store_op *op)
{
    const struct store_file_key *in = &op->in.file_drop;
    const enum store_result result =
        db_run(db, "DELETE FROM file WHERE id = ? AND sender = ? AND seq = 0", DB_ID(&in->id),
               DB_T(in->sender));

    return result == STORE_OK && db_changes(db) == 0 ? STORE_NOT_FOUND : result;
}

/* ---- who may have it ---- */

/* The message it is part of is the asker's to read: not when it is a note, or one from the PSA that
 * a browser is not shown that has proved nothing (rules_person_sees). */
static enum store_result may_read(struct db *db, const struct store_file_key *in,
                                  const struct store_file *f)
{
    struct ops_access who;
    enum store_result result = ops_find_to_read(db, &f->conversation, &in->asker, &who);

    if (result != STORE_OK || in->asker.is_staff)
        return result;
    return ops_one_row(db, db_query(db,
                                    "SELECT 1 FROM message m JOIN sender s ON s.n = m.sender WHERE "
                                    "m.conversation = ?1 AND m.seq = ?2 AND m.author <> 3 AND "
                                    "(?3 OR m.author <> 1 OR s.name NOT GLOB 'psa:*')",
                                    DB_N(who.n), DB_N(f->seq), DB_N(who.is_verified)));
}

/* What has a signed address may be had by it while its message is not a note. */
static enum store_result may_read_by_address(struct db *db, const struct store_file *f)
{
    return ops_one_row(db, db_query(db,
                                    "SELECT 1 FROM message m JOIN conversation c ON c.n = "
                                    "m.conversation WHERE c.id = ? AND m.seq = ? AND m.author <> 3",
                                    DB_ID(&f->conversation), DB_N(f->seq)));
}

enum store_result ops_file_get(struct db *db, struct store_op *op)
{
    const struct store_file_key *in = &op->in.file_get;
    struct store_file *f = &op->out.file.file;
    sqlite3_stmt *st =
        db_query(db, "SELECT " FILE_COLUMNS FILE_TABLES "WHERE f.id = ?", DB_ID(&in->id));
    const enum store_result result = ops_one_row(db, st);

    op->out.file.no = STORE_FILE_YES;
    if (result != STORE_OK)
        return result;
    read_file(op, st, f);
    if (f->seq == 0)
        return !in->by_address && strcmp(f->sender, in->sender) == 0 ? STORE_OK : STORE_NOT_FOUND;
    return in->by_address ? may_read_by_address(db, f) : may_read(db, in, f);
}

/* ---- in messages ---- */

enum store_result ops_files_bind(struct db *db, const struct id *files, size_t count,
                                 const char *sender, int64_t conversation, int64_t seq)
{
    for (size_t i = 0; i < count; i++) {
        const enum store_result result =
            db_run(db,
                   "UPDATE file SET conversation = ?1, seq = ?2, place = ?3 WHERE id = ?4 AND "
                   "sender = ?5 AND seq = 0 AND got = size AND "
                   "(conversation IS NULL OR conversation = ?1)",
                   DB_N(conversation), DB_N(seq), DB_N(i), DB_ID(&files[i]), DB_T(sender));

        if (result != STORE_OK)
            return result;
        if (db_changes(db) != 1)
            return STORE_REFUSED;
    }
    return STORE_OK;
}

enum store_result ops_files_fit(struct db *db, int64_t conversation, int64_t most)
{
    int64_t bytes = 0;
    const enum store_result result =
        number(db,
               db_query(db, "SELECT coalesce(sum(size), 0) FROM file WHERE conversation = ?",
                        DB_N(conversation)),
               &bytes);

    return result == STORE_OK && bytes > most ? STORE_REFUSED : result;
}

const char *ops_file_name(struct db *db, struct store_op *op, const struct id *file)
{
    sqlite3_stmt *st = db_query(db, "SELECT name FROM file WHERE id = ?", DB_ID(file));

    return db_step(db, st) == 1 ? db_text(op, st, 0) : "";
}

enum store_result ops_read_files(struct db *db, struct store_op *op, int64_t conversation,
                                 struct store_message *rows, size_t count)
{
    struct store_file *files;
    sqlite3_stmt *st;
    size_t total = 0, k = 0;
    int more;

    if (count == 0)
        return STORE_OK;
    st = db_query(db,
                  "SELECT count(*) FROM file WHERE conversation = ? AND seq <> 0 AND seq BETWEEN ? "
                  "AND ?",
                  DB_N(conversation), DB_N(rows[0].seq), DB_N(rows[count - 1].seq));
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    total = (size_t)db_int(st, 0);
    if (total == 0)
        return STORE_OK;
    files = arena_alloc(op->arena, total * sizeof(*files));
    if (files == NULL)
        return STORE_FAILED;
    st = db_query(db,
                  "SELECT " FILE_COLUMNS FILE_TABLES
                  "WHERE f.conversation = ? AND f.seq <> 0 AND f.seq BETWEEN ? AND ? "
                  "ORDER BY f.seq, f.place",
                  DB_N(conversation), DB_N(rows[0].seq), DB_N(rows[count - 1].seq));
    for (size_t i = 0; i < total && (more = db_step(db, st)) == 1; i++) {
        read_file(op, st, &files[i]);
        while (k < count && rows[k].seq < files[i].seq)
            k++;
        if (k == count || rows[k].seq != files[i].seq) /* a note's, for one who may not see it */
            continue;
        if (rows[k].file_count++ == 0)
            rows[k].files = &files[i];
    }
    return STORE_OK;
}

/* ---- going ---- */

static enum store_result read_paths(struct db *db, struct store_op *op, sqlite3_stmt *st)
{
    struct store_paths *out = &op->out.paths;
    const char **rows = arena_alloc(op->arena, STORE_GONE_MAX * sizeof(*rows));
    int more = 0;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_paths){.rows = rows};
    while (out->count < STORE_GONE_MAX && (more = db_step(db, st)) == 1)
        rows[out->count++] = db_text(op, st, 0);
    return more < 0 ? STORE_FAILED : STORE_OK;
}

enum store_result ops_file_sweep(struct db *db, struct store_op *op)
{
    const enum store_result result = db_run(db, "DELETE FROM file WHERE seq = 0 AND created_ms < ?",
                                            DB_N(op->in.file_sweep.now_ms));

    if (result != STORE_OK)
        return result;
    return read_paths(db, op,
                      db_query(db, "SELECT path FROM file_gone LIMIT ?", DB_N(STORE_GONE_MAX)));
}

enum store_result ops_files_forget(struct db *db, const struct id *person)
{
    return db_run(db,
                  "DELETE FROM file WHERE (conversation IN (SELECT n FROM conversation WHERE "
                  "person = ?1) AND seq IN (SELECT seq FROM message m WHERE m.conversation = "
                  "file.conversation AND m.author = 1)) OR (seq = 0 AND sender IN (SELECT 'v:' || "
                  "lower(hex(token_hash)) FROM visitor WHERE person = ?1))",
                  DB_ID(person));
}

enum store_result ops_file_swept(struct db *db, struct store_op *op)
{
    const struct store_paths *in = &op->in.file_swept;
    enum store_result result = STORE_OK;

    for (size_t i = 0; i < in->count && result == STORE_OK; i++)
        result = db_run(db, "DELETE FROM file_gone WHERE path = ?", DB_T(in->rows[i]));
    return result;
}

enum store_result ops_file_unknown(struct db *db, struct store_op *op)
{
    const struct store_paths *in = &op->in.file_unknown;
    struct store_paths *out = &op->out.paths;
    const char **rows = arena_alloc(op->arena, (in->count + 1) * sizeof(*rows));

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_paths){.rows = rows};
    for (size_t i = 0; i < in->count; i++) {
        const enum store_result result =
            ops_one_row(db, db_query(db, "SELECT 1 FROM file WHERE path = ?", DB_T(in->rows[i])));

        if (result == STORE_NOT_FOUND)
            rows[out->count++] = in->rows[i];
        else if (result != STORE_OK)
            return result;
    }
    return STORE_OK;
}

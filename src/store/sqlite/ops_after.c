/* What comes after a conversation: its rating, and the letter with what was said. */
#include "base/str.h"
#include "store/sqlite/ops_private.h"

/* "desk:" and who does it: a member of staff, or a browser. NULL: no memory. */
static const char *sender_of(struct store_op *op, const struct store_after *in)
{
    char text[2 * STORE_HASH_SIZE + 1];

    if (in->asker.is_staff)
        id_format(&in->by, text);
    else
        str_hex(in->asker.token_hash, STORE_HASH_SIZE, text);
    return arena_printf(op->arena, "%s%s%s", STORE_ACT_SENDER,
                        in->asker.is_staff ? "" : "v:", text);
}

/* The conversation, and whether it was done before: then STORE_OK with op->out.added.duplicate. */
static enum store_result begin(struct db *db, struct store_op *op, const struct store_after *in,
                               const char *sender, int64_t *n)
{
    struct store_added *out = &op->out.added;
    enum store_result result = ops_find(db, &in->conversation, &in->asker, n);
    sqlite3_stmt *st;

    if (result != STORE_OK)
        return result;
    *out = (struct store_added){.conversation = in->conversation,
                                .message = in->message,
                                .reference = "",
                                .at_ms = in->now_ms};
    st = db_query(db,
                  "SELECT m.conversation, m.seq, m.created_ms, m.id FROM message m JOIN sender s "
                  "ON s.n = m.sender WHERE s.name = ? AND m.client_id = ?",
                  DB_T(sender), DB_T(in->client_id));
    result = ops_one_row(db, st);
    if (result != STORE_OK)
        return result == STORE_NOT_FOUND ? STORE_OK : result;
    out->duplicate = true;
    out->seq = db_int(st, 1);
    out->at_ms = db_int(st, 2);
    db_id(st, 3, &out->message);
    return db_int(st, 0) == *n ? STORE_OK : STORE_CONFLICT;
}

static enum store_result tell_staff(struct db *db, struct store_op *op,
                                    const struct store_after *in, const char *sender,
                                    const char *act)
{
    const struct store_message_add m = {.conversation = in->conversation,
                                        .message = in->message,
                                        .asker = {.is_staff = true},
                                        .author = STORE_NOTE,
                                        .name = in->name,
                                        .body = act,
                                        .sender = sender,
                                        .client_id = in->client_id,
                                        .now_ms = in->now_ms};

    return act == NULL ? STORE_FAILED : ops_put_message(db, op, &m, &op->out.added);
}

/* ---- the rating ---- */

/* May it be rated now, and is it rated so already? */
static enum store_result look(struct db *db, const struct store_after *in, int64_t n, bool *same)
{
    sqlite3_stmt *st = db_query(db,
                                "SELECT c.open, coalesce(r.at_ms, ?2), coalesce(r.score = ?3 AND "
                                "r.comment = ?4, 0) FROM conversation c LEFT JOIN rating r ON "
                                "r.conversation = c.n WHERE c.n = ?1",
                                DB_N(n), DB_N(in->now_ms), DB_N(in->score), DB_T(in->comment));

    if (db_step(db, st) != 1)
        return STORE_FAILED;
    *same = db_int(st, 2) != 0;
    if (db_int(st, 0) != 0)
        return STORE_REFUSED;
    return in->now_ms - db_int(st, 1) > STORE_RATING_CHANGE_MS ? STORE_CROSSED : STORE_OK;
}

enum store_result ops_rate(struct db *db, struct store_op *op)
{
    const struct store_after *in = &op->in.rate;
    const char *sender = sender_of(op, in);
    bool same = false;
    int64_t n;
    enum store_result result;

    if (in->asker.is_staff)
        return STORE_NOT_FOUND;
    result = sender == NULL ? STORE_FAILED : begin(db, op, in, sender, &n);
    if (result != STORE_OK || op->out.added.duplicate)
        return result;
    result = look(db, in, n, &same);
    if (result != STORE_OK || same)
        return result;
    result = db_run(db,
                    "INSERT INTO rating (conversation, score, comment, at_ms, staff) "
                    "SELECT n, ?2, ?3, ?4, staff FROM conversation WHERE n = ?1 "
                    "ON CONFLICT DO UPDATE SET score = excluded.score, comment = excluded.comment",
                    DB_N(n), DB_N(in->score), DB_T(in->comment), DB_N(in->now_ms));
    if (result == STORE_OK)
        result =
            tell_staff(db, op, in, sender,
                       arena_printf(op->arena, "{\"act\":\"rated\",\"score\":%d}", (int)in->score));
    return result == STORE_OK ? ops_tell(db, "rating.given", n, 0) : result;
}

/* ---- the transcript ---- */

/* Who gets it: who asks, when their browser has proved who they are; for staff its person. */
static enum store_result put_letter(struct db *db, const struct store_after *in, int64_t n)
{
    const enum store_result result = db_run(
        db,
        "INSERT INTO mail (kind, state, key, address, person, conversation, next_at_ms, "
        "created_ms) SELECT 5, 1, ?1, '', p.id, ?2, ?3, ?3 FROM person p WHERE p.id = "
        "iif(?4, (SELECT person FROM conversation WHERE n = ?2), (SELECT person FROM visitor "
        "WHERE token_hash = ?5 AND verified_ms <> 0)) AND p.verified_ms <> 0 AND p.email <> '' "
        "AND p.blocked_ms = 0",
        DB_ID(&in->message), DB_N(n), DB_N(in->now_ms), DB_N(in->asker.is_staff),
        DB_HASH(in->asker.token_hash));

    if (result == STORE_CONFLICT)
        return STORE_CROSSED;
    return result == STORE_OK && db_changes(db) == 0 ? STORE_REFUSED : result;
}

enum store_result ops_transcript(struct db *db, struct store_op *op)
{
    const struct store_after *in = &op->in.transcript;
    const char *sender = sender_of(op, in);
    int64_t n;
    enum store_result result = sender == NULL ? STORE_FAILED : begin(db, op, in, sender, &n);

    if (result == STORE_OK && !op->out.added.duplicate) {
        result = put_letter(db, in, n);
        if (result == STORE_OK)
            result = tell_staff(db, op, in, sender, "{\"act\":\"transcript\"}");
    }
    return result;
}

/* What a person who has proved who they are can read there, but for events. Hidden and removed ones
 * are notes (3) by then. */
#define TOLD                                                                                       \
    "m.conversation = ?1 AND m.author IN (1, 2) AND (m.body <> '' OR EXISTS (SELECT 1 FROM file "  \
    "f WHERE f.conversation = m.conversation AND f.seq = m.seq)) "

enum store_result ops_mail_transcript(struct db *db, struct store_op *op, int64_t n,
                                      struct store_mail_taken *out)
{
    struct store_message *rows = arena_alloc(op->arena, STORE_TRANSCRIPT_MAX * sizeof(*rows));
    sqlite3_stmt *st;
    size_t bytes = 0;
    int found;

    if (rows == NULL)
        return STORE_FAILED;
    out->messages = rows;
    st = db_query(db, "SELECT count(*) FROM message m WHERE " TOLD, DB_N(n));
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    out->more = db_int(st, 0);
    st = db_query(
        db, "SELECT " MESSAGE_COLUMNS MESSAGE_TABLES "WHERE " TOLD "ORDER BY m.seq DESC LIMIT ?2",
        DB_N(n), DB_N(STORE_TRANSCRIPT_MAX));
    while ((found = db_step(db, st)) == 1) {
        bytes += (size_t)sqlite3_column_bytes(st, 5);
        if (bytes > STORE_TRANSCRIPT_BYTES && out->message_count > 0)
            break;
        ops_read_message(op, st, &rows[out->message_count++]);
    }
    if (found < 0)
        return STORE_FAILED;
    out->more -= (int64_t)out->message_count;
    for (size_t i = 0, k = out->message_count; k > i + 1; i++) {
        const struct store_message other = rows[--k];

        rows[k] = rows[i];
        rows[i] = other;
    }
    return ops_read_files(db, op, n, rows, out->message_count);
}

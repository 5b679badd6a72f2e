/* The index of words follows the messages: by rowid, which grows with every message. Nobody
 * promises that rowids stay (VACUUM may number them anew), so the last one is remembered with what
 * it is of; if that is no longer so, all begins again. */
#include "store/sqlite/ops_private.h"

#define PIECE_MESSAGES 200
#define PIECE_BYTES    65536
#define PIECE_CHANGES  20
#define CLEAN_PAGES    64

struct mark {
    int64_t done, conversation, seq;
    int cleaning; /* 0 no, 1 to be begun, 2 under way */
};

static enum store_result read_mark(struct db *db, struct mark *to)
{
    sqlite3_stmt *st = db_query(db, "SELECT done, conversation, seq, cleaning FROM search_state");

    if (db_step(db, st) != 1)
        return STORE_FAILED;
    *to = (struct mark){db_int(st, 0), db_int(st, 1), db_int(st, 2), (int)db_int(st, 3)};
    return STORE_OK;
}

enum store_result ops_search_due(struct db *db, struct store_op *op)
{
    struct store_search_due *out = &op->out.search_due;
    struct mark mark;
    enum store_result result = read_mark(db, &mark);
    sqlite3_stmt *st;

    if (result != STORE_OK)
        return result;
    st = db_query(db, "SELECT max(rowid) FROM message");
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    out->newest = db_int(st, 0);
    out->waiting = out->newest > mark.done ? out->newest - mark.done : 0;
    st = db_query(db, "SELECT EXISTS (SELECT 1 FROM search_old)");
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    out->due = out->newest != mark.done || mark.cleaning != 0 || db_int(st, 0) != 0;
    return STORE_OK;
}

/* Is the row up to which the index goes still what it was? */
static enum store_result check_mark(struct db *db, struct mark *mark)
{
    enum store_result result;

    if (mark->done == 0)
        return STORE_OK;
    result = ops_one_row(
        db, db_query(db, "SELECT 1 FROM message WHERE rowid = ? AND conversation = ? AND seq = ?",
                     DB_N(mark->done), DB_N(mark->conversation), DB_N(mark->seq)));
    if (result != STORE_NOT_FOUND)
        return result;
    *mark = (struct mark){.cleaning = mark->cleaning};
    result = db_run(db, "INSERT INTO message_words (message_words) VALUES ('delete-all')");
    return result == STORE_OK ? db_run(db, "DELETE FROM search_old") : result;
}

/* What was changed since it was taken up: its old words go, those of now come. */
static enum store_result follow(struct db *db, struct store_indexed *out)
{
    static const char *const steps[] = {
        "INSERT INTO message_words (message_words, rowid, words) SELECT 'delete', name, words "
        "FROM (SELECT name, words FROM search_old ORDER BY name LIMIT ?) WHERE words <> ''",
        "INSERT INTO message_words (rowid, words) SELECT f.name, f.words FROM (SELECT name FROM "
        "search_old ORDER BY name LIMIT ?) o CROSS JOIN message_to_find f ON "
        "f.conversation = o.name >> 20 AND f.seq = o.name & 1048575",
        "DELETE FROM search_old WHERE name IN (SELECT name FROM search_old ORDER BY name LIMIT ?)",
    };
    enum store_result result = STORE_OK;

    for (size_t i = 0; result == STORE_OK && i < COUNT_OF(steps); i++)
        result = db_run(db, steps[i], DB_N(PIECE_CHANGES));
    out->more = result == STORE_OK && db_changes(db) == PIECE_CHANGES;
    return result == STORE_CONFLICT ? STORE_FAILED : result;
}

/* How far this piece goes. */
static enum store_result find_end(struct db *db, struct mark *mark, struct store_indexed *out)
{
    sqlite3_stmt *st = db_query(
        db,
        "SELECT rowid, conversation, seq, length(CAST(body AS BLOB)) FROM message WHERE rowid > ? "
        "ORDER BY rowid LIMIT ?",
        DB_N(mark->done), DB_N(PIECE_MESSAGES + 1));
    int64_t bytes = 0;
    int more;

    while ((more = db_step(db, st)) == 1) {
        if (out->messages == PIECE_MESSAGES || bytes > PIECE_BYTES) {
            out->more = true;
            return STORE_OK;
        }
        out->messages++;
        bytes += db_int(st, 3);
        mark->done = db_int(st, 0);
        mark->conversation = db_int(st, 1);
        mark->seq = db_int(st, 2);
    }
    return more < 0 ? STORE_FAILED : STORE_OK;
}

static enum store_result take_up(struct db *db, int64_t from, const struct mark *mark)
{
    enum store_result result =
        db_run(db,
               "INSERT INTO message_words (rowid, words) SELECT name, words FROM message_to_find "
               "WHERE at > ? AND at <= ? ORDER BY at",
               DB_N(from), DB_N(mark->done));

    if (result != STORE_OK)
        return STORE_FAILED;
    return db_run(db, "UPDATE search_state SET done = ?, conversation = ?, seq = ?",
                  DB_N(mark->done), DB_N(mark->conversation), DB_N(mark->seq));
}

/* Words that were taken out stay in older parts of the index until those are merged. That is done
 * here, when somebody was erased: see "merge" at https://sqlite.org/fts5.html. */
static enum store_result clean(struct db *db, const struct mark *mark, struct store_indexed *out)
{
    const int64_t before = sqlite3_total_changes64(db_handle(db));
    enum store_result result =
        db_run(db, "INSERT INTO message_words (message_words, rank) VALUES ('merge', ?)",
               DB_N(mark->cleaning == 1 ? -CLEAN_PAGES : CLEAN_PAGES));

    if (result != STORE_OK)
        return STORE_FAILED;
    out->more = mark->cleaning == 1 || sqlite3_total_changes64(db_handle(db)) - before >= 2;
    return db_run(db, "UPDATE search_state SET cleaning = ?", DB_N(out->more ? 2 : 0));
}

enum store_result ops_search_index(struct db *db, struct store_op *op)
{
    struct store_indexed *out = &op->out.indexed;
    struct mark mark;
    int64_t from;
    enum store_result result = read_mark(db, &mark);

    *out = (struct store_indexed){.messages = 0};
    if (result == STORE_OK)
        result = check_mark(db, &mark);
    if (result != STORE_OK)
        return result;
    result = follow(db, out);
    if (result != STORE_OK || out->more)
        return result;
    from = mark.done;
    result = find_end(db, &mark, out);
    if (result != STORE_OK)
        return result;
    if (out->messages == 0)
        return mark.cleaning != 0 ? clean(db, &mark, out) : STORE_OK;
    out->more = out->more || mark.cleaning != 0;
    return take_up(db, from, &mark);
}

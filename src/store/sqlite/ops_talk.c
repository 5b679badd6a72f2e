/* What staff are writing and have read, and who was named in a note. */
#include "store/sqlite/ops_private.h"

enum store_result ops_draft_put(struct db *db, struct store_op *op)
{
    const struct store_draft *in = &op->in.draft_put;
    const struct store_asker staff = {.is_staff = true};
    int64_t n;
    enum store_result result = ops_find(db, &in->conversation, &staff, &n);

    if (result != STORE_OK)
        return result;
    if (in->text[0] == '\0')
        return db_run(db, "DELETE FROM draft WHERE staff = ? AND conversation = ? AND box = ?",
                      DB_ID(&in->staff), DB_N(n), DB_N(in->box));
    result = db_run(db,
                    "INSERT OR REPLACE INTO draft (staff, conversation, box, text, changed_ms) "
                    "SELECT id, ?2, ?3, ?4, ?5 FROM staff WHERE id = ?1",
                    DB_ID(&in->staff), DB_N(n), DB_N(in->box), DB_T(in->text), DB_N(in->now_ms));
    if (result != STORE_OK)
        return result;
    if (db_changes(db) == 0)
        return STORE_NOT_FOUND;
    return db_run(db,
                  "DELETE FROM draft WHERE staff = ?1 AND (conversation, box) IN (SELECT "
                  "conversation, box FROM draft WHERE staff = ?1 ORDER BY changed_ms DESC, "
                  "conversation DESC, box LIMIT -1 OFFSET ?2)",
                  DB_ID(&in->staff), DB_N(STORE_DRAFTS_MAX));
}

enum store_result ops_draft_done(struct db *db, int64_t n, const struct store_message_add *in)
{
    const enum store_box box = in->author == STORE_STAFF ? STORE_BOX_REPLY : STORE_BOX_NOTE;

    return db_run(db, "DELETE FROM draft WHERE staff = ? AND conversation = ? AND box = ?",
                  DB_ID(&in->staff), DB_N(n), DB_N(box));
}

enum store_result ops_mention(struct db *db, int64_t n, int64_t seq,
                              const struct store_message_add *in)
{
    enum store_result result = STORE_OK;

    for (size_t i = 0; i < in->mention_count && result == STORE_OK; i++)
        result = db_run(db,
                        "INSERT OR IGNORE INTO mention (staff, conversation, seq, at_ms) "
                        "SELECT id, ?2, ?3, ?4 FROM staff WHERE id = ?1",
                        DB_ID(&in->mentions[i]), DB_N(n), DB_N(seq), DB_N(in->now_ms));
    return result;
}

enum store_result ops_talk_read(struct db *db, struct store_op *op)
{
    const struct store_talk_read *in = &op->in.talk_read;
    sqlite3_stmt *st = db_query(
        db,
        "SELECT coalesce(a.text, ''), coalesce(b.text, ''), coalesce(r.seq, 0), "
        "coalesce(p.seq, 0), coalesce(p.at_ms, 0) FROM conversation c "
        "LEFT JOIN draft a ON a.staff = ?2 AND a.conversation = c.n AND a.box = 1 "
        "LEFT JOIN draft b ON b.staff = ?2 AND b.conversation = c.n AND b.box = 2 "
        "LEFT JOIN staff_read r ON r.staff = ?2 AND r.conversation = c.n "
        "LEFT JOIN read_mark p ON p.person = c.person AND p.conversation = c.n WHERE c.id = ?1",
        DB_ID(&in->conversation), DB_ID(&in->staff));
    const enum store_result result = ops_one_row(db, st);

    if (result == STORE_OK)
        op->out.talk = (struct store_talk){.reply = db_text(op, st, 0),
                                           .note = db_text(op, st, 1),
                                           .seq = db_int(st, 2),
                                           .person_seq = db_int(st, 3),
                                           .person_at_ms = db_int(st, 4)};
    return result;
}

enum store_result ops_staff_read(struct db *db, struct store_op *op)
{
    const struct store_talk_read *in = &op->in.staff_read;
    const struct store_asker staff = {.is_staff = true};
    int64_t n;
    enum store_result result = ops_find(db, &in->conversation, &staff, &n);

    if (result != STORE_OK)
        return result;
    result = db_run(db,
                    "INSERT INTO staff_read (staff, conversation, seq, at_ms) "
                    "SELECT s.id, c.n, min(?3, c.last_seq), ?4 FROM staff s, conversation c "
                    "WHERE s.id = ?1 AND c.n = ?2 "
                    "ON CONFLICT DO UPDATE SET seq = excluded.seq, at_ms = excluded.at_ms "
                    "WHERE excluded.seq > seq",
                    DB_ID(&in->staff), DB_N(n), DB_N(in->seq), DB_N(in->now_ms));
    op->out.changed.changed = db_changes(db) > 0;
    return result;
}

static enum store_result marks(struct db *db, struct store_op *op, sqlite3_stmt *st,
                               const struct store_mark **to, size_t *count)
{
    const size_t limit = op->in.staff_marks.limit;
    struct store_mark *rows = arena_alloc(op->arena, (limit + 1) * sizeof(*rows));
    int more = rows == NULL ? -1 : 1;

    *to = rows;
    while (more == 1 && *count < limit && (more = db_step(db, st)) == 1) {
        db_id(st, 0, &rows[*count].conversation);
        rows[*count].seq = db_int(st, 1);
        rows[(*count)++].at_ms = db_int(st, 2);
    }
    return more < 0 ? STORE_FAILED : STORE_OK;
}

enum store_result ops_staff_marks(struct db *db, struct store_op *op)
{
    const struct store_in_staff *in = &op->in.staff_marks;
    struct store_marks *out = &op->out.marks;
    enum store_result result;

    *out = (struct store_marks){0};
    result = marks(db, op,
                   db_query(db,
                            "SELECT c.id, r.seq, r.at_ms FROM staff_read r JOIN conversation c "
                            "ON c.n = r.conversation WHERE r.staff = ? AND c.open = 1 "
                            "ORDER BY r.at_ms DESC LIMIT ?",
                            DB_ID(&in->staff), DB_N(in->limit)),
                   &out->reads, &out->read_count);
    if (result != STORE_OK)
        return result;
    return marks(db, op,
                 db_query(db,
                          "SELECT c.id, max(m.seq), max(m.at_ms) FROM mention m "
                          "JOIN conversation c ON c.n = m.conversation "
                          "LEFT JOIN staff_read r ON r.staff = m.staff AND "
                          "r.conversation = m.conversation WHERE m.staff = ? AND "
                          "m.seq > coalesce(r.seq, 0) GROUP BY c.n ORDER BY 3 DESC LIMIT ?",
                          DB_ID(&in->staff), DB_N(in->limit)),
                 &out->mentions, &out->mention_count);
}

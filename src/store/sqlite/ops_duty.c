/* What the house looks at and does by itself. */
#include "store/sqlite/ops_private.h"

static enum store_result read_rows(struct db *db, struct store_op *op, struct store_duty *out)
{
    const struct store_in_part *in = &op->in.duty_look;
    struct store_duty_row *rows = arena_alloc(op->arena, (in->limit + 1) * sizeof(*rows));
    sqlite3_stmt *st;
    int found;

    if (rows == NULL)
        return STORE_FAILED;
    out->rows = rows;
    /* Two narrow looks, each by its own index. */
    st = db_query(db,
                  "SELECT c.id, c.staff, c.waiting_since_ms, c.snoozed_ms, c.away_ms, "
                  "c.escalated_ms, " TAGS ", coalesce((SELECT m.created_ms FROM message m WHERE "
                  "m.conversation = c.n AND m.author = 1 ORDER BY m.seq DESC LIMIT 1), "
                  "c.waiting_since_ms), c.woke_ms FROM ("
                  "SELECT n, 0 AS part, snoozed_ms AS at FROM conversation WHERE snoozed_ms <> 0 "
                  "AND snoozed_ms <= ?1 AND open = 1 UNION ALL "
                  "SELECT n, 1, waiting_since_ms FROM conversation WHERE open = 1 AND "
                  "waiting_since_ms > 0 AND snoozed_ms = 0 AND merged = 0 ORDER BY part, at, n "
                  "LIMIT ?2 OFFSET ?3) x JOIN conversation c ON c.n = x.n "
                  "ORDER BY x.part, x.at, x.n",
                  DB_N(in->now_ms), DB_N(in->limit), DB_N(in->skip));
    while ((found = db_step(db, st)) == 1) {
        struct store_duty_row *row = &rows[out->count++];

        *row = (struct store_duty_row){.waiting_since_ms = db_int(st, 2),
                                       .snoozed_ms = db_int(st, 3),
                                       .away_ms = db_int(st, 4),
                                       .escalated_ms = db_int(st, 5),
                                       .tags = db_text(op, st, 6),
                                       .said_ms = db_int(st, 7),
                                       .woke_ms = db_int(st, 8)};
        db_id(st, 0, &row->conversation);
        if (sqlite3_column_type(st, 1) != SQLITE_NULL)
            db_id(st, 1, &row->staff);
    }
    return found < 0 ? STORE_FAILED : STORE_OK;
}

static enum store_result read_members(struct db *db, struct store_op *op, struct store_duty *out)
{
    struct store_duty_member *rows = arena_alloc(op->arena, STORE_READ_MAX * sizeof(*rows));
    sqlite3_stmt *st;
    int found;

    if (rows == NULL)
        return STORE_FAILED;
    out->members = rows;
    st = db_query(db,
                  "SELECT f.id, (SELECT count(*) FROM conversation c WHERE c.staff = f.id AND "
                  "c.open = 1 AND c.snoozed_ms = 0), coalesce((SELECT iif(json_valid(t.text), "
                  "json_extract(t.text, '$.away') = 1, 0) FROM staff_setting t WHERE t.staff = "
                  "f.id AND t.key = 'routing'), 0) FROM staff f WHERE f.disabled_ms = 0 LIMIT ?",
                  DB_N(STORE_READ_MAX));
    while ((found = db_step(db, st)) == 1) {
        struct store_duty_member *row = &rows[out->member_count++];

        *row = (struct store_duty_member){.open = db_int(st, 1), .is_away = db_int(st, 2) != 0};
        db_id(st, 0, &row->id);
    }
    return found < 0 ? STORE_FAILED : STORE_OK;
}

enum store_result ops_duty_look(struct db *db, struct store_op *op)
{
    struct store_duty *out = &op->out.duty;
    enum store_result result;

    *out = (struct store_duty){0};
    result = read_rows(db, op, out);
    return result == STORE_OK ? read_members(db, op, out) : result;
}

enum store_result ops_duty_samples(struct db *db, struct store_op *op)
{
    const struct store_in_limit *in = &op->in.duty_samples;
    struct store_duty_samples *out = &op->out.duty_samples;
    struct store_duty_sample *rows = arena_alloc(op->arena, in->limit * sizeof(*rows));
    sqlite3_stmt *st;
    int found;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_duty_samples){.rows = rows};
    st = db_query(db,
                  "SELECT created_ms, answered_ms FROM (SELECT created_ms, answered_ms, open, "
                  "waiting_since_ms, merged FROM conversation WHERE adopted = 0 ORDER BY n DESC "
                  "LIMIT ?2) WHERE created_ms >= ?1 AND merged = 0 AND (answered_ms <> 0 OR "
                  "(open = 1 AND waiting_since_ms <> 0))",
                  DB_N(in->now_ms), DB_N(in->limit));
    while ((found = db_step(db, st)) == 1)
        rows[out->count++] = (struct store_duty_sample){db_int(st, 0), db_int(st, 1)};
    return found < 0 ? STORE_FAILED : STORE_OK;
}

/* ---- telling ---- */

static enum store_result say(struct db *db, struct store_op *op, enum store_author author,
                             const char *sender, const char *body)
{
    const struct store_duty_tell *in = &op->in.duty_tell;
    char client_id[ID_TEXT_SIZE];
    struct store_added added;
    const struct store_message_add m = {.conversation = in->conversation,
                                        .message = in->message,
                                        .asker = {.is_staff = true},
                                        .author = author,
                                        .name = "",
                                        .body = body,
                                        .sender = sender,
                                        .client_id = client_id,
                                        .now_ms = in->now_ms};

    id_format(&in->message, client_id);
    return ops_put_message(db, op, &m, &added);
}

static enum store_result tell_person(struct db *db, struct store_op *op, int64_t n)
{
    const struct store_duty_tell *in = &op->in.duty_tell;
    const enum store_result result =
        db_run(db, "UPDATE conversation SET away_ms = ? WHERE n = ?", DB_N(in->away_ms), DB_N(n));

    return result == STORE_OK ? say(db, op, STORE_EVENT, "duty", in->text) : result;
}

static enum store_result tell_others(struct db *db, struct store_op *op, int64_t n)
{
    const struct store_duty_tell *in = &op->in.duty_tell;
    const char *act = arena_printf(op->arena, "{\"act\":\"unanswered\",\"minutes\":%lld}",
                                   (long long)in->minutes);
    enum store_result result =
        db_run(db, "UPDATE conversation SET escalated_ms = waiting_since_ms WHERE n = ?", DB_N(n));

    if (act == NULL)
        return STORE_FAILED;
    for (size_t i = 0; result == STORE_OK && i < in->to_count; i++)
        result = db_run(db,
                        "INSERT INTO mail (kind, state, key, address, person, conversation, "
                        "next_at_ms, created_ms) SELECT 4, 1, ?1, ?2, c.person, c.n, ?3, ?3 FROM "
                        "conversation c JOIN mail_rule r WHERE c.n = ?4 AND r.ready = 1",
                        DB_ID(&in->keys[i]), DB_T(in->to[i]), DB_N(in->now_ms), DB_N(n));
    if (result == STORE_OK)
        result = ops_tell(db, "conversation.unanswered", n, 0);
    return result == STORE_OK ? say(db, op, STORE_NOTE, STORE_ACT_SENDER, act) : result;
}

enum store_result ops_duty_tell(struct db *db, struct store_op *op)
{
    const struct store_duty_tell *in = &op->in.duty_tell;
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT n, open AND waiting_since_ms = ?2, away_ms <> ?3, "
                 "escalated_ms <> ?2 FROM conversation WHERE id = ?1",
                 DB_ID(&in->conversation), DB_N(in->waiting_since_ms), DB_N(in->away_ms));
    enum store_result result = ops_one_row(db, st);
    const int64_t n = result == STORE_OK ? db_int(st, 0) : 0;
    const bool still = n != 0 && in->waiting_since_ms != 0 && db_int(st, 1) != 0;
    const bool person = still && in->text[0] != '\0' && db_int(st, 2) != 0;
    const bool others = still && !person && in->escalate && db_int(st, 3) != 0;

    op->out.changed.changed = person || others;
    if (result == STORE_OK && person)
        result = tell_person(db, op, n);
    if (result == STORE_OK && others)
        result = tell_others(db, op, n);
    return result;
}

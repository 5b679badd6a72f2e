/* Letters to people. */
#include <assert.h>

#include "store/sqlite/ops_private.h"

/* Who writes to people about answers: 'parley', of those given here; 'parley_all', also of those
 * given in the PSA; 'psa'. Without a word of the administrator it is Parley. */
#define WRITER                                                                                     \
    "coalesce((SELECT json_extract(text, '$.answers') FROM value WHERE key = 'emails'), "          \
    "'parley') "
/* Is a letter about the conversation `c` to its person `p` one to send? */
#define WANTS_LETTERS                                                                              \
    "p.verified_ms <> 0 AND p.blocked_ms = 0 AND p.mail_off_ms = 0 AND p.email <> '' AND "         \
    "(c.adopted = 0 OR " ACCESS_PSA("p.id") ") "
/* Is the conversation `c` still that of the person `p` who has proved who they are? */
#define STILL_THEIRS                                                                               \
    "p.verified_ms <> 0 AND p.blocked_ms = 0 AND p.email <> '' AND "                               \
    "((c.adopted = 0 AND c.person = p.id) OR " ACCESS_PSA("p.id") ") "
/* Not to be tried before somebody decides so, or never again. */
#define ENDED "finished_ms = ?1, sealed = '' "

enum store_result ops_mail_put(struct db *db, const struct store_mail *mail)
{
    if (mail->kind == 0)
        return STORE_OK;
    return db_run(db,
                  "INSERT INTO mail (kind, state, key, address, sealed, next_at_ms, created_ms, "
                  "expires_ms, language) VALUES (?, 1, ?, ?, ?, ?5, ?5, ?6, ?7)",
                  DB_N(mail->kind), DB_ID(&mail->key), DB_T(mail->to), DB_T(mail->sealed),
                  DB_N(mail->now_ms), DB_N(mail->expires_ms), DB_T(mail->language));
}

enum store_result ops_mail_answer(struct db *db, int64_t conversation, int64_t seq,
                                  const struct store_message_add *in)
{
    if (in->mail_ms < 0)
        return STORE_OK;
    return db_run(db,
                  "INSERT INTO mail (kind, state, key, address, person, conversation, seq_from, "
                  "seq_to, next_at_ms, created_ms) "
                  "SELECT 2, 1, ?1, '', c.person, c.n, ?2, ?2, ?3 + r.after_ms, ?3 "
                  "FROM conversation c JOIN person p ON p.id = c.person JOIN mail_rule r "
                  "WHERE c.n = ?4 AND r.ready = 1 AND " WRITER
                  "IN ('parley_all', iif(?5, '', 'parley')) AND " WANTS_LETTERS
                  "ON CONFLICT (conversation) WHERE kind = 2 AND state = 1 AND attempts = 0 "
                  "DO UPDATE SET seq_to = excluded.seq_to, next_at_ms = min(excluded.next_at_ms, "
                  "created_ms + (SELECT most_ms FROM mail_rule))",
                  DB_ID(&in->message), DB_N(seq), DB_N(in->mail_ms != 0 ? in->mail_ms : in->now_ms),
                  DB_N(conversation), DB_N(in->psa_comment_id != 0));
}

enum store_result ops_mail_forget(struct db *db, const struct id *person)
{
    return db_run(db,
                  "DELETE FROM mail WHERE person = ?1 OR (kind = 1 AND lower(address) = "
                  "(SELECT lower(email) FROM person WHERE id = ?1 AND email <> ''))",
                  DB_ID(person));
}

enum store_result ops_mail_by_psa(struct db *db, int64_t conversation, int64_t seq_from,
                                  int64_t seq_to, bool *by_psa)
{
    sqlite3_stmt *st = db_query(db,
                                "SELECT " WRITER "= 'psa' AND NOT EXISTS (SELECT 1 FROM mail "
                                "WHERE conversation = ?1 AND seq_from <= ?3 AND seq_to >= ?2)",
                                DB_N(conversation), DB_N(seq_from), DB_N(seq_to));

    if (db_step(db, st) != 1)
        return STORE_FAILED;
    *by_psa = db_int(st, 0) != 0;
    return STORE_OK;
}

enum store_result ops_mail_add(struct db *db, struct store_op *op)
{
    const struct store_mail_add *in = &op->in.mail_add;
    const enum store_result result = ops_mail_put(db, &in->mail);

    return result == STORE_OK ? ops_audit(db, &in->audit) : result;
}

enum store_result ops_mail_begin(struct db *db, struct store_op *op)
{
    const struct store_mail_begin *in = &op->in.mail_begin;
    enum store_result result =
        db_run(db, "UPDATE mail_rule SET ready = ?, after_ms = ?, most_ms = ?", DB_N(in->ready),
               DB_N(in->after_ms), DB_N(in->most_ms));

    if (result == STORE_OK)
        result = db_run(db, "UPDATE mail SET state = 1, next_at_ms = ? WHERE state = 2",
                        DB_N(in->now_ms));
    return result;
}

/* ---- what goes out ---- */

enum store_result ops_mail_due(struct db *db, struct store_op *op)
{
    const struct store_in_limit *in = &op->in.mail_due;
    struct store_mail_due *out = &op->out.mail_due;
    int64_t *ids = arena_alloc(op->arena, (in->limit + 1) * sizeof(*ids));
    sqlite3_stmt *st;
    int found;

    if (ids == NULL)
        return STORE_FAILED;
    *out = (struct store_mail_due){.ids = ids};
    st = db_query(db,
                  "SELECT id FROM mail WHERE state = 1 AND state < 3 AND (next_at_ms <= ? OR "
                  "next_at_ms > ?) ORDER BY kind <> 1, next_at_ms LIMIT ?",
                  DB_N(in->now_ms), DB_N(in->now_ms + STORE_AHEAD_MAX_MS), DB_N(in->limit));
    while ((found = db_step(db, st)) == 1)
        ids[out->count++] = db_int(st, 0);
    if (found < 0)
        return STORE_FAILED;
    st = db_query(db,
                  "SELECT coalesce(min(next_at_ms), 0) FROM mail WHERE state = 1 AND state < 3 AND "
                  "next_at_ms > ? AND next_at_ms <= ?",
                  DB_N(in->now_ms), DB_N(in->now_ms + STORE_AHEAD_MAX_MS));
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    out->next_ms = db_int(st, 0);
    return STORE_OK;
}

static enum store_result read_letter(struct db *db, struct store_op *op,
                                     struct store_mail_taken *out, bool *wanted, int64_t *n)
{
    const int64_t now_ms = op->in.mail_take.now_ms;
    sqlite3_stmt *st = db_query(
        db,
        "SELECT m.id, m.kind, m.key, iif(m.kind IN (2, 5), p.email, m.address), m.sealed, "
        "m.attempts, m.created_ms, m.expires_ms, coalesce((SELECT text FROM value WHERE "
        "key = 'brand'), ''), c.id, p.id, p.name, c.subject, c.reference, c.n, "
        "CASE m.kind WHEN 2 THEN " WANTS_LETTERS "AND p.id = m.person WHEN 4 THEN c.open AND "
        "c.waiting_since_ms <> 0 AND c.escalated_ms = c.waiting_since_ms WHEN 5 THEN " STILL_THEIRS
        "ELSE 1 END, iif(m.kind IN (2, 5), "
        "p.language, m.language), iif(m.kind = 5, (SELECT text FROM value WHERE key = 'hours'), "
        "'') FROM mail m LEFT JOIN conversation c ON c.n = m.conversation "
        "LEFT JOIN person p ON p.id = iif(m.kind = 5, m.person, c.person) "
        "WHERE m.id = ? AND m.state = 1",
        DB_N(op->in.mail_take.id));
    const enum store_result result = ops_one_row(db, st);

    if (result != STORE_OK)
        return result;
    *out = (struct store_mail_taken){
        .id = db_int(st, 0),
        .kind = (enum store_mail_kind)db_int(st, 1),
        .to = db_text(op, st, 3),
        .sealed = db_text(op, st, 4),
        .attempts = db_int(st, 5) + 1,
        .created_ms = db_int(st, 6),
        .expires_ms = db_int(st, 7),
        .brand = db_text(op, st, 8),
        .name = db_text(op, st, 11),
        .subject = db_text(op, st, 12),
        .reference = db_text(op, st, 13),
        .hours = db_text(op, st, 17),
    };
    ops_language(st, 16, out->language);
    db_id(st, 2, &out->key);
    db_id(st, 9, &out->conversation);
    db_id(st, 10, &out->person);
    *n = db_int(st, 14);
    *wanted = db_int(st, 15) != 0;
    out->ended = out->expires_ms != 0 && out->expires_ms <= now_ms;
    return STORE_OK;
}

/* What staff said within the letter that its person has not read. */
static enum store_result read_answers(struct db *db, struct store_op *op,
                                      struct store_mail_taken *out, int64_t n)
{
    struct store_message *rows = arena_alloc(op->arena, STORE_MAIL_TOLD_MAX * sizeof(*rows));
    sqlite3_stmt *st;
    int found;

    if (rows == NULL)
        return STORE_FAILED;
    out->messages = rows;
    st = db_query(db,
                  "SELECT " MESSAGE_COLUMNS MESSAGE_TABLES
                  "JOIN mail l ON l.id = ?1 WHERE m.conversation = ?2 AND m.author = 2 AND "
                  "(m.body <> '' OR EXISTS (SELECT 1 FROM file f WHERE f.conversation = "
                  "m.conversation AND f.seq = m.seq)) AND (s.name NOT GLOB 'psa:*' OR " WRITER
                  "= 'parley_all') AND "
                  "m.seq BETWEEN l.seq_from AND l.seq_to AND m.seq > "
                  "coalesce((SELECT seq FROM read_mark WHERE person = l.person AND "
                  "conversation = ?2), 0) ORDER BY m.seq",
                  DB_N(out->id), DB_N(n));
    while ((found = db_step(db, st)) == 1)
        if (out->message_count < STORE_MAIL_TOLD_MAX)
            ops_read_message(op, st, &rows[out->message_count++]);
        else
            out->more++;
    if (found < 0)
        return STORE_FAILED;
    return ops_read_files(db, op, n, rows, out->message_count);
}

enum store_result ops_mail_take(struct db *db, struct store_op *op)
{
    const struct store_in_mail *in = &op->in.mail_take;
    struct store_mail_taken *out = &op->out.mail_taken;
    int64_t n = 0;
    bool wanted = false;
    enum store_result result = read_letter(db, op, out, &wanted, &n);

    if (result == STORE_OK && out->kind == STORE_MAIL_ANSWER && wanted) {
        result = read_answers(db, op, out, n);
        wanted = out->message_count > 0;
    }
    if (result == STORE_OK && out->kind == STORE_MAIL_TRANSCRIPT && wanted)
        result = ops_mail_transcript(db, op, n, out);
    if (result == STORE_OK && out->kind == STORE_MAIL_DIGEST) {
        result = ops_digest_read(db, op, out->id, &out->digest);
        wanted = out->digest.count > 0;
    }
    if (result != STORE_OK)
        return result;
    if (out->ended)
        return db_run(db, "UPDATE mail SET state = 5, " ENDED "WHERE id = ?2", DB_N(in->now_ms),
                      DB_N(in->id));
    out->ended = !wanted;
    if (out->ended)
        return db_run(db, "UPDATE mail SET state = 6, reason = '', " ENDED "WHERE id = ?2",
                      DB_N(in->now_ms), DB_N(in->id));
    return db_run(db, "UPDATE mail SET state = 2, attempts = ?, address = ? WHERE id = ?",
                  DB_N(out->attempts), DB_T(out->to), DB_N(in->id));
}

/* What ended long ago is forgotten. */
static enum store_result sweep(struct db *db, int64_t now_ms)
{
    return db_run(db, "DELETE FROM mail WHERE finished_ms <> 0 AND finished_ms < ?",
                  DB_N(now_ms - STORE_MAIL_KEPT_MS));
}

enum store_result ops_mail_finish(struct db *db, struct store_op *op)
{
    const struct store_mail_finish *in = &op->in.mail_finish;
    enum store_result result = STORE_FAILED;

    switch (in->outcome) {
    case STORE_MAIL_DONE:
        result = db_run(
            db, "UPDATE mail SET state = 3, reason = '', " ENDED "WHERE id = ?2 AND state = 2",
            DB_N(in->now_ms), DB_N(in->id));
        break;
    case STORE_MAIL_PARK:
        result = db_run(db,
                        "UPDATE mail SET state = 4, reason = ?, sealed = '' WHERE id = ? AND "
                        "state = 2",
                        DB_T(in->reason), DB_N(in->id));
        break;
    case STORE_MAIL_RETRY:
    case STORE_MAIL_HOLD:
        result = db_run(db,
                        "UPDATE mail SET state = 1, next_at_ms = ?, reason = ?, attempts = "
                        "max(1, attempts - ?) WHERE id = ? AND state = 2",
                        DB_N(in->at_ms), DB_T(in->reason), DB_N(in->outcome == STORE_MAIL_HOLD),
                        DB_N(in->id));
        break;
    }
    if (result != STORE_OK)
        return result;
    if (db_changes(db) == 0)
        return STORE_NOT_FOUND;
    return sweep(db, in->now_ms);
}

/* ---- what an administrator sees and does ---- */

#define ROW_COLUMNS                                                                                \
    "m.id, m.kind, m.state, m.address, m.reason, coalesce(c.reference, ''), m.created_ms, "        \
    "m.finished_ms, m.next_at_ms "
#define ROW_TABLES "FROM mail m LEFT JOIN conversation c ON c.n = m.conversation "

static void read_row(struct store_op *op, sqlite3_stmt *st, struct store_mail_row *to)
{
    *to = (struct store_mail_row){.id = db_int(st, 0),
                                  .kind = (enum store_mail_kind)db_int(st, 1),
                                  .state = (enum store_mail_state)db_int(st, 2),
                                  .to = db_text(op, st, 3),
                                  .reason = db_text(op, st, 4),
                                  .reference = db_text(op, st, 5),
                                  .created_ms = db_int(st, 6),
                                  .finished_ms = db_int(st, 7),
                                  .next_at_ms = db_int(st, 8)};
}

static enum store_result count_letters(struct db *db, int64_t now_ms,
                                       struct store_mail_overview *out)
{
    sqlite3_stmt *st = db_query(
        db,
        "SELECT coalesce(sum(next_at_ms <= ?1 OR attempts > 0), 0), "
        "coalesce(sum(next_at_ms > ?1 AND attempts = 0), 0), "
        "coalesce(min(iif(next_at_ms <= ?1 OR attempts > 0, created_ms, NULL)), 0), "
        "coalesce((SELECT max(finished_ms) FROM mail WHERE finished_ms <> 0 AND state = 3), 0) "
        "FROM mail WHERE state < 3",
        DB_N(now_ms));

    if (db_step(db, st) != 1)
        return STORE_FAILED;
    out->waiting = db_int(st, 0);
    out->later = db_int(st, 1);
    out->oldest_ms = db_int(st, 2);
    out->sent_ms = db_int(st, 3);
    return STORE_OK;
}

enum store_result ops_mail_overview(struct db *db, struct store_op *op)
{
    const struct store_in_mail *in = &op->in.mail_overview;
    struct store_mail_overview *out = &op->out.mail;
    struct store_mail_row *rows = arena_alloc(op->arena, (in->limit + 1) * sizeof(*rows));
    sqlite3_stmt *st;
    int found;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_mail_overview){.parked = rows};
    if (count_letters(db, in->now_ms, out) != STORE_OK)
        return STORE_FAILED;
    st = db_query(db,
                  "SELECT " ROW_COLUMNS ROW_TABLES "WHERE m.state = 4 ORDER BY m.id DESC LIMIT ?",
                  DB_N(in->limit + 1));
    while ((found = db_step(db, st)) == 1)
        if (out->parked_count < in->limit)
            read_row(op, st, &rows[out->parked_count++]);
        else
            out->more = true;
    if (found < 0)
        return STORE_FAILED;
    st = db_query(db,
                  "SELECT " ROW_COLUMNS ROW_TABLES
                  "WHERE m.kind = 3 AND m.address = ? ORDER BY m.id DESC LIMIT 1",
                  DB_T(in->to));
    found = db_step(db, st);
    if (found == 1)
        read_row(op, st, &out->test);
    return found < 0 ? STORE_FAILED : STORE_OK;
}

enum store_result ops_mail_decide(struct db *db, struct store_op *op)
{
    const struct store_mail_decide *in = &op->in.mail_decide;
    struct store_audit audit = in->audit;
    sqlite3_stmt *st =
        db_query(db, "SELECT kind, address FROM mail WHERE id = ? AND state = 4", DB_N(in->id));
    enum store_result result = ops_one_row(db, st);

    if (result != STORE_OK)
        return result;
    if (in->retry && db_int(st, 0) == STORE_MAIL_CODE)
        return STORE_CONFLICT;
    if (audit.object[0] == '\0')
        audit.object = db_text(op, st, 1);
    if (in->retry)
        result = db_run(db, "UPDATE mail SET state = 1, next_at_ms = ?, attempts = 1 WHERE id = ?",
                        DB_N(in->now_ms), DB_N(in->id));
    else
        result = db_run(db, "UPDATE mail SET state = 6, " ENDED "WHERE id = ?2", DB_N(in->now_ms),
                        DB_N(in->id));
    return result == STORE_OK ? ops_audit(db, &audit) : result;
}

enum store_result ops_mail_off(struct db *db, struct store_op *op)
{
    const struct store_mail_off *in = &op->in.mail_off;
    enum store_result result;
    sqlite3_stmt *st =
        db_query(db, "SELECT mail_off_ms FROM person WHERE id = ?", DB_ID(&in->person));

    result = ops_one_row(db, st);
    if (result != STORE_OK)
        return result;
    op->out.changed.changed = (db_int(st, 0) != 0) != in->off;
    if (!op->out.changed.changed)
        return STORE_OK;
    return db_run(db, "UPDATE person SET mail_off_ms = ? WHERE id = ?",
                  DB_N(in->off ? in->now_ms : 0), DB_ID(&in->person));
}

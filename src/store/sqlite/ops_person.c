/* People as staff see them: the list, one of them, what was said with them. */
#include <string.h>

#include "store/sqlite/ops_private.h"

/* For `FROM person p LEFT JOIN person_link l ...`. */
#define PERSON_COLUMNS                                                                             \
    "p.id, p.name, p.email, p.company, p.verified_ms <> 0, p.blocked_ms <> 0, p.manager, "         \
    "p.mail_off_ms <> 0, coalesce(l.how, 0), coalesce(l.psa_contact, 0), "                         \
    "coalesce(l.psa_customer, 0), p.created_ms, max(p.seen_ms, coalesce((SELECT max(v.seen_ms) "   \
    "FROM visitor v WHERE v.person = p.id), 0)), (SELECT count(*) FROM conversation c WHERE "      \
    "c.person = p.id) "
#define PERSON_COUNT 14 /* columns */

static void read_person(struct store_op *op, sqlite3_stmt *st, struct store_person *to)
{
    *to = (struct store_person){.name = db_text(op, st, 1),
                                .email = db_text(op, st, 2),
                                .company = db_text(op, st, 3),
                                .is_verified = db_int(st, 4) != 0,
                                .is_blocked = db_int(st, 5) != 0,
                                .is_manager = db_int(st, 6) != 0,
                                .mail_off = db_int(st, 7) != 0,
                                .how = (enum store_link_how)db_int(st, 8),
                                .psa_contact = db_int(st, 9),
                                .psa_customer = db_int(st, 10),
                                .created_ms = db_int(st, 11),
                                .seen_ms = db_int(st, 12),
                                .conversations = db_int(st, 13)};
    db_id(st, 0, &to->id);
}

/* ---- the list ---- */

enum store_result ops_people_read(struct db *db, struct store_op *op)
{
    const struct store_people_read *in = &op->in.people_read;
    struct store_people *out = &op->out.people;
    struct store_person *rows = arena_alloc(op->arena, (in->limit + 1) * sizeof(*rows));
    char pattern[2 * STORE_QUERY_MAX + 3];
    sqlite3_stmt *st;
    int more;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_people){.rows = rows};
    ops_like(in->query, pattern);
    /* Ids grow with time. */
    st = db_query(db,
                  "SELECT " PERSON_COLUMNS "FROM person p LEFT JOIN person_link l ON l.person = "
                  "p.id AND l.account = ?1 WHERE p.erased_ms = 0 AND (?2 = 0 OR p.id < ?3) AND "
                  "(?4 = '' OR p.name LIKE ?5 ESCAPE '\\' OR p.email LIKE ?5 ESCAPE '\\' OR "
                  "p.company LIKE ?5 ESCAPE '\\') ORDER BY p.id DESC LIMIT ?6",
                  DB_T(in->account), DB_N(!id_is_none(&in->before)), DB_ID(&in->before),
                  DB_T(in->query), DB_T(pattern), DB_N(in->limit + 1));
    while ((more = db_step(db, st)) == 1) {
        if (out->count == in->limit) {
            out->more = true;
            return STORE_OK;
        }
        read_person(op, st, &rows[out->count++]);
    }
    return more < 0 ? STORE_FAILED : STORE_OK;
}

/* ---- one of them ---- */

static enum store_result read_identities(struct db *db, struct store_op *op,
                                         struct store_person_page *out)
{
    struct store_identity *rows = arena_alloc(op->arena, STORE_PERSON_ROWS * sizeof(*rows));
    sqlite3_stmt *st;
    int more;

    if (rows == NULL)
        return STORE_FAILED;
    out->identities = rows;
    st = db_query(db,
                  "SELECT kind, issuer, subject, created_ms FROM person_identity WHERE person = ? "
                  "ORDER BY kind, created_ms LIMIT ?",
                  DB_ID(&out->person.id), DB_N(STORE_PERSON_ROWS));
    while ((more = db_step(db, st)) == 1)
        rows[out->identity_count++] = (struct store_identity){db_int(st, 0), db_text(op, st, 1),
                                                              db_text(op, st, 2), db_int(st, 3)};
    return more < 0 ? STORE_FAILED : STORE_OK;
}

static enum store_result read_talks(struct db *db, struct store_op *op,
                                    struct store_person_page *out)
{
    struct store_person_talk *rows = arena_alloc(op->arena, STORE_PERSON_ROWS * sizeof(*rows));
    sqlite3_stmt *st;
    int more;

    if (rows == NULL)
        return STORE_FAILED;
    out->talks = rows;
    st = db_query(db,
                  "SELECT id, reference, subject, ticket_number, ticket_status, open, created_ms, "
                  "last_at_ms, coalesce(r.score, 0), coalesce(r.comment, ''), coalesce(r.at_ms, 0) "
                  "FROM conversation LEFT JOIN rating r ON r.conversation = n "
                  "WHERE person = ? ORDER BY created_ms DESC, n DESC LIMIT ?",
                  DB_ID(&out->person.id), DB_N(STORE_PERSON_ROWS));
    while ((more = db_step(db, st)) == 1) {
        struct store_person_talk *row = &rows[out->talk_count++];

        *row = (struct store_person_talk){.reference = db_text(op, st, 1),
                                          .subject = db_text(op, st, 2),
                                          .number = db_text(op, st, 3),
                                          .status = db_text(op, st, 4),
                                          .open = db_int(st, 5) != 0,
                                          .created_ms = db_int(st, 6),
                                          .last_at_ms = db_int(st, 7),
                                          .rating = {.score = db_int(st, 8),
                                                     .comment = db_text(op, st, 9),
                                                     .at_ms = db_int(st, 10)}};
        db_id(st, 0, &row->conversation);
    }
    return more < 0 ? STORE_FAILED : STORE_OK;
}

static enum store_result read_tickets(struct db *db, struct store_op *op, const char *account,
                                      struct store_person_page *out)
{
    struct store_person_ticket *rows = arena_alloc(op->arena, STORE_PERSON_ROWS * sizeof(*rows));
    sqlite3_stmt *st;
    int more;

    if (rows == NULL)
        return STORE_FAILED;
    out->tickets = rows;
    st = db_query(db,
                  "SELECT t.id, t.account, t.number, t.subject, t.status, t.open, t.updated_ms "
                  "FROM person_link l JOIN ticket t ON t.account = l.account AND "
                  "t.contact = l.psa_contact AND t.contact <> 0 WHERE l.person = ?1 AND "
                  "l.account = ?2 AND l.psa_contact <> 0 AND t.gone = 0 AND NOT EXISTS (SELECT 1 "
                  "FROM conversation c WHERE c.ticket_id = t.id AND c.ticket_id <> 0 AND "
                  "c.account = t.account) ORDER BY t.updated_ms DESC, t.id LIMIT ?3",
                  DB_ID(&out->person.id), DB_T(account), DB_N(STORE_PERSON_ROWS));
    while ((more = db_step(db, st)) == 1)
        rows[out->ticket_count++] = (struct store_person_ticket){.id = db_int(st, 0),
                                                                 .account = db_text(op, st, 1),
                                                                 .number = db_text(op, st, 2),
                                                                 .subject = db_text(op, st, 3),
                                                                 .status = db_text(op, st, 4),
                                                                 .open = db_int(st, 5) != 0,
                                                                 .updated_ms = db_int(st, 6)};
    return more < 0 ? STORE_FAILED : STORE_OK;
}

static enum store_result read_sessions(struct db *db, struct store_op *op, int64_t now_ms,
                                       struct store_person_page *out)
{
    struct store_person_session *rows = arena_alloc(op->arena, STORE_PERSON_ROWS * sizeof(*rows));
    sqlite3_stmt *st;
    int more;

    if (rows == NULL)
        return STORE_FAILED;
    out->sessions = rows;
    st = db_query(db,
                  "SELECT verified_ms <> 0, via, agent, iif(verified_ms, verified_ms, created_ms), "
                  "seen_ms, expires_ms FROM visitor WHERE person = ? AND (verified_ms = 0 OR "
                  "expires_ms > ?) ORDER BY 4 DESC LIMIT ?",
                  DB_ID(&out->person.id), DB_N(now_ms), DB_N(STORE_PERSON_ROWS));
    while ((more = db_step(db, st)) == 1)
        rows[out->session_count++] = (struct store_person_session){
            db_int(st, 0) != 0, db_text(op, st, 1), db_text(op, st, 2),
            db_int(st, 3),      db_int(st, 4),      db_int(st, 5)};
    return more < 0 ? STORE_FAILED : STORE_OK;
}

static enum store_result read_mails(struct db *db, struct store_op *op,
                                    struct store_person_page *out)
{
    struct store_person_mail *rows = arena_alloc(op->arena, STORE_PERSON_ROWS * sizeof(*rows));
    sqlite3_stmt *st;
    int more;

    if (rows == NULL)
        return STORE_FAILED;
    out->mails = rows;
    st = db_query(db,
                  "SELECT m.kind, m.state, m.created_ms, m.finished_ms, coalesce(c.reference, '') "
                  "FROM mail m LEFT JOIN conversation c ON c.n = m.conversation WHERE "
                  "(m.person = ?1 AND m.kind <> 4) OR (?2 <> '' AND m.address = ?2) ORDER BY m.id "
                  "DESC LIMIT ?3",
                  DB_ID(&out->person.id), DB_T(out->person.email), DB_N(STORE_PERSON_ROWS));
    while ((more = db_step(db, st)) == 1)
        rows[out->mail_count++] = (struct store_person_mail){
            db_int(st, 0), db_int(st, 1), db_int(st, 2), db_int(st, 3), db_text(op, st, 4)};
    return more < 0 ? STORE_FAILED : STORE_OK;
}

enum store_result ops_person_read(struct db *db, struct store_op *op)
{
    const struct store_in_person *in = &op->in.person_read;
    struct store_person_page *out = &op->out.person_page;
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT " PERSON_COLUMNS ", p.verified_ms, p.blocked_ms, p.mail_off_ms, "
                 "coalesce(l.checked_ms, 0), coalesce(l.candidates, '') FROM person p LEFT JOIN "
                 "person_link l ON l.person = p.id AND l.account = ? WHERE p.id = ? AND "
                 "p.erased_ms = 0",
                 DB_T(in->account), DB_ID(&in->person));
    enum store_result result = ops_one_row(db, st);

    if (result != STORE_OK)
        return result;
    *out = (struct store_person_page){.verified_ms = db_int(st, PERSON_COUNT),
                                      .blocked_ms = db_int(st, PERSON_COUNT + 1),
                                      .mail_off_ms = db_int(st, PERSON_COUNT + 2),
                                      .checked_ms = db_int(st, PERSON_COUNT + 3),
                                      .candidates = db_text(op, st, PERSON_COUNT + 4)};
    read_person(op, st, &out->person);
    result = read_identities(db, op, out);
    if (result == STORE_OK)
        result = read_talks(db, op, out);
    if (result == STORE_OK)
        result = read_tickets(db, op, in->account, out);
    if (result == STORE_OK)
        result = read_mails(db, op, out);
    return result == STORE_OK ? read_sessions(db, op, in->now_ms, out) : result;
}

/* ---- what was said ---- */

enum store_result ops_person_said(struct db *db, struct store_op *op)
{
    const struct store_person_said *in = &op->in.person_said;
    struct store_said_list *out = &op->out.said;
    struct store_said *rows = arena_alloc(op->arena, (in->limit + 1) * sizeof(*rows));
    size_t bytes = 0;
    sqlite3_stmt *st;
    int more;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_said_list){.rows = rows};
    st = db_query(
        db,
        "SELECT c.n, m.seq, m.created_ms, c.reference, c.ticket_number, m.name, m.body, "
        "m.author, (SELECT json_group_array(f.name) FROM file f WHERE f.conversation = c.n AND "
        "f.seq = m.seq AND f.seq <> 0) FROM conversation c JOIN message m ON m.conversation = c.n "
        "WHERE "
        "c.person = ?1 AND m.author <> 3 AND (c.n, m.seq) > (?2, ?3) "
        "ORDER BY c.n, m.seq LIMIT ?4",
        DB_ID(&in->person), DB_N(in->after_conversation), DB_N(in->after_seq), DB_N(in->limit + 1));
    while ((more = db_step(db, st)) == 1) {
        bytes += (size_t)sqlite3_column_bytes(st, 6);
        if (out->count == in->limit || (bytes > STORE_READ_BYTES && out->count > 0)) {
            out->more = true;
            return STORE_OK;
        }
        rows[out->count++] = (struct store_said){.conversation = db_int(st, 0),
                                                 .seq = db_int(st, 1),
                                                 .at_ms = db_int(st, 2),
                                                 .reference = db_text(op, st, 3),
                                                 .number = db_text(op, st, 4),
                                                 .name = db_text(op, st, 5),
                                                 .body = db_text(op, st, 6),
                                                 .files = db_text(op, st, 8),
                                                 .author = (enum store_author)db_int(st, 7)};
    }
    return more < 0 ? STORE_FAILED : STORE_OK;
}

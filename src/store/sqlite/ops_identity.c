/* What proves who somebody is, and what follows from that: the browser is theirs. */
#include <string.h>

#include "base/str.h"
#include "store/sqlite/ops_private.h"

#define KEPT_MS INT64_C(3600000) /* a code's row: so long it counts that one was asked for */

/* ---- codes ---- */

enum store_result ops_code_ask(struct db *db, struct store_op *op)
{
    const struct store_code_ask *in = &op->in.code_ask;
    sqlite3_stmt *st;
    bool too_many, is_blocked;
    enum store_result result = db_run(db, "DELETE FROM proof WHERE at_ms < ?1 - ?2 OR at_ms > ?1",
                                      DB_N(in->now_ms), DB_N(KEPT_MS));

    if (result != STORE_OK)
        return result;
    st = db_query(db,
                  "SELECT (SELECT count(*) FROM proof WHERE kind = ?1 AND issuer = ?2 AND "
                  "subject = ?3 AND at_ms > ?4), EXISTS (SELECT 1 FROM person_identity i JOIN "
                  "person p ON p.id = i.person WHERE i.kind = ?1 AND i.issuer = ?2 AND "
                  "i.subject = ?3 AND p.blocked_ms <> 0)",
                  DB_N(in->kind), DB_T(in->issuer), DB_T(in->subject), DB_N(in->since_ms));
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    too_many = in->most > 0 && db_int(st, 0) >= in->most;
    is_blocked = db_int(st, 1) != 0;
    op->out.changed.changed = !too_many && !is_blocked;
    if (too_many)
        return STORE_OK;
    /* For who is blocked there is a row as for anybody, which no code opens. */
    result = db_run(db,
                    "INSERT INTO proof (visitor, kind, issuer, subject, email, mac, at_ms, "
                    "expires_ms) VALUES (?1, ?2, ?3, ?4, ?5, iif(?6, x'', ?7), ?8, ?9)",
                    DB_HASH(in->token_hash), DB_N(in->kind), DB_T(in->issuer), DB_T(in->subject),
                    DB_T(in->email), DB_N(is_blocked), DB_HASH(in->mac), DB_N(in->now_ms),
                    DB_N(in->expires_ms));
    return result == STORE_OK && !is_blocked ? ops_mail_put(db, &in->mail) : result;
}

/* What is being proved. */
struct proof {
    enum store_proof_kind kind;
    const char *issuer, *subject, *email, *name;
    const char *via;
};

static bool fits(sqlite3_stmt *st, int column, const uint8_t mac[STORE_HASH_SIZE])
{
    const unsigned char *kept = sqlite3_column_blob(st, column);
    unsigned char differ = 0;

    if (kept == NULL || sqlite3_column_bytes(st, column) != STORE_HASH_SIZE)
        return false;
    for (size_t i = 0; i < STORE_HASH_SIZE; i++)
        differ |= kept[i] ^ mac[i];
    return differ == 0;
}

/* The newest that this browser asked for counts, and no other. *fine false: the code is wrong, late
 * or tried too often; that is written down. */
static enum store_result use_code(struct db *db, struct store_op *op, struct proof *proof,
                                  bool *fine)
{
    const struct store_person_verify *in = &op->in.person_verify;
    sqlite3_stmt *st = db_query(
        db,
        "SELECT id, kind, issuer, subject, email, mac FROM proof WHERE visitor = ?1 AND "
        "id = (SELECT max(id) FROM proof WHERE visitor = ?1 AND (kind = 1) = (?2 <> '')) "
        "AND (?2 = '' OR email = ?2) AND tries < ?3 AND expires_ms > ?4 AND at_ms <= ?4",
        DB_HASH(in->token_hash), DB_T(in->code_email), DB_N(in->tries_max), DB_N(in->now_ms));
    const enum store_result result = ops_one_row(db, st);
    int64_t id;

    *fine = false;
    if (result != STORE_OK)
        return result == STORE_NOT_FOUND ? STORE_OK : result;
    id = db_int(st, 0);
    if (!fits(st, 5, in->code_mac))
        return db_run(db, "UPDATE proof SET tries = tries + 1 WHERE id = ?", DB_N(id));
    *proof = (struct proof){
        .kind = (enum store_proof_kind)db_int(st, 1),
        .issuer = db_text(op, st, 2),
        .subject = db_text(op, st, 3),
        .email = db_text(op, st, 4),
        .name = "",
        .via = db_int(st, 1) == STORE_PROOF_EMAIL ? "code" : "oidc",
    };
    *fine = true;
    /* Used up; the row stays as one that was asked for. */
    return db_run(db, "UPDATE proof SET expires_ms = 0, mac = x'' WHERE id = ?", DB_N(id));
}

/* ---- whom it proves ---- */

static enum store_result named(struct db *db, enum store_proof_kind kind, const char *issuer,
                               const char *subject, struct id *person)
{
    sqlite3_stmt *st = db_query(db,
                                "SELECT person FROM person_identity WHERE kind = ? AND "
                                "issuer = ? AND subject = ?",
                                DB_N(kind), DB_T(issuer), DB_T(subject));
    const enum store_result result = ops_one_row(db, st);

    if (result == STORE_OK)
        db_id(st, 0, person);
    return result;
}

static enum store_result name_as(struct db *db, enum store_proof_kind kind, const char *issuer,
                                 const char *subject, const struct id *person, int64_t now_ms)
{
    return db_run(db,
                  "INSERT OR IGNORE INTO person_identity (kind, issuer, subject, person, "
                  "created_ms) VALUES (?, ?, ?, ?, ?)",
                  DB_N(kind), DB_T(issuer), DB_T(subject), DB_ID(person), DB_N(now_ms));
}

/* By the email: but not somebody whom the same site or provider knows by another name. Their
 * address was given to somebody else since. */
static enum store_result by_email(struct db *db, const struct proof *proof, struct id *person)
{
    enum store_result result;

    if (proof->email[0] == '\0')
        return STORE_NOT_FOUND;
    result = named(db, STORE_PROOF_EMAIL, "", proof->email, person);
    if (result != STORE_OK || proof->kind == STORE_PROOF_EMAIL)
        return result;
    result = ops_one_row(
        db,
        db_query(db, "SELECT 1 FROM person_identity WHERE person = ? AND kind = ? AND issuer = ?",
                 DB_ID(person), DB_N(proof->kind), DB_T(proof->issuer)));
    if (result == STORE_OK)
        return STORE_NOT_FOUND;
    return result == STORE_NOT_FOUND ? STORE_OK : result;
}

/* Who has the browser now. STORE_NOT_FOUND: nobody. */
struct holder {
    struct id person;
    const char *name;
    bool is_verified, is_blocked;
};

static enum store_result held_by(struct db *db, struct store_op *op, struct holder *to)
{
    sqlite3_stmt *st = db_query(db,
                                "SELECT p.id, p.name, v.verified_ms <> 0 OR p.verified_ms <> 0, "
                                "p.blocked_ms <> 0 FROM visitor v JOIN person p ON "
                                "p.id = v.person WHERE v.token_hash = ?",
                                DB_HASH(op->in.person_verify.token_hash));
    const enum store_result result = ops_one_row(db, st);

    if (result != STORE_OK)
        return result;
    db_id(st, 0, &to->person);
    to->name = db_text(op, st, 1);
    to->is_verified = db_int(st, 2) != 0;
    to->is_blocked = db_int(st, 3) != 0;
    return STORE_OK;
}

static enum store_result add_person(struct db *db, struct store_op *op, const struct proof *proof,
                                    const struct holder *before)
{
    const struct store_person_verify *in = &op->in.person_verify;
    const size_t local = strcspn(proof->email, "@");
    const char *name = proof->name;

    if (name[0] == '\0' && before != NULL && !before->is_verified)
        name = before->name;
    if (name[0] == '\0' && local > 0)
        name = arena_strndup(op->arena, proof->email, local);
    op->out.verified.is_new = true;
    return db_run(db,
                  "INSERT INTO person (id, name, email, created_ms, verified_ms, seen_ms) "
                  "VALUES (?1, ?2, ?3, ?4, ?4, ?4)",
                  DB_ID(&in->person), DB_T(name != NULL ? name : ""), DB_T(proof->email),
                  DB_N(in->now_ms));
}

/* What the site or provider says now. An address that is theirs no more proves nothing more; one
 * that proves to be somebody else stays that person's. */
static enum store_result bring_up_to_date(struct db *db, struct store_op *op,
                                          const struct proof *proof, const struct id *person)
{
    const int64_t now_ms = op->in.person_verify.now_ms;
    enum store_result result =
        db_run(db,
               "UPDATE person SET name = iif(?2 = '', name, ?2), seen_ms = ?3, "
               "verified_ms = iif(verified_ms = 0, ?3, verified_ms) WHERE id = ?1",
               DB_ID(person), DB_T(proof->name), DB_N(now_ms));

    if (result != STORE_OK || proof->email[0] == '\0')
        return result;
    result = db_run(db,
                    "DELETE FROM person_identity WHERE kind = 1 AND person = ?1 AND subject = "
                    "(SELECT email FROM person WHERE id = ?1) AND subject <> ?2",
                    DB_ID(person), DB_T(proof->email));
    if (result == STORE_OK)
        result = db_run(db,
                        "UPDATE person SET email = ?2, company = '' WHERE id = ?1 AND "
                        "email <> ?2",
                        DB_ID(person), DB_T(proof->email));
    op->out.verified.changed = result == STORE_OK && db_changes(db) > 0;
    if (op->out.verified.changed)
        result = db_run(db, "DELETE FROM person_link WHERE person = ?", DB_ID(person));
    return result;
}

static enum store_result find_person(struct db *db, struct store_op *op, const struct proof *proof,
                                     const struct holder *before, struct id *person)
{
    const struct store_person_verify *in = &op->in.person_verify;
    enum store_result result = named(db, proof->kind, proof->issuer, proof->subject, person);

    if (result == STORE_NOT_FOUND)
        result = by_email(db, proof, person);
    if (result == STORE_OK) {
        result = bring_up_to_date(db, op, proof, person);
    } else if (result == STORE_NOT_FOUND) {
        *person = in->person;
        result = add_person(db, op, proof, before);
    }
    if (result == STORE_OK)
        result = name_as(db, proof->kind, proof->issuer, proof->subject, person, in->now_ms);
    if (result == STORE_OK && proof->email[0] != '\0')
        result = name_as(db, STORE_PROOF_EMAIL, "", proof->email, person, in->now_ms);
    return result;
}

/* ---- the browser is theirs ---- */

/* What the browser had before it proved anything goes along; nobody is left behind. */
static enum store_result take_along(struct db *db, struct store_op *op, const struct id *from,
                                    const struct id *to)
{
    enum store_result result =
        db_run(db, "UPDATE conversation SET person = ? WHERE person = ?", DB_ID(to), DB_ID(from));

    op->out.verified.moved = result == STORE_OK ? db_changes(db) : 0;
    if (result == STORE_OK)
        result = db_run(db, "UPDATE OR REPLACE read_mark SET person = ? WHERE person = ?",
                        DB_ID(to), DB_ID(from));
    if (result == STORE_OK)
        result = db_run(db, "UPDATE mail SET person = ? WHERE person = ?", DB_ID(to), DB_ID(from));
    if (result == STORE_OK)
        result =
            db_run(db, "UPDATE visitor SET person = ? WHERE person = ?", DB_ID(to), DB_ID(from));
    if (result == STORE_OK)
        result = db_run(db, "DELETE FROM person_link WHERE person = ?", DB_ID(from));
    if (result == STORE_OK)
        result = db_run(db, "DELETE FROM person WHERE id = ?", DB_ID(from));
    return result;
}

static enum store_result bind(struct db *db, const struct store_person_verify *in,
                              const struct id *person, const char *via)
{
    const bool by_secret = !id_is_none(&in->secret);

    return db_run(
        db,
        "INSERT INTO visitor (token_hash, person, created_ms, verified_ms, expires_ms, via, "
        "seen_ms, agent, secret) VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?3, ?6, iif(?7, ?8, NULL)) "
        "ON CONFLICT DO UPDATE SET person = excluded.person, verified_ms = excluded.verified_ms, "
        "expires_ms = excluded.expires_ms, via = excluded.via, seen_ms = excluded.seen_ms, "
        "agent = excluded.agent, secret = excluded.secret",
        DB_HASH(in->token_hash), DB_ID(person), DB_N(in->now_ms), DB_N(in->expires_ms), DB_T(via),
        DB_T(in->agent), DB_N(by_secret), DB_ID(&in->secret));
}

static enum store_result use_secret(struct db *db, const struct store_person_verify *in)
{
    enum store_result result;

    if (id_is_none(&in->secret))
        return STORE_OK;
    result = db_run(db, "UPDATE site_secret SET used_ms = ? WHERE id = ?", DB_N(in->now_ms),
                    DB_ID(&in->secret));
    return result == STORE_OK && db_changes(db) == 0 ? STORE_NOT_FOUND : result;
}

/* What staff and the browser are told. */
static enum store_result tell(struct db *db, struct store_op *op, const struct id *person)
{
    sqlite3_stmt *st =
        db_query(db, "SELECT name, blocked_ms <> 0 FROM person WHERE id = ?", DB_ID(person));
    const enum store_result result = ops_one_row(db, st);

    if (result != STORE_OK)
        return STORE_FAILED;
    op->out.verified.person = *person;
    op->out.verified.name = db_text(op, st, 0);
    op->out.verified.is_blocked = db_int(st, 1) != 0;
    return STORE_OK;
}

enum store_result ops_person_verify(struct db *db, struct store_op *op)
{
    const struct store_person_verify *in = &op->in.person_verify;
    struct proof proof = {in->kind, in->issuer, in->subject, in->email, in->name, in->via};
    struct holder before = {.name = ""};
    struct id person;
    bool fine = true, was_held;
    enum store_result result = in->by_code ? use_code(db, op, &proof, &fine) : use_secret(db, in);

    op->out.verified = (struct store_verified){.wrong_code = !fine, .name = ""};
    if (result != STORE_OK || !fine)
        return result;
    result = held_by(db, op, &before);
    was_held = result == STORE_OK;
    if (result != STORE_OK && result != STORE_NOT_FOUND)
        return result;
    result = find_person(db, op, &proof, was_held ? &before : NULL, &person);
    if (result == STORE_OK)
        result = bind(db, in, &person, proof.via);
    if (result == STORE_OK && was_held && !before.is_verified && !before.is_blocked &&
        !id_equal(&before.person, &person))
        result = take_along(db, op, &before.person, &person);
    return result == STORE_OK ? tell(db, op, &person) : result;
}

/* ---- how long it lasts ---- */

enum store_result ops_visitor_seen(struct db *db, struct store_op *op)
{
    const struct store_visitor_seen *in = &op->in.visitor_seen;
    const enum store_result result =
        db_run(db,
               "UPDATE visitor SET seen_ms = ?1, expires_ms = max(expires_ms, ?2) "
               "WHERE token_hash = ?3 AND verified_ms <> 0 AND expires_ms > ?1",
               DB_N(in->now_ms), DB_N(in->expires_ms), DB_HASH(in->token_hash));

    return result == STORE_OK && db_changes(db) == 0 ? STORE_NOT_FOUND : result;
}

enum store_result ops_person_language(struct db *db, struct store_op *op)
{
    const struct store_person_language *in = &op->in.person_language;

    return db_run(db, "UPDATE person SET language = ? WHERE id = ?", DB_T(in->language),
                  DB_ID(&in->person));
}

void ops_language(sqlite3_stmt *st, int column, char language[STORE_LANGUAGE_SIZE])
{
    const char *text = (const char *)sqlite3_column_text(st, column);

    if (text == NULL || str_copy(language, STORE_LANGUAGE_SIZE, text) < 0)
        language[0] = '\0';
}

enum store_result ops_visitor_check(struct db *db, struct store_op *op)
{
    const struct store_in_hash *in = &op->in.visitor_check;

    return ops_one_row(
        db, db_query(db,
                     "SELECT 1 FROM visitor v JOIN person vp ON vp.id = v.person "
                     "WHERE v.token_hash = ?1 AND v.verified_ms <> 0 AND " ACCESS_RUNS("?2"),
                     DB_HASH(in->hash), DB_N(in->now_ms)));
}

static enum store_result audit_person(struct db *db, struct store_op *op,
                                      const struct store_visitor_end *in)
{
    struct store_audit named = in->audit;
    sqlite3_stmt *st;
    enum store_result result;

    if (named.action[0] == '\0' || named.object[0] != '\0')
        return ops_audit(db, &named);
    st = db_query(db, "SELECT email FROM person WHERE id = ?", DB_ID(&in->person));
    result = ops_one_row(db, st);
    if (result != STORE_OK)
        return result;
    named.object = db_text(op, st, 0);
    return ops_audit(db, &named);
}

enum store_result ops_visitor_end(struct db *db, struct store_op *op)
{
    const struct store_visitor_end *in = &op->in.visitor_end;
    enum store_result result = audit_person(db, op, in);

    if (result == STORE_OK && !id_is_none(&in->person))
        result = db_run(db, "DELETE FROM visitor WHERE verified_ms <> 0 AND person = ?",
                        DB_ID(&in->person));
    else if (result == STORE_OK)
        result = db_run(db, "DELETE FROM visitor WHERE verified_ms <> 0 AND token_hash = ?",
                        DB_HASH(in->token_hash));
    op->out.ended.count = result == STORE_OK ? db_changes(db) : 0;
    return result;
}
